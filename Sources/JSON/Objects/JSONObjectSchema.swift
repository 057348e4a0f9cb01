/// Lists the members that a JSON object may have, and the kind of value of each.
public struct JSONObjectSchema: Sendable {
    /// Describes the values that a member may have.
    public enum Kind: Sendable {
        /// A number, or nested rectangular arrays of numbers; also the strings `"NaN"`, `"Infinity"`, `"-Infinity"`.
        case tensor
        case number
        case string
        case numberOrString
    }

    /// Describes a member by its name and kind.
    public struct Member: Sendable {
        public let name: String
        public let kind: Kind

        public init(_ name: String, _ kind: Kind) {
            self.name = name
            self.kind = kind
        }
    }

    public let members: [Member]
    /// The bytes of the members' names.
    private let names: [[UInt8]]

    /// Creates a schema.
    ///
    /// - Precondition: Names are distinct, and each has at most ``JSONLimits/heldStringByteCountMax`` bytes.
    public init(_ members: [Member]) {
        precondition(Set(members.map(\.name)).count == members.count, "The names of members are distinct.")
        precondition(
            members.allSatisfy { $0.name.utf8.count <= JSONLimits.heldStringByteCountMax },
            "A member's name is short enough to be held.")
        self.members = members
        names = members.map { Array($0.name.utf8) }
    }

    /// Returns the position of the member with this name, or nil if the schema has no such member.
    func index(of name: Span<UInt8>) -> Int? {
        names.firstIndex { candidate in
            candidate.count == name.count && candidate.indices.allSatisfy { candidate[$0] == name[$0] }
        }
    }
}

/// Bounds what the reader accepts and stores.
public enum JSONLimits {
    /// The maximum nesting of arrays in a tensor.
    public static let tensorRankMax = 32
    /// The maximum nesting of arrays and objects elsewhere, including the outermost value.
    public static let nestingDepthMax = 512
    /// The maximum stored length of a name or string value, in bytes; the rest is checked and replaced by an ellipsis.
    public static let heldStringByteCountMax = 128
}
