/// A text that is not JSON (RFC 8259), or not UTF-8.
public struct JSONSyntaxError: Error, Equatable, Sendable {
    /// What is wrong, as a sentence.
    public let message: String
    /// The first byte that cannot be part of a JSON text; the length of the text where it ends too early.
    public let offset: Int

    public init(message: String, offset: Int) {
        self.message = message
        self.offset = offset
    }
}

/// Valid JSON that is not what the schema asks for.
public struct JSONSemanticError: Error, Equatable, Sendable {
    /// What is wrong.
    public enum Kind: Equatable, Sendable {
        case unknownField(name: String)
        case duplicateField(name: String)
        case wrongType
        case raggedArray
        case tooDeep
        case numberOutOfRange
    }

    public let kind: Kind
    /// What is wrong, as a sentence.
    public let detail: String
    /// Where the offending value begins: bytes from the start of the text.
    public let offset: Int
    /// The offending value as a JSON Pointer (RFC 6901); empty for the whole text.
    public let pointer: String

    public init(_ kind: Kind, detail: String, offset: Int, pointer: String) {
        self.kind = kind
        self.detail = detail
        self.offset = offset
        self.pointer = pointer
    }
}

/// JSON Pointers (RFC 6901).
public enum JSONPointer {
    /// A reference token with its slash: `~` and `/` escaped.
    public static func token(_ name: String) -> String {
        var token = "/"
        for scalar in name.unicodeScalars {
            switch scalar {
            case "~": token += "~0"
            case "/": token += "~1"
            default: token.unicodeScalars.append(scalar)
            }
        }
        return token
    }

    /// The token of an array's element.
    public static func token(_ index: Int) -> String { "/\(index)" }
}
