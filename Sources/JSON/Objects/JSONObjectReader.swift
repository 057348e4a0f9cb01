/// Reads a JSON text that arrives in pieces and must be an object with given members.
///
/// It is strict about RFC 8259 and UTF-8, rounds each number once, and builds neither a tree nor a copy of the text.
///
/// Malformed JSON anywhere makes the whole text malformed. A value that is valid JSON but not what the schema allows is
/// kept as the first semantic error; the reader then checks that the rest is JSON, without storing it. It stops only at
/// a limit on nesting, and ignores what follows. Time is linear in the length of the text, and nothing is recursive.
///
/// The reader cannot be copied: a second one sharing its numbers would cause them to be copied at the next piece.
///
/// ```swift
/// var reader = JSONObjectReader(schema: schema)
/// reader.feed(piece)  // any number of times, cut anywhere
/// let object = try reader.finish()
/// ```
public struct JSONObjectReader: ~Copyable, Sendable {
    /// Identifies the position in the grammar of the next byte.
    enum State {
        /// Before a value.
        case value
        /// After `[`: before a value or `]`.
        case firstElement
        /// After `{`: before a name or `}`.
        case firstName
        /// After a `,` in an object.
        case name
        /// After a name.
        case colon
        /// After a value in an array or object.
        case afterValue
        /// After the outermost value.
        case end
        case inString
        case inNumber
        /// Inside `true`, `false` or `null`: the remaining bytes, with the next one lowest.
        case inLiteral(rest: UInt32)
        case malformed(StaticString, offset: Int)
        /// At a limit on nesting.
        case stopped
    }

    /// Says what the current or next value is for; the integers are positions in the schema.
    enum Role {
        /// A value that is only checked to be JSON.
        case ignored
        /// The outermost object.
        case root
        case member(Int)
        /// Part of a tensor.
        case element(Int)
        /// A member that is not allowed, because its name is unknown.
        case unknownMember(name: String)
        /// A member that is not allowed, because its name has been used before.
        case duplicateMember(Int)
    }

    let schema: JSONObjectSchema
    /// Whether the text is the value of the schema's only member instead of an object.
    let isBareValue: Bool
    let byteCountHint: Int?
    var state = State.value
    var role: Role
    /// The number of open arrays and objects.
    var depth = 0
    /// One bit for each level of nesting, which is set if the level is an object.
    var objectBits: InlineArray<8, UInt64> = .init(repeating: 0)
    /// The number of bytes before the piece that is being read.
    var pieceOffset = 0
    /// The offset of the value that is being read, or was read last.
    var valueOffset = 0
    var string = StringScanner(isHeld: false)
    /// Whether the string that is being read is the name of a member.
    var isName = false
    var number = NumberScanner()
    /// The tensor that is being read, and the offset at which it begins.
    var tensor = TensorBuilder()
    var tensorOffset = 0
    /// The read-ahead of the piece, the index of its next usable run, and the length of the runs that have been used.
    var (runsAhead, nextRunAhead, takenAheadByteCount): (NumberRunsAhead?, Int, Int) = (nil, 0, 0)
    /// The position, in the piece of the read-ahead, of the bytes that are being read.
    var aheadStart = 0
    var members: [JSONMember] = []
    var firstError: JSONSemanticError?

    /// Creates a reader of an object whose members are those of `schema`, each at most once.
    ///
    /// - Parameter byteCountHint: The length of the text if it is known, so that memory is reserved to fit.
    public init(schema: JSONObjectSchema, byteCountHint: Int? = nil) {
        self.schema = schema
        self.byteCountHint = byteCountHint
        isBareValue = false
        role = .root
    }

    /// Creates a reader of a text that consists of the value of `member`.
    init(bareValue member: JSONObjectSchema.Member) {
        byteCountHint = nil
        schema = JSONObjectSchema([member])
        isBareValue = true
        role = .member(0)
    }

    /// The memory that the reader holds, in bytes.
    public var heldByteCount: Int { tensor.heldByteCount + membersByteCount }

    /// Returns an upper bound, in bytes, on the memory that the reader holds while and after it takes `byteCount` more
    /// bytes.
    ///
    /// - Parameter ahead: The read-ahead of the piece that the bytes end, if there is one.
    public func heldByteCountMax(taking byteCount: Int, ahead: NumberRunsAhead? = nil) -> Int {
        // Each number takes at least two bytes.
        let otherByteCount = max(byteCount - (ahead?.runsByteCount ?? 0), 0)
        let countMax = (ahead?.elements.count ?? 0) + otherByteCount / 2 + 1
        let end = pieceOffset + byteCount
        let isInTensor = if case .element = role { true } else { false }
        let start = isInTensor ? tensorOffset : 0
        return membersByteCount
            + tensor.heldByteCountMax(
                taking: countMax, newNoteCount: ahead?.notes.count ?? 0, newByteCount: otherByteCount,
                byteCount: isInTensor ? pieceOffset - start : 0,
                of: max(byteCountHint ?? 0, end) - start)
    }

    private var membersByteCount: Int {
        members.reduce(0) { sum, member in
            if case .tensor(let tensor) = member.value { sum + tensor.heldByteCount } else { sum }
        }
    }

    /// Consumes the next bytes of the text.
    public mutating func feed(_ bytes: Span<UInt8>) {
        var index = 0
        while index < bytes.count { index = step(bytes, from: index) }
        pieceOffset += bytes.count
    }

    /// Consumes the next bytes of the text, which end a piece with a read-ahead.
    ///
    /// - Parameters:
    ///   - bytes: The end of the piece.
    ///   - ahead: The read-ahead of the piece.
    ///   - start: The position in the piece at which the bytes begin.
    ///   - readByteCountMax: The approximate number of bytes outside of runs to read; the rest is left for another
    ///     call.
    /// - Returns: The number of bytes that were consumed, and how many of those were in runs that the reader could use.
    @discardableResult
    public mutating func feed(
        _ bytes: Span<UInt8>, ahead: NumberRunsAhead, from start: Int = 0, readByteCountMax: Int = .max
    ) -> (byteCount: Int, aheadByteCount: Int) {
        (runsAhead, nextRunAhead, takenAheadByteCount, aheadStart) = (ahead, 0, 0, start)
        var index = 0
        while index < bytes.count, index - takenAheadByteCount < readByteCountMax {
            // Limit what a run of numbers sees, since it continues to the end of that.
            let left = min(readByteCountMax - (index - takenAheadByteCount), bytes.count - index)
            let end = min(index + left + NumberToken.byteCountMax, bytes.count)
            index = step(bytes.extracting(0..<end), from: index)
        }
        pieceOffset += index
        runsAhead = nil
        return (index, takenAheadByteCount)
    }

    /// Ends the text.
    ///
    /// - Throws: ``JSONSyntaxError`` if the text is not JSON.
    public mutating func finish() throws(JSONSyntaxError) -> JSONObject {
        if case .inNumber = state { endNumber(at: pieceOffset) }
        switch state {
        case .end, .stopped: return JSONObject(members: members, firstError: firstError)
        case .malformed(let message, let offset):
            throw JSONSyntaxError(message: message.description, offset: offset)
        default:
            throw JSONSyntaxError(
                message: pieceOffset == 0 ? "The text is empty." : "The text ends too early.", offset: pieceOffset)
        }
    }
}
