import Activations

/// The kinds of activation whose requests have a schema of their own.
///
/// A kind has the fields of all its activations. That keeps the description small with many activations; which fields
/// an activation accepts is in the fields' descriptions and in the catalogue.
enum OpenAPIRequestKind: CaseIterable {
    case elementwise
    case vector

    /// The name of the schema.
    var schemaName: String {
        switch self {
        case .elementwise: "ElementwiseRequest"
        case .vector: "VectorRequest"
        }
    }

    private var summary: String {
        switch self {
        case .elementwise: "A request to evaluate a function of one number at each number of the input."
        case .vector: "A request to evaluate a function of vectors, which lie along an axis of the input."
        }
    }

    func includes(_ activation: RegisteredActivation) -> Bool {
        switch self {
        case .elementwise: !activation.isVectorFunction
        case .vector: activation.isVectorFunction
        }
    }

    /// Returns the schema of the body.
    ///
    /// It is closed, because the service rejects unknown fields.
    func schema(_ registry: Registry) -> Document {
        let activations = registry.activations.filter { includes($0) }
        let fields = registry.fields.all.filter { field in
            activations.contains { activation in
                activation.operations.contains { field.applies(to: activation, $0) }
            }
        }
        let names = activations.map(\.name).joined(separator: ", ")
        return [
            "description": .string("\(summary) Activations: \(names)."),
            "type": "object",
            "required": ["input"],
            "additionalProperties": false,
            "properties": .object(fields.map { .member($0.name, property($0, of: activations)) }),
        ]
    }

    /// Returns a reference if the schema has a name; generators turn an inline one into a separate type for each use.
    private func property(_ field: EvaluationField, of activations: [RegisteredActivation]) -> Document {
        let schema = OpenAPIFields(activations: activations).schema(of: field)
        guard case .object(let members) = schema, members.first?.name != "$ref" else { return schema }
        let description = OpenAPIFields(activations: activations).description(of: field)
        return .object([.member("description", .string(description))] + members)
    }
}
