import Activations

/// The schemas of the description.
///
/// Sets that may grow (activations, operations, dtypes, problem types) are plain strings in answers, so that clients
/// made from an older description read newer answers.
struct OpenAPISchemas {
    let registry: Registry

    var all: Document {
        .object(
            OpenAPIFields(activations: registry.activations).named
                + OpenAPIRequestKind.allCases.map { .member($0.schemaName, $0.schema(registry)) } + [
                    .member("EvaluationRequest", request),
                    .member("Output", output),
                    .member("Answer", answer),
                    .member("Problem", problem),
                    .member("ProblemType", problemType),
                    .member("Catalogue", catalogue),
                    .member("CatalogueEntry", entry),
                    .member("Derivation", derivation),
                    .member(
                        "Health",
                        ["type": "object", "required": ["status"], "properties": ["status": ["type": "string"]]]),
                ])
    }

    /// This is not `oneOf`: a body with only `input` is valid for every kind.
    private var request: Document {
        [
            "description": "The body of an evaluation: of the kind that the activation is of",
            "anyOf": .array(OpenAPIRequestKind.allCases.map { .reference("schemas", $0.schemaName) }),
        ]
    }

    /// The schema is not recursive, for the same reason as the input's.
    private let output: Document = [
        "description": """
        A number, or a nested array of numbers, of the shape in `shape`. Numbers that are not finite are the strings \
        "NaN", "Infinity" and "-Infinity"; null means that the value is mathematically undefined.
        """
    ]

    private var answer: Document {
        [
            "type": "object",
            "required": ["activation", "operation", "dtype", "shape", "parameters", "output"],
            "properties": [
                "activation": ["type": "string"],
                "operation": ["type": "string"],
                "dtype": ["type": "string"],
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

    private var problem: Document {
        let lines = ProblemType.allCases.map { type in
            "- `\(type.path)` (\(type.status.code)): \(type.documentation.title)"
        }
        return [
            "description": .string(
                "What is wrong with a request (RFC 9457). Types:\n\n" + lines.joined(separator: "\n")),
            "type": "object",
            "required": ["type", "title", "status", "detail"],
            "properties": [
                "type": ["description": "A path that says what the type means", "type": "string"],
                "title": ["type": "string"],
                "status": ["type": "integer"],
                "detail": ["description": "What is wrong with this very request", "type": "string"],
                "pointer": ["description": "Where in the body, as a JSON Pointer (RFC 6901)", "type": "string"],
                "parameter": ["description": "Which item of the query", "type": "string"],
                "offset": ["description": .string(offset), "type": "integer", "minimum": 0],
                "instance": ["description": "urn:request: and the identifier of the request", "type": "string"],
            ],
        ]
    }

    private let offset = """
        Byte position of the error, from 0: in the body; for malformed-http in the request's head, or in a chunked body \
        with its framing
        """

    private var problemType: Document {
        [
            "type": "object",
            "required": ["type", "title", "status", "meaning", "remedy"],
            "properties": [
                "type": ["type": "string"],
                "title": ["type": "string"],
                "status": ["type": "integer"],
                "meaning": ["type": "string"],
                "remedy": ["description": "How to mend the request", "type": "string"],
            ],
        ]
    }

    private var catalogue: Document {
        [
            "type": "object",
            "required": ["version", "vector_width", "dtypes", "operations", "limits", "activations", "links"],
            "properties": [
                "version": ["type": "string"],
                "vector_width": ["description": "The instructions that the kernels use", "type": "string"],
                "dtypes": ["type": "array", "items": ["type": "string"]],
                "operations": ["type": "array", "items": ["type": "string"]],
                "limits": limits,
                "activations": ["type": "array", "items": .reference("schemas", "CatalogueEntry")],
                "links": ["type": "object"],
            ],
        ]
    }

    private let limits: Document = [
        "description": "What the server accepts at most",
        "type": "object",
        "required": ["body_bytes", "output_elements", "rank"],
        "properties": [
            "body_bytes": ["description": "Bytes of a body", "type": "integer"],
            "output_elements": ["description": "Numbers of an output", "type": "integer"],
            "rank": ["description": "Axes of an input", "type": "integer"],
        ],
    ]

    private var entry: Document {
        [
            "type": "object",
            "required": [
                "name", "title", "summary", "source", "kind", "formula", "derivative", "range", "parameters", "kinks",
                "fields", "links",
            ],
            "properties": [
                "name": ["type": "string"],
                "title": ["type": "string"],
                "summary": ["description": "What the function does, in a sentence", "type": "string"],
                "source": ["description": "Where the function was published", "type": "string"],
                "kind": ["description": "`elementwise`, or `vector` for a function of vectors", "type": "string"],
                "formula": ["type": "string"],
                "derivative": ["type": "string"],
                "range": [
                    "description":
                        "The mathematical range, in interval notation; rounded results may reach an open end",
                    "type": "string",
                ],
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

    private var derivation: Document {
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
                    "description": "`value`, `derivative`, `left_derivative` or `right_derivative`", "type": "string",
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
