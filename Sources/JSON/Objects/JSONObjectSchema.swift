/// Which members a JSON object may have, and what kind of value each takes.
public struct JSONObjectSchema: Sendable {
    /// What a member's value may be.
    public enum Kind: Sendable {
        /// A number, or nested rectangular arrays of numbers; also the strings `"NaN"`, `"Infinity"`, `"-Infinity"`.
        case tensor
        case number
        case string
        case numberOrString
    }

    /// A member by name.
    public struct Member: Sendable {
        public let name: String
        public let kind: Kind

        public init(_ name: String, _ kind: Kind) {
            self.name = name
            self.kind = kind
        }
    }

    public let members: [Member]
    /// The names' bytes.
    private let names: [[UInt8]]

    /// - Precondition: Names are distinct, and none is longer than ``JSONLimits/heldStringByteCountMax``.
    public init(_ members: [Member]) {
        precondition(Set(members.map(\.name)).count == members.count, "The names of members are distinct.")
        precondition(
            members.allSatisfy { $0.name.utf8.count <= JSONLimits.heldStringByteCountMax },
            "A member's name is short enough to be held.")
        self.members = members
        names = members.map { Array($0.name.utf8) }
    }

    /// The position of the member whose name these bytes are.
    func index(of name: Span<UInt8>) -> Int? {
        names.firstIndex { candidate in
            candidate.count == name.count && candidate.indices.allSatisfy { candidate[$0] == name[$0] }
        }
    }
}

/// Bounds on what the reader follows and holds.
public enum JSONLimits {
    /// Nested arrays in a tensor.
    public static let tensorRankMax = 32
    /// Nested arrays and objects anywhere else, the outermost value included.
    public static let nestingDepthMax = 512
    /// Bytes of a name or of a string value that are kept; the rest is checked and replaced by an ellipsis.
    public static let heldStringByteCountMax = 128
}
