import JSON

extension Document {
    /// The document as YAML 1.2 in block style, for people to read.
    ///
    /// Strings are quoted if YAML 1.1 might read something else.
    var yaml: [UInt8] {
        var text = ""
        appendYAML(to: &text, indentation: 0)
        return Array(text.utf8)
    }

    /// Writes the value as whole lines at that indentation; the caller has started a new line.
    private func appendYAML(to text: inout String, indentation: Int) {
        let margin = String(repeating: " ", count: indentation)
        switch self {
        case .object(let members):
            for member in members {
                text += margin + Self.scalar(member.name) + ":"
                member.value.appendYAML(to: &text, afterKeyAt: indentation)
            }
        case .array(let elements):
            for element in elements {
                text += margin + "-"
                if case .object(let members) = element, !members.isEmpty {
                    // The first member is after the dash, the others are below it.
                    var lines = ""
                    element.appendYAML(to: &lines, indentation: indentation + 2)
                    text += " " + lines.dropFirst(indentation + 2)
                } else {
                    element.appendYAML(to: &text, afterKeyAt: indentation)
                }
            }
        default:
            text += margin + inline() + "\n"
        }
    }

    /// Writes the value of a key, or of a dash, at that indentation: on the same line if it is short.
    private func appendYAML(to text: inout String, afterKeyAt indentation: Int) {
        switch self {
        case .object(let members) where !members.isEmpty:
            text += "\n"
            appendYAML(to: &text, indentation: indentation + 2)
        case .array(let elements) where !elements.isEmpty && !isListOfScalars:
            text += "\n"
            appendYAML(to: &text, indentation: indentation + 2)
        case .string(let string) where string.contains("\n"):
            let margin = String(repeating: " ", count: indentation + 2)
            text += " |-\n"
            for line in string.split(separator: "\n", omittingEmptySubsequences: false) {
                text += (line.isEmpty ? "" : margin + line) + "\n"
            }
        default:
            text += " " + inline() + "\n"
        }
    }

    /// Whether the array reads well in brackets on one line.
    private var isListOfScalars: Bool {
        guard case .array(let elements) = self else { return false }
        return elements.allSatisfy { element in
            switch element {
            case .object, .array: false
            case .string(let string): string.utf8.count <= 24
            case .integer, .boolean, .null, .json: true
            }
        }
    }

    /// Returns the value on one line: a scalar, a list of scalars, an empty collection, or JSON, which YAML includes.
    private func inline(inBrackets: Bool = false) -> String {
        switch self {
        case .object: "{}"
        case .array(let elements): "[" + elements.map { $0.inline(inBrackets: true) }.joined(separator: ", ") + "]"
        case .string(let string): Self.scalar(string, inBrackets: inBrackets)
        case .integer(let number): String(number)
        case .boolean(let flag): flag ? "true" : "false"
        case .null: "null"
        case .json(let json): json
        }
    }

    /// Returns a string without quotes if it is plainly a string, and otherwise as a JSON string, which YAML reads
    /// alike.
    private static func scalar(_ string: String, inBrackets: Bool = false) -> String {
        if isPlain(string, inBrackets: inBrackets) { return string }
        var quoted: [UInt8] = []
        JSONText.append(string, to: &quoted)
        return String(decoding: quoted, as: UTF8.self)
    }

    private static let wordsOfYAML: Set<String> = [
        "true", "false", "null", "yes", "no", "on", "off", "y", "n",
    ]

    /// Returns whether YAML reads the bare string back as that string.
    ///
    /// In doubt it returns false.
    private static func isPlain(_ string: String, inBrackets: Bool) -> Bool {
        guard let first = string.utf8.first, string.utf8.last != UInt8(ascii: " ") else { return false }
        let hasPlainStart: Bool =
            switch first {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "/"): true
            default: false
            }
        guard hasPlainStart, !wordsOfYAML.contains(string.lowercased()) else { return false }
        return string.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            case UInt8(ascii: ","): !inBrackets
            default: " /_-+*.()<>='^;|`$".utf8.contains(byte)
            }
        }
    }
}
