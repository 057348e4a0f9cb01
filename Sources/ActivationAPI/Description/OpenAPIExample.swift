import Activations
import HTTP

/// An evaluation request that is a named example in the description.
///
/// Its answer is the service's own.
struct OpenAPIExample: Sendable {
    /// The name of the example in the description: `relu_derivative_at_kink`.
    let name: String
    let target: EvaluationTarget
    let body: String

    private init(_ target: EvaluationTarget, _ suffix: String? = nil, _ body: String) {
        name = ([target.activation.name, target.operation.rawValue] + (suffix.map { [$0] } ?? []))
            .joined(separator: "_")
        self.target = target
        self.body = body
    }

    /// Returns the examples of POST: few, however many activations there are.
    ///
    /// Each kind of activation is shown with each operation, and each field once.
    static func all(_ registry: Registry) -> [OpenAPIExample] {
        let targets = registry.targets
        let fields: [(EvaluationField, of: OpenAPIRequestKind, suffix: String, body: String)] = [
            (.atKink, .elementwise, "at_kink", #"{"input":[-1.5,0,2],"at_kink":"left"}"#),
            (.axis, .vector, "axis", #"{"input":[[0,1],[2,3]],"axis":0}"#),
            (.row, .vector, "entry", #"{"input":[1,2,3],"i":0,"j":1}"#),
        ]
        let ofFields = fields.compactMap { field, kind, suffix, body in
            targets.first { kind.includes($0.activation) && $0.accepts(field) }
                .map { OpenAPIExample($0, suffix, body) }
        }
        let ofParameters = OpenAPIRequestKind.allCases.compactMap { kind in
            targets.first { kind.includes($0.activation) && !$0.activation.parameters.isEmpty }
        }.map { target in
            let parameter = target.activation.parameters[0]
            let given = ParameterValue.number(0.5)
            let value = parameter.accepts(given) ? given : parameter.defaultValue
            let text = String(decoding: value.document().json, as: UTF8.self)
            let body = "{\"input\":[[-1.5,0.5]],\"\(parameter.name)\":\(text),\"dtype\":\"float32\"}"
            return OpenAPIExample(target, parameter.name, body)
        }
        return plain(registry) + ofFields + ofParameters
    }

    /// Returns the examples of GET, which POST has too: the input `-1.5,0,2` and no other field.
    static func plain(_ registry: Registry) -> [OpenAPIExample] {
        let ofKinds = OpenAPIRequestKind.allCases.flatMap { kind in
            Operation.allCases.compactMap { operation in
                registry.activations.lazy.filter { kind.includes($0) }
                    .compactMap { registry.target(operation, of: $0) }.first
            }
        }
        // This is an answer with null.
        let undefined = registry.targets.filter { $0.accepts(.atKink) }.prefix(1)
        return (ofKinds + undefined.filter { !ofKinds.contains($0) }).map {
            OpenAPIExample($0, nil, #"{"input":[-1.5,0,2]}"#)
        }
    }

    /// Returns the member of `examples` with the request.
    func request() -> Document.Member { member(summary: "POST \(target.path)", value: body) }

    /// Returns the member of `examples` with the answer.
    func response() -> Document.Member { member(summary: "POST \(target.path)", value: answer()) }

    /// Returns the member of `examples` with the answer to a GET.
    func responseToGet() -> Document.Member {
        member(summary: "GET \(target.path)?input=-1.5,0,2", value: answer())
    }

    private func member(summary: String, value: String) -> Document.Member {
        .member(name, ["summary": .string(summary), "value": .json(value)])
    }

    private func answer() -> String {
        let consumer = EvaluationBody(for: Evaluator(target, ServiceConfiguration()), byteCountHint: nil)
        consumer.consume(Array(body.utf8).span)
        guard case .respond(let response) = consumer.finish() else {
            preconditionFailure("An example is too large to be answered at once.")
        }
        return Self.body(of: response)
    }

    static func body(of response: Response) -> String {
        guard case .bytes(let bytes) = response.body else {
            preconditionFailure("An example is too large to be answered as a whole.")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func text(_ document: Document) -> Document { .json(String(decoding: document.json, as: UTF8.self)) }
}
