/// Reports a text that is not JSON (RFC 8259), or not UTF-8.
public struct JSONSyntaxError: Error, Equatable, Sendable {
    /// A sentence that describes the error.
    public let message: String
    /// The first byte that cannot be part of a JSON text; the length of the text if it ends too early.
    public let offset: Int

    public init(message: String, offset: Int) {
        self.message = message
        self.offset = offset
    }
}

/// Reports a value that is valid JSON but not what the schema allows.
public struct JSONSemanticError: Error, Equatable, Sendable {
    /// Classifies the error.
    public enum Kind: Equatable, Sendable {
        case unknownField(name: String)
        case duplicateField(name: String)
        case wrongType
        case raggedArray
        case tooDeep
        case numberOutOfRange
    }

    public let kind: Kind
    /// A sentence that describes the error.
    public let detail: String
    /// The offset of the offending value, in bytes from the start of the text.
    public let offset: Int
    /// The JSON Pointer (RFC 6901) to the offending value; empty for the whole text.
    public let pointer: String

    public init(_ kind: Kind, detail: String, offset: Int, pointer: String) {
        self.kind = kind
        self.detail = detail
        self.offset = offset
        self.pointer = pointer
    }
}

/// Makes JSON Pointers (RFC 6901).
public enum JSONPointer {
    /// Returns a reference token with its slash, in which `~` and `/` are escaped.
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

    /// Returns the token of an array's element.
    public static func token(_ index: Int) -> String { "/\(index)" }
}
