import Activations

/// The query parameters of the description: the fields of requests.
enum OpenAPIParameters {
    static var all: [Document.Member] { EvaluationField.all.map { .member($0.name, parameter($0)) } }

    private static func parameter(_ field: EvaluationField) -> Document {
        guard field == .input else {
            return .members([
                "name": .string(field.name), "in": "query",
                "description": .string(OpenAPISchemas.description(of: field)),
                "schema": OpenAPISchemas.schema(of: field),
            ])
        }
        return [
            "name": "input", "in": "query", "required": true, "allowReserved": true,
            "description": """
            A number, or a comma list, which is a vector. Text that begins with a bracket is JSON. NaN, Infinity \
            and -Infinity stand without quotes in a list. A + is a plus.
            """,
            "schema": ["type": "string", "pattern": .string(inputPattern)],
            "example": "-1.5,0,2",
        ]
    }

    /// JSON's numbers and the three words, with a comma between each two; or an array, of which brackets are enough.
    private static let inputPattern: String = {
        let item = #"(-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?|NaN|-?Infinity)"#
        return #"^(\[.*\]\s*|"# + "\(item)(,\(item))*)$"
    }()
}
