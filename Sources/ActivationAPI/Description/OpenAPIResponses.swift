import HTTP

/// The error responses of the description, one for each status, with every problem type that has it.
enum OpenAPIResponses {
    /// Returns the responses for every error status but 405, which none of the described operations returns.
    static func all(_ registry: Registry) -> [Document.Member] {
        let codes = Set(ProblemType.allCases.map(\.status.code)).subtracting([methodNotAllowed]).sorted()
        return codes.map { code in
            let types = ProblemType.allCases.filter { $0.status.code == code }
            return .member(name(code), response(types, registry))
        }
    }

    private static let methodNotAllowed = ProblemType.methodNotAllowed.status.code

    /// The errors with which any request can be answered, whatever its path: errors of HTTP itself, overload, and
    /// defects.
    private static let always = [400, 408, 413, 414, 417, 431, 500, 501, 503, 505]

    private static func name(_ code: Int) -> String { "Problem\(code)" }

    /// Returns the error responses of an operation.
    ///
    /// - Parameter codes: The errors that only some requests can be answered with.
    static func references(_ codes: [Int] = []) -> [Document.Member] {
        (always + codes).sorted().map { .member(String($0), .reference("responses", name($0))) }
    }

    /// The answer to a request whose `If-None-Match` matches the `ETag`.
    static let notModified = Document.Member(
        name: "304", value: ["description": "The client has this answer already, as its If-None-Match says"])

    /// Returns the same responses without their content, for operations whose answer is not JSON.
    ///
    /// Some generated clients accept only the first JSON type of an operation.
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

    /// Returns the answer to an evaluation.
    static func answer(examples: [Document.Member]) -> Document {
        [
            "description": "The output, with what it was computed from",
            "content": [
                "application/json": ["schema": .reference("schemas", "Answer"), "examples": .object(examples)]
            ],
        ]
    }
}
