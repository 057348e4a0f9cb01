import FoundationEssentials

/// The file of bearer tokens: one a line; lines that are empty or begin with `#` are passed over.
struct TokenFile {
    let path: String

    struct Contents: Equatable {
        var tokens: [String]
        /// Whether others than its owner and group may read it: worth a warning.
        var isReadableByOthers: Bool
    }

    /// - Throws: ``ConfigurationError`` where it cannot be read or holds no token.
    func read() throws(ConfigurationError) -> Contents {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ConfigurationError("The token file '\(path)' cannot be read: \(reasonNotToRead).")
        }
        let tokens = Self.tokens(in: String(decoding: data, as: UTF8.self))
        guard !tokens.isEmpty else { throw ConfigurationError("The token file '\(path)' holds no token.") }
        return Contents(tokens: tokens, isReadableByOthers: ProcessSystem.isReadableByOthers(path))
    }

    static func tokens(in text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).map { line in
            String(line.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
        }.filter { !$0.isEmpty && !$0.hasPrefix("#") }
    }

    private var reasonNotToRead: String {
        let manager = FileManager.default
        if !manager.fileExists(atPath: path) { return "there is no such file" }
        return manager.isReadableFile(atPath: path) ? "it is no regular file" : "this process may not read it"
    }
}
