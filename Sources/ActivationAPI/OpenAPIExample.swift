import Activations
import HTTP

/// A request to evaluate, as an example of the description.
///
/// Its answer is what the service answers.
struct OpenAPIExample: Sendable {
    let name: String
    let body: String

    static func all(of target: EvaluationTarget) -> [OpenAPIExample] {
        let activation = target.activation
        var examples = [plain(target)]
        if EvaluationField.atKink.applies(to: activation, target.operation) {
            examples.append(OpenAPIExample(name: "one_sided", body: #"{"input":[-1.5,0,2],"at_kink":"left"}"#))
        }
        if EvaluationField.row.applies(to: activation, target.operation) {
            examples.append(OpenAPIExample(name: "entry", body: #"{"input":[1,2,3],"i":0,"j":1}"#))
        }
        if EvaluationField.axis.applies(to: activation, target.operation) {
            examples.append(OpenAPIExample(name: "batch", body: #"{"input":[[0,1],[2,3]],"axis":0}"#))
        }
        if let parameter = activation.parameters.first {
            let body = "{\"input\":[[-1.5,0.5]],\"\(parameter.name)\":0.5,\"dtype\":\"float32\"}"
            examples.append(OpenAPIExample(name: parameter.name, body: body))
        }
        return examples
    }

    /// The request that is an example of a GET too: the input `-1.5,0,2` and nothing else.
    static func plain(_ target: EvaluationTarget) -> OpenAPIExample {
        OpenAPIExample(name: "vector", body: #"{"input":[-1.5,0,2]}"#)
    }

    func answer(of target: EvaluationTarget) -> String {
        let consumer = EvaluationBody(for: Evaluator(target, ServiceConfiguration()), byteCountHint: nil)
        consumer.consume(Array(body.utf8).span)
        guard case .respond(let response) = consumer.finish() else {
            preconditionFailure("An example is small enough to be answered at once.")
        }
        return Self.body(of: response)
    }

    static func body(of response: Response) -> String {
        guard case .bytes(let bytes) = response.body else {
            preconditionFailure("An example is small enough to be answered whole.")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func text(_ document: Document) -> Document { .json(String(decoding: document.json, as: UTF8.self)) }
}
