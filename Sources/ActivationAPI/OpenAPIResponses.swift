import HTTP

/// The error responses of the description, one for each status, with every problem type that has it.
enum OpenAPIResponses {
    static var all: [Document.Member] {
        statusCodes.map { code in
            let types = ProblemType.allCases.filter { $0.status.code == code }
            return .member(name(code), response(types))
        }
    }

    private static var statusCodes: [Int] {
        Set(ProblemType.allCases.map(\.status.code)).sorted()
    }

    private static func name(_ code: Int) -> String { "Problem\(code)" }

    static func references(_ codes: [Int]) -> [Document.Member] {
        codes.map { .member(String($0), .reference("responses", name($0))) }
    }

    /// The same responses without their content, for operations whose answer is not JSON.
    ///
    /// Some generated clients accept the first JSON type that an operation has, and nothing else.
    static func withoutContent(_ codes: [Int]) -> [Document.Member] {
        codes.map { code in
            let types = ProblemType.allCases.filter { $0.status.code == code }
            return .member(String(code), ["description": .string(description(types))])
        }
    }

    private static func description(_ types: [ProblemType]) -> String {
        types.map { "\($0.rawValue): \($0.documentation.title)" }.joined(separator: ". ")
    }

    private static func response(_ types: [ProblemType]) -> Document {
        [
            "description": .string(description(types)),
            "content": [
                "application/problem+json": [
                    "schema": .reference("schemas", "Problem"),
                    "examples": .object(
                        types.map { .member($0.rawValue, ["value": .json(ProblemExample.answer($0))]) }),
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
