import Activations
import JSON

/// `/v1` and its entries: every activation as data, for programs and for people.
enum Catalogue {
    /// `/v1`.
    static func document(_ configuration: ServiceConfiguration) -> Document {
        [
            "version": .string(ServiceVersion.current),
            "vector_width": .string(configuration.vectorWidth),
            "dtypes": .array(DType.allCases.map { .string($0.rawValue) }),
            "operations": .array(Operation.allCases.map { .string($0.rawValue) }),
            "limits": [
                "body_bytes": .integer(configuration.bodyByteCountMax),
                "output_elements": .integer(configuration.outputElementCountMax),
                "rank": .integer(JSONLimits.tensorRankMax),
            ],
            "activations": .array(RegisteredActivation.all.map { entry($0) }),
            "links": ["self": "/v1", "openapi": "/openapi.json"],
        ]
    }

    /// `/v1/{activation}`: the entry, and how its formulas come about.
    static func detailedEntry(_ activation: RegisteredActivation) -> Document {
        guard case .object(let members) = entry(activation) else { return entry(activation) }
        return .object(members + [.member("derivations", DerivationDocument.all(of: activation))])
    }

    /// An entry of `/v1`.
    static func entry(_ activation: RegisteredActivation) -> Document {
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
                Operation.allCases.map { operation in
                    let fields = EvaluationField.applying(to: activation, operation).map { Document.string($0.name) }
                    return Document.Member(name: operation.rawValue, value: .array(fields))
                }),
            "links": .object(
                [Document.Member(name: "self", value: .string(path))]
                    + Operation.allCases.map {
                        Document.Member(name: $0.rawValue, value: .string("\(path)/\($0.rawValue)"))
                    } + [.member("plot", .string("\(path)/plot.svg"))]),
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

    /// A kink of the function whose parameters have their defaults.
    private static func kink(_ kink: Kink) -> Document {
        [
            "location": .number(kink.location),
            "left_derivative": .number(kink.leftDerivative),
            "right_derivative": .number(kink.rightDerivative),
        ]
    }
}

extension Document {
    /// A number as the service prints it.
    static func number(_ value: Double) -> Document {
        var text: [UInt8] = []
        JSONText.append(value, to: &text)
        return .json(String(decoding: text, as: UTF8.self))
    }
}
