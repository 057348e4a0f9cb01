import Activations

/// The schemas of the description.
enum OpenAPISchemas {
    private static let nonFinite: Document = ["type": "string", "enum": ["NaN", "Infinity", "-Infinity"]]

    static var all: Document {
        [
            "Input": [
                "description": "A number or a nested rectangular array of numbers, of rank 0 to 32",
                "anyOf": [
                    ["type": "number"], nonFinite, ["type": "array", "items": .reference("schemas", "Input")],
                ],
            ],
            "Output": [
                "description": "Numbers in the shape that shape tells; null where the value is undefined",
                "anyOf": [
                    ["type": "number"], ["type": "null"], nonFinite,
                    ["type": "array", "items": .reference("schemas", "Output")],
                ],
            ],
            "Answer": answer,
            "Problem": problem,
            "Catalogue": catalogue,
            "CatalogueEntry": entry,
            "Derivation": derivation,
        ]
    }

    /// The body of an evaluate POST.
    static func request(_ target: EvaluationTarget) -> Document {
        let fields = EvaluationField.applying(to: target.activation, target.operation)
        return [
            "type": "object",
            "required": ["input"],
            "additionalProperties": false,
            "properties": .object(
                fields.map { field in
                    guard field != .input else { return .member(field.name, .reference("schemas", "Input")) }
                    guard case .object(let members) = schema(of: field) else { return .member(field.name, [:]) }
                    let description = Document.Member.member("description", .string(description(of: field)))
                    return .member(field.name, .object([description] + members))
                }),
        ]
    }

    /// What a field other than `input` may be.
    static func schema(of field: EvaluationField) -> Document {
        switch field {
        case .input: .reference("schemas", "Input")
        case .dtype:
            ["type": "string", "enum": .array(DType.allCases.map { .string($0.rawValue) }), "default": "float64"]
        // The bounds of the highest rank; those of the input at hand no schema can tell.
        case .axis: ["type": "integer", "minimum": -32, "maximum": 31, "default": -1]
        case .row, .column: ["type": "integer"]
        case .atKink:
            [
                "anyOf": [["type": "string", "enum": ["undefined", "left", "right"]], ["type": "number"]],
                "default": "undefined",
            ]
        case .parameter(let name):
            .members([
                "type": "number",
                "default": RegisteredActivation.all.flatMap(\.parameters).first { $0.name == name }
                    .map { .number($0.defaultValue) },
            ])
        }
    }

    static func description(of field: EvaluationField) -> String {
        switch field {
        case .input: "What to evaluate"
        case .dtype: "The floating-point format of input and output"
        case .axis: "The axis of the vectors, from -rank to rank - 1"
        case .atKink:
            "What to answer where the derivative does not exist. A number must lie between the one-sided derivatives"
        case .row: "The row of the derivative, counted from 0, or from -1 at the end"
        case .column: "The column of the derivative, counted from 0, or from -1 at the end"
        case .parameter(let name):
            RegisteredActivation.all.flatMap(\.parameters).first { $0.name == name }?.summary ?? name
        }
    }

    private static var answer: Document {
        [
            "type": "object",
            "required": ["activation", "operation", "dtype", "shape", "parameters", "output"],
            "properties": [
                "activation": ["type": "string", "enum": .array(RegisteredActivation.all.map { .string($0.name) })],
                "operation": ["type": "string", "enum": .array(Operation.allCases.map { .string($0.rawValue) })],
                "dtype": ["type": "string", "enum": .array(DType.allCases.map { .string($0.rawValue) })],
                "shape": [
                    "description": "Of the output: length of each axis, outermost first; empty for a number",
                    "type": "array", "items": ["type": "integer", "minimum": 0],
                ],
                "parameters": ["description": "The ones that apply, as given or their defaults", "type": "object"],
                "output": .reference("schemas", "Output"),
                "undefined_count": [
                    "description": "How many elements of the output are null; absent where none is",
                    "type": "integer", "minimum": 1,
                ],
            ],
        ]
    }

    private static var problem: Document {
        let lines = ProblemType.allCases.map { type in
            "- `\(type.path)` (\(type.status.code)): \(type.documentation.title)"
        }
        return [
            "description": .string(
                "What is wrong with a request (RFC 9457). Types:\n\n" + lines.joined(separator: "\n")),
            "type": "object",
            "required": ["type", "title", "status", "detail"],
            "properties": [
                "type": ["type": "string", "enum": .array(ProblemType.allCases.map { .string($0.path) })],
                "title": ["type": "string"],
                "status": ["type": "integer"],
                "detail": ["description": "What is wrong with this very request", "type": "string"],
                "pointer": ["description": "Where in the body, as a JSON Pointer (RFC 6901)", "type": "string"],
                "parameter": ["description": "Which item of the query", "type": "string"],
                "offset": ["description": "Which byte of the body", "type": "integer", "minimum": 0],
                "instance": ["description": "urn:request: and the identifier of the request", "type": "string"],
            ],
        ]
    }

    private static var catalogue: Document {
        [
            "type": "object",
            "required": ["version", "activations"],
            "properties": [
                "version": ["type": "string"],
                "activations": ["type": "array", "items": .reference("schemas", "CatalogueEntry")],
            ],
        ]
    }

    private static var entry: Document {
        [
            "type": "object",
            "required": ["name", "title", "formula", "derivative", "range", "parameters", "kinks", "fields", "links"],
            "properties": [
                "name": ["type": "string"],
                "title": ["type": "string"],
                "formula": ["type": "string"],
                "derivative": ["type": "string"],
                "range": ["description": "The set of values, in interval notation", "type": "string"],
                "parameters": ["type": "array", "items": ["type": "object"]],
                "kinks": [
                    "description": "Points without a derivative, the parameters having their defaults",
                    "type": "array", "items": ["type": "object"],
                ],
                "fields": ["description": "Which fields each operation takes", "type": "object"],
                "links": ["type": "object"],
                "derivations": [
                    "description": "In the answer for one activation: how formula and derivative come about",
                    "type": "array", "items": .reference("schemas", "Derivation"),
                ],
            ],
        ]
    }

    private static var derivation: Document {
        let formula: [Document.Member] = [
            .member("text", ["type": "string"]),
            .member("latex", ["type": "string"]),
            .member("mathml", ["description": "What belongs inside a math element", "type": "string"]),
        ]
        let reason: Document = ["description": "Why it equals the step before; absent in the first", "type": "string"]
        return [
            "description": "A chain of formulas of equal value",
            "type": "object",
            "required": ["subject", "title", "steps"],
            "properties": [
                "subject": [
                    "type": "string", "enum": ["value", "derivative", "left_derivative", "right_derivative"],
                ],
                "title": ["type": "string"],
                "where": [
                    "description": "Where the chain holds; absent for everywhere", "type": "object",
                    "properties": .object(formula),
                ],
                "steps": [
                    "type": "array",
                    "items": ["type": "object", "properties": .object(formula + [.member("reason", reason)])],
                ],
                "conclusion": ["type": "string"],
            ],
        ]
    }
}
