import Activations

/// The parameters of the description: the names in paths, and the request fields as query items.
struct OpenAPIParameters {
    let registry: Registry

    var all: [Document.Member] {
        paths + registry.fields.all.map { .member($0.name, query($0)) }
    }

    /// The names in paths are open: activations and problem types are added over time, and clients made from an older
    /// description may ask for them.
    private var paths: [Document.Member] {
        let names = registry.activations.map(\.name).joined(separator: ", ")
        return [
            .member(
                "activation",
                [
                    "name": "activation", "in": "path", "required": true,
                    "description": .string("The name of an activation: \(names). `/v1` describes each one."),
                    "schema": ["type": "string"], "example": .string(registry.activations[0].name),
                ]),
            .member(
                "operation",
                [
                    "name": "operation", "in": "path", "required": true, "description": "What to compute",
                    "schema": .reference("schemas", "Operation"), "example": .string(Operation.allCases[0].rawValue),
                ]),
            .member(
                "slug",
                [
                    "name": "slug", "in": "path", "required": true, "description": "The name of a problem type",
                    "schema": ["type": "string"], "example": .string(ProblemType.raggedArray.rawValue),
                ]),
        ]
    }

    private func query(_ field: EvaluationField) -> Document {
        guard field == .input else {
            return .members([
                "name": .string(field.name), "in": "query",
                "description": .string(OpenAPIFields(activations: registry.activations).description(of: field)),
                "schema": OpenAPIFields(activations: registry.activations).schema(of: field),
            ])
        }
        return [
            "name": "input", "in": "query", "required": true, "allowReserved": true,
            "description": """
            A number, or numbers separated by commas, which are a vector. Text that begins with a bracket is JSON. \
            NaN, Infinity and -Infinity are written without quotes in a list. `+` means a plus sign, not a space; \
            in JSON it means a space outside exponents.
            """,
            "schema": ["type": "string", "pattern": .string(Self.inputPattern)],
            "example": "-1.5,0,2",
        ]
    }

    /// Matches JSON numbers and the three words, separated by commas, or anything in brackets as an array.
    private static let inputPattern: String = {
        let item = #"(-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?|NaN|-?Infinity)"#
        return #"^(\[.*\]\s*|"# + "\(item)(,\(item))*)$"
    }()
}
