import HTTP

/// The error responses of the description, one for each status, with every problem type that has it.
enum OpenAPIResponses {
    /// Every status of an error but 405, which no operation that is described answers.
    static func all(_ registry: Registry) -> [Document.Member] {
        let codes = Set(ProblemType.allCases.map(\.status.code)).subtracting([methodNotAllowed]).sorted()
        return codes.map { code in
            let types = ProblemType.allCases.filter { $0.status.code == code }
            return .member(name(code), response(types, registry))
        }
    }

    private static let methodNotAllowed = ProblemType.methodNotAllowed.status.code

    /// What any request can be answered, whatever its path: errors of HTTP itself, overload, and defects.
    private static let always = [400, 408, 413, 414, 417, 431, 500, 501, 503, 505]

    private static func name(_ code: Int) -> String { "Problem\(code)" }

    /// The error responses of an operation.
    ///
    /// - Parameter codes: Those that not every request can be answered.
    static func references(_ codes: [Int] = []) -> [Document.Member] {
        (always + codes).sorted().map { .member(String($0), .reference("responses", name($0))) }
    }

    /// The answer to a request whose `If-None-Match` has the `ETag`.
    static let notModified = Document.Member(
        name: "304", value: ["description": "The client has this answer already, as its If-None-Match says"])

    /// The same responses without their content, for operations whose answer is not JSON.
    ///
    /// Some generated clients accept the first JSON type that an operation has, and nothing else.
    static func withoutContent(_ codes: [Int] = []) -> [Document.Member] {
        (always + codes).sorted().map { code in
            let types = ProblemType.allCases.filter { $0.status.code == code }
            return .member(String(code), ["description": .string(description(types))])
        }
    }

    private static func description(_ types: [ProblemType]) -> String {
        types.map { "\($0.rawValue): \($0.documentation.title)" }.joined(separator: ". ")
    }

    private static func response(_ types: [ProblemType], _ registry: Registry) -> Document {
        [
            "description": .string(description(types)),
            "content": [
                "application/problem+json": [
                    "schema": .reference("schemas", "Problem"),
                    "examples": .object(
                        types.map { .member($0.rawValue, ["value": .json(ProblemExample.answer($0, registry))]) }),
                ]
            ],
        ]
    }

    /// The answer to an evaluation.
    static func answer(examples: [Document.Member]) -> Document {
        [
            "description": "The output, with what it was computed from",
            "content": [
                "application/json": ["schema": .reference("schemas", "Answer"), "examples": .object(examples)]
            ],
        ]
    }
}
