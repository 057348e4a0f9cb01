import HTTP

/// Answers `/problems/{slug}` with the meaning of an error type.
///
/// The answer is text if the client prefers that, and otherwise JSON.
enum ProblemPage {
    static func response(for type: ProblemType, to head: borrowing RequestHead) throws(Problem) -> Response {
        let prefersText =
            ContentNegotiation.quality(of: "text/plain", for: head)
            > ContentNegotiation.quality(of: "application/json", for: head)
        let page = prefersText ? StoredDocument(text(type), type: "text/plain") : StoredDocument(json: document(type))
        return try page.response(to: head)
    }

    static func document(_ type: ProblemType) -> Document {
        let documentation = type.documentation
        return [
            "type": .string(type.path),
            "title": .string(documentation.title),
            "status": .integer(documentation.status.code),
            "meaning": .string(documentation.meaning),
            "remedy": .string(documentation.remedy),
        ]
    }

    private static func text(_ type: ProblemType) -> [UInt8] {
        let documentation = type.documentation
        let lines = [
            "\(documentation.title) (\(type.rawValue), \(documentation.status.code))", "", documentation.meaning, "",
            documentation.remedy, "",
        ]
        return Array(lines.joined(separator: "\n").utf8)
    }
}
