import JSON

/// A tree of values whose members keep their order, for what the service says about itself and about errors.
///
/// The answers to evaluations never become such a tree; they are written directly as bytes.
indirect enum Document: Equatable, Sendable {
    case object([Member])
    case array([Document])
    case string(String)
    case integer(Int)
    case boolean(Bool)
    case null
    /// JSON text that is copied as it is: a number, or an answer of the service as an example.
    case json(String)

    struct Member: Equatable, Sendable {
        let name: String
        let value: Document

        static func member(_ name: String, _ value: Document) -> Member { Member(name: name, value: value) }
    }

    /// Returns the members that have a value, in order.
    static func members(_ pairs: KeyValuePairs<String, Document?>) -> Document {
        .object(pairs.compactMap { name, value in value.map { Member(name: name, value: $0) } })
    }
}

extension Document: ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral {
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int) { self = .integer(value) }
}

extension Document: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByBooleanLiteral {
    init(dictionaryLiteral elements: (String, Document)...) {
        self = .object(elements.map { Member(name: $0.0, value: $0.1) })
    }
    init(arrayLiteral elements: Document...) { self = .array(elements) }
    init(booleanLiteral value: Bool) { self = .boolean(value) }
}

extension Document {
    /// The document as JSON without white space.
    var json: [UInt8] {
        var text: [UInt8] = []
        appendJSON(to: &text)
        return text
    }

    private func appendJSON(to text: inout [UInt8]) {
        switch self {
        case .object(let members):
            text.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                JSONText.append(member.name, to: &text)
                text.append(UInt8(ascii: ":"))
                member.value.appendJSON(to: &text)
            }
            text.append(UInt8(ascii: "}"))
        case .array(let elements):
            text.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                element.appendJSON(to: &text)
            }
            text.append(UInt8(ascii: "]"))
        case .string(let string): JSONText.append(string, to: &text)
        case .integer(let number): text += String(number).utf8
        case .boolean(let flag): text += (flag ? "true" : "false").utf8
        case .null: text += "null".utf8
        case .json(let json): text += json.utf8
        }
    }
}
