/// Finds words that CONTRIBUTING's glossary replaces by the field's words.
enum Wording {
    struct Finding: CustomStringConvertible {
        let path: String
        let lineNumber: Int
        let phrase: String
        let replacement: String

        var description: String { "\(path):\(lineNumber) has \"\(phrase)\"; instead: \(replacement)" }
    }

    /// Literal translations, and what to write instead.
    private static let replacements = [
        "after": ["behind"],
        "reports": ["tells of", "tell of", "told of", "telling of"],
        "name the caller, the client or the thread": ["whoever"],
        "state the positive condition": ["nobody", "none of mine", "none of ours", "what is none"],
        "ensures": ["sees to it", "see to it", "seen to it", "sees to its"],
        "treats as": [
            "takes it for", "take it for", "takes them for", "take them for", "takes that for", "taken for",
            "takes for",
        ],
        "is, means or replaces": ["stands for", "stand for"],
        "is": [
            "stands in", "stand in", "stands before", "stand before", "stands after", "stand after", "stands at",
            "stand at", "stands there", "stands where", "lies in", "lie in", "lies at", "lie at", "lies before",
            "lies beside", "lie beside", "lies there",
        ],
        "this many": ["so many bytes", "so many numbers", "so many digits"],
    ]

    /// Words after which "behind" is the right word: a service may be behind a proxy.
    private static let proxies: Set = ["proxy", "proxies", "nginx", "haproxy", "envoy"]

    /// The phrases, as words, by their first word.
    private static let phrases = Dictionary(
        grouping: replacements.flatMap { replacement, phrases in
            phrases.map { (words: $0.split(separator: " ").map(String.init), replacement: replacement) }
        }, by: { $0.words[0] })

    /// Returns the calques in a file's comments, or in the whole text of a file that is not Swift.
    ///
    /// Words in quotes are mentioned rather than used; a script's quotes contain its messages, which are checked.
    static func findings(in file: TextFile) -> [Finding] {
        let words = words(of: file)
        return words.indices.flatMap { start in
            (phrases[words[start].text] ?? []).compactMap { phrase in
                let end = start + phrase.words.count
                guard end <= words.count, words[start..<end].map(\.text) == phrase.words,
                    phrase.words != ["behind"] || words[end...].prefix(3).allSatisfy({ !proxies.contains($0.text) })
                else { return nil }
                return Finding(
                    path: file.path, lineNumber: words[start].lineNumber,
                    phrase: phrase.words.joined(separator: " "), replacement: phrase.replacement)
            }
        }
    }

    /// Returns the words of a file's prose in lower case, with an empty word at each punctuation mark and paragraph.
    private static func words(of file: TextFile) -> [(lineNumber: Int, text: String)] {
        let isSwift = file.path.hasSuffix(".swift")
        let hasMentions = !file.path.hasPrefix("Scripts/")
        var words: [(lineNumber: Int, text: String)] = []
        var quote: UInt8?
        for line in file.lines {
            guard let prose = isSwift ? comment(in: line.text) : line.text, !prose.isEmpty else {
                quote = nil
                words.append((line.number, ""))
                continue
            }
            var word: [UInt8] = []
            for byte in Array(prose.utf8) + [UInt8(ascii: " ")] {
                if let end = quote {
                    if byte == end { quote = nil }
                } else if byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z") {
                    word.append(byte | 0x20)
                } else {
                    if !word.isEmpty { words.append((line.number, String(decoding: word, as: UTF8.self))) }
                    word.removeAll(keepingCapacity: true)
                    if hasMentions, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "`") { quote = byte }
                    if byte != UInt8(ascii: " ") { words.append((line.number, "")) }
                }
            }
        }
        return words
    }

    /// Returns the comment in a line of Swift, or nil if it has none.
    private static func comment(in line: Substring) -> Substring? {
        let text = line.drop { $0 == " " }
        if text.hasPrefix("//") { return text.drop { $0 == "/" } }
        guard line.contains("  // ") else { return nil }
        return line.firstRange(of: "  // ").map { line[$0.upperBound...] }
    }
}
