import Activations
import JSON

/// `/v1` and its entries: every activation as data, for programs and for people.
enum Catalogue {
    /// Returns `/v1`.
    static func document(_ configuration: ServiceConfiguration) -> Document {
        let registry = configuration.registry
        return [
            "version": .string(ServiceVersion.current),
            "vector_width": .string(configuration.vectorWidth),
            "dtypes": .array(DType.allCases.map { .string($0.rawValue) }),
            "operations": .array(Operation.allCases.map { .string($0.rawValue) }),
            "limits": [
                "body_bytes": .integer(configuration.bodyByteCountMax),
                "output_elements": .integer(configuration.outputElementCountMax),
                "rank": .integer(JSONLimits.tensorRankMax),
            ],
            "activations": .array(registry.activations.map { entry($0, in: registry) }),
            "links": ["self": "/v1", "openapi": "/openapi.json"],
        ]
    }

    /// Returns `/v1/{activation}`: the entry, and the derivation of its formulas.
    static func detailedEntry(_ activation: RegisteredActivation, in registry: Registry) -> Document {
        let entry = entry(activation, in: registry)
        guard case .object(let members) = entry else { return entry }
        return .object(members + [.member("derivations", DerivationDocument.all(of: activation))])
    }

    /// Returns an entry of `/v1`.
    static func entry(_ activation: RegisteredActivation, in registry: Registry) -> Document {
        let targets = registry.targets(of: activation)
        let documentation = activation.type.documentation
        let path = "/v1/\(activation.name)"
        return [
            "name": .string(activation.name),
            "title": .string(documentation.title),
            "summary": .string(documentation.summary),
            "source": .string(documentation.source),
            "kind": activation.isVectorFunction ? "vector" : "elementwise",
            "formula": .string(documentation.formula),
            "derivative": .string(documentation.derivative),
            "range": .string(documentation.range),
            "parameters": .array(activation.parameters.map { parameter($0) }),
            "kinks": .array(activation.kinks.map { kink($0) }),
            "fields": .object(
                targets.map { target in
                    .member(target.operation.rawValue, .array(target.applying.map { .string($0.name) }))
                }),
            "links": .object(
                [Document.Member(name: "self", value: .string(path))]
                    + targets.map { .member($0.operation.rawValue, .string($0.path)) } + [
                        .member("plot", .string("\(path)/plot.svg"))
                    ]),
        ]
    }

    private static func parameter(_ parameter: Parameter) -> Document {
        [
            "name": .string(parameter.name),
            "type": .string(parameter.kindName),
            "default": parameter.defaultValue.document(),
            "range": .string(parameter.acceptedValues),
            "summary": .string(parameter.summary),
        ]
    }

    /// Returns a kink of the function with its default parameters.
    private static func kink(_ kink: Kink) -> Document {
        [
            "location": .number(kink.location),
            "left_derivative": .number(kink.leftDerivative),
            "right_derivative": .number(kink.rightDerivative),
        ]
    }
}

extension Document {
    /// Returns a number as the service prints it.
    static func number(_ value: Double) -> Document {
        var text: [UInt8] = []
        JSONText.append(value, to: &text)
        return .json(String(decoding: text, as: UTF8.self))
    }
}
