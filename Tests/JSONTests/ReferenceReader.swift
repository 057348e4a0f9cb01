import JSON

/// Reads a text in a slow way that is easy to verify.
///
/// It parses the whole text to a tree by recursive descent, then checks the tree against the schema. It has no limits
/// on nesting.
struct ReferenceReader {
    private struct Malformed: Error {
        let offset: Int
    }

    private indirect enum Value {
        case literal(String)
        case number(String)
        case string(String)
        case array([Node])
        case object([(name: String, node: Node)])
    }

    private struct Node {
        let offset: Int
        let value: Value
    }

    private let text: [UInt8]
    private var position = 0

    /// Returns the result of reading the text: the offset of malformed text, the kind, offset and pointer of the first
    /// error, or the values.
    static func outcome(_ text: [UInt8]) -> String {
        var reader = ReferenceReader(text: text)
        do {
            let node = try reader.value()
            reader.skipSpace()
            guard reader.position == text.count else { throw Malformed(offset: reader.position) }
            return ReferenceMeaning.outcome(node)
        } catch {
            return "malformed@\((error as? Malformed)?.offset ?? -1)"
        }
    }

    private init(text: [UInt8]) { self.text = text }

    private var byte: UInt8? { position < text.count ? text[position] : nil }

    private mutating func skipSpace() {
        while let byte, [0x20, 0x0A, 0x0D, 0x09].contains(byte) { position += 1 }
    }

    private mutating func expect(_ character: Unicode.Scalar) throws {
        guard byte == UInt8(ascii: character) else { throw Malformed(offset: position) }
        position += 1
    }

    private mutating func value() throws -> Node {
        skipSpace()
        let offset = position
        guard let byte else { throw Malformed(offset: position) }
        switch Character(Unicode.Scalar(byte)) {
        case "{": return Node(offset: offset, value: .object(try object()))
        case "[": return Node(offset: offset, value: .array(try array()))
        case "\"": return Node(offset: offset, value: .string(try string()))
        case "t", "f", "n":
            for word in ["true", "false", "null"] where Unicode.Scalar(byte) == word.unicodeScalars.first {
                for scalar in word.unicodeScalars { try expect(scalar) }
                return Node(offset: offset, value: .literal(word))
            }
            throw Malformed(offset: offset)
        default: return Node(offset: offset, value: .number(try number()))
        }
    }

    private mutating func object() throws -> [(name: String, node: Node)] {
        var members: [(String, Node)] = []
        try expect("{")
        skipSpace()
        if byte == UInt8(ascii: "}") {
            position += 1
            return []
        }
        while true {
            skipSpace()
            let name = try string()
            skipSpace()
            try expect(":")
            members.append((name, try value()))
            skipSpace()
            if byte == UInt8(ascii: "}") {
                position += 1
                return members
            }
            try expect(",")
        }
    }

    private mutating func array() throws -> [Node] {
        var elements: [Node] = []
        try expect("[")
        skipSpace()
        if byte == UInt8(ascii: "]") {
            position += 1
            return []
        }
        while true {
            elements.append(try value())
            skipSpace()
            if byte == UInt8(ascii: "]") {
                position += 1
                return elements
            }
            try expect(",")
        }
    }

    private mutating func number() throws -> String {
        let start = position
        if byte == UInt8(ascii: "-") { position += 1 }
        if byte == UInt8(ascii: "0") { position += 1 } else { try digits() }
        if byte == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            position += 1
            if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        return String(decoding: text[start..<position], as: UTF8.self)
    }

    private mutating func digits() throws {
        guard let first = byte, (0x30...0x39).contains(first) else { throw Malformed(offset: position) }
        while let byte, (0x30...0x39).contains(byte) { position += 1 }
    }

    private mutating func string() throws -> String {
        try expect("\"")
        var units: [UInt16] = []
        while true {
            guard let byte else { throw Malformed(offset: position) }
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: units, as: UTF16.self)
            case UInt8(ascii: "\\"):
                position += 1
                units += try escape()
            case 0..<0x20: throw Malformed(offset: position)
            default: units += try character()
            }
        }
    }

    private mutating func escape() throws -> [UInt16] {
        guard let byte else { throw Malformed(offset: position) }
        let escapes: [UInt8: UInt16] = [
            0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x62: 8, 0x66: 12, 0x6E: 10, 0x72: 13, 0x74: 9,
        ]
        if let unit = escapes[byte] {
            position += 1
            return [unit]
        }
        try expect("u")
        let unit = try hexDigits()
        if UTF16.isTrailSurrogate(unit) { throw Malformed(offset: position - 1) }
        guard UTF16.isLeadSurrogate(unit) else { return [unit] }
        try expect("\\")
        try expect("u")
        let second = try hexDigits()
        guard UTF16.isTrailSurrogate(second) else { throw Malformed(offset: position - 1) }
        return [unit, second]
    }

    private mutating func hexDigits() throws -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw Malformed(offset: position)
            }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }

    /// Reads one character of valid UTF-8, which is found by trying one to four bytes.
    private mutating func character() throws -> [UInt16] {
        for count in 1...4 where position + count <= text.count {
            let bytes = text[position..<position + count]
            if let string = String(validating: bytes, as: UTF8.self), string.unicodeScalars.count == 1 {
                position += count
                return Array(string.utf16)
            }
        }
        // Find the first byte that cannot be part of a valid character.
        let valid = (1...3).last { count in
            position + count <= text.count
                && [0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF].contains { (next: UInt8) in
                    (0..<4).contains { more in
                        let bytes = text[position..<position + count] + [next] + Array(repeating: 0x80, count: more)
                        guard let string = String(validating: bytes, as: UTF8.self) else { return false }
                        return string.unicodeScalars.count == 1
                    }
                }
        }
        throw Malformed(offset: position + (valid ?? 0))
    }

    /// Interprets the tree: its members, or the first error.
    private struct ReferenceMeaning {
        private struct Failure: Error {
            let kind: String
            let offset: Int
            let pointer: String
        }

        private var rank: Int?
        private var lengths: [Int: Int] = [:]
        private var numbers: [String] = []

        /// Escapes a name by scalars: a slash and a combining mark after it are one `Character`, which is not a slash.
        private static func escaped(_ name: String) -> String {
            name.unicodeScalars.reduce(into: "") { text, scalar in
                text.unicodeScalars.append(contentsOf: (["~": "~0", "/": "~1"][scalar] ?? "\(scalar)").unicodeScalars)
            }
        }

        static func outcome(_ root: Node) -> String {
            guard case .object(let members) = root.value else { return "wrongType@\(root.offset) " }
            var seen: Set<String> = []
            var lines: [String] = []
            do {
                for (name, node) in members {
                    let pointer = "/" + Self.escaped(Self.held(name))
                    guard let member = requestSchema.members.first(where: { $0.name == name }) else {
                        throw Failure(kind: "unknownField", offset: node.offset, pointer: pointer)
                    }
                    guard seen.insert(name).inserted else {
                        throw Failure(kind: "duplicateField", offset: node.offset, pointer: pointer)
                    }
                    var meaning = ReferenceMeaning()
                    lines.append("\(name)@\(node.offset)=\(try meaning.describe(node, member.kind, pointer))")
                }
            } catch {
                guard let failure = error as? Failure else { return "unexpected" }
                lines.append("\(failure.kind)@\(failure.offset) \(failure.pointer)")
            }
            return lines.joined(separator: "; ")
        }

        private mutating func describe(
            _ node: Node, _ kind: JSONObjectSchema.Kind, _ pointer: String
        ) throws -> String {
            switch (kind, node.value) {
            case (.number, .number(let text)), (.numberOrString, .number(let text)):
                return try Self.finite(text, node.offset, pointer)
            case (.string, .string(let text)), (.numberOrString, .string(let text)): return "'\(Self.held(text))'"
            case (.tensor, _):
                try visit(node, depth: 0, pointer)
                let shape = (0..<(rank ?? 0)).map { lengths[$0] ?? 0 }
                return "\(shape) \(numbers)"
            default: throw Failure(kind: "wrongType", offset: node.offset, pointer: pointer)
            }
        }

        private mutating func visit(_ node: Node, depth: Int, _ pointer: String) throws {
            switch node.value {
            case .array(let elements):
                if depth == rank { throw Failure(kind: "raggedArray", offset: node.offset, pointer: pointer) }
                for (index, element) in elements.enumerated() {
                    try visit(element, depth: depth + 1, "\(pointer)/\(index)")
                }
                if elements.isEmpty && rank == nil { rank = depth + 1 }
                if lengths[depth, default: elements.count] != elements.count {
                    throw Failure(kind: "raggedArray", offset: node.offset, pointer: pointer)
                }
                lengths[depth] = elements.count
            case .number, .string:
                let number = try number(node, pointer)
                if rank ?? depth != depth { throw Failure(kind: "raggedArray", offset: node.offset, pointer: pointer) }
                rank = depth
                numbers.append(number)
            default: throw Failure(kind: "wrongType", offset: node.offset, pointer: pointer)
            }
        }

        private func number(_ node: Node, _ pointer: String) throws -> String {
            switch node.value {
            case .number(let text): return try Self.finite(text, node.offset, pointer)
            case .string("NaN"): return "nan"
            case .string("Infinity"): return "inf"
            case .string("-Infinity"): return "-inf"
            default: throw Failure(kind: "wrongType", offset: node.offset, pointer: pointer)
            }
        }

        /// Returns the stored prefix of a long string.
        private static func held(_ text: String) -> String {
            var byteCount = 0
            let kept = text.unicodeScalars.prefix {
                byteCount += UTF8.width($0)
                return byteCount <= JSONLimits.heldStringByteCountMax
            }
            return String(kept) + (kept.endIndex < text.unicodeScalars.endIndex ? "…" : "")
        }

        private static func finite(_ text: String, _ offset: Int, _ pointer: String) throws -> String {
            guard let value = Double(text), value.isFinite else {
                throw Failure(kind: "numberOutOfRange", offset: offset, pointer: pointer)
            }
            return value.description
        }
    }
}
