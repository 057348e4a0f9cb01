/// Reads a JSON text that arrives in pieces and must be an object with known members: strict RFC 8259 and UTF-8, each
/// number rounded once, no tree and no copy of the text in between.
///
/// Malformed JSON anywhere makes the whole text malformed. A value that is JSON but not what the schema asks for
/// is kept as the first semantic error; reading goes on without storing, to tell whether the rest is JSON. Only past a
/// limit on nesting it stops: then what follows is not looked at. Time is linear in the text; nothing is recursive.
///
/// There is one of each reader: a second one that shares its numbers would have them copied at the next piece.
///
/// ```swift
/// var reader = JSONObjectReader(schema: schema)
/// reader.feed(piece)  // any number of times, cut anywhere
/// let object = try reader.finish()
/// ```
public struct JSONObjectReader: ~Copyable, Sendable {
    /// Where in the grammar the next byte stands.
    enum State {
        /// Before a value.
        case value
        /// Behind `[`: before a value or `]`.
        case firstElement
        /// Behind `{`: before a name or `}`.
        case firstName
        /// Behind a `,` in an object.
        case name
        /// Behind a name.
        case colon
        /// Behind a value in an array or object.
        case afterValue
        /// Behind the outermost value.
        case end
        case inString
        case inNumber
        /// Inside `true`, `false` or `null`: the bytes to come, the next one lowest.
        case inLiteral(rest: UInt32)
        case malformed(StaticString, offset: Int)
        /// Past a limit on nesting.
        case stopped
    }

    /// What the value that comes next, or is being read, is for; the numbers are positions in the schema.
    enum Role {
        /// To be checked for being JSON, and no more.
        case ignored
        /// The outermost object.
        case root
        case member(Int)
        /// Part of a tensor.
        case element(Int)
        /// It must not be there: its name is unknown.
        case unknownMember(name: String)
        /// It must not be there: its name has been used.
        case duplicateMember(Int)
    }

    let schema: JSONObjectSchema
    /// Whether the text is the value of the schema's only member instead of an object.
    let isBareValue: Bool
    let byteCountHint: Int?
    var state = State.value
    var role: Role
    /// Number of open arrays and objects.
    var depth = 0
    /// Per level of nesting one bit: whether it is an object.
    var objectBits: InlineArray<8, UInt64> = .init(repeating: 0)
    /// Bytes before the piece that is being read.
    var pieceOffset = 0
    /// Where the value that is being read, or was read last, begins.
    var valueOffset = 0
    var string = StringScanner(isHeld: false)
    /// Whether the string that is being read is the name of a member.
    var isName = false
    var number = NumberScanner()
    /// The tensor that is being read, and where it begins.
    var tensor = TensorBuilder()
    var tensorOffset = 0
    /// Runs that have been read ahead in the piece, the first of them that may still come, and the length of those that
    /// have been taken.
    var (runsAhead, nextRunAhead, takenAheadByteCount): (NumberRunsAhead?, Int, Int) = (nil, 0, 0)
    /// Where in the piece that has been read ahead the bytes begin that are being read.
    var aheadStart = 0
    var members: [JSONMember] = []
    var firstError: JSONSemanticError?

    /// A reader of an object whose members are those of `schema`, each at most once.
    ///
    /// - Parameter byteCountHint: Length of the text where it is known, so that memory is reserved to fit.
    public init(schema: JSONObjectSchema, byteCountHint: Int? = nil) {
        self.schema = schema
        self.byteCountHint = byteCountHint
        isBareValue = false
        role = .root
    }

    /// A reader of a text that is the value of `member` by itself.
    init(bareValue member: JSONObjectSchema.Member) {
        byteCountHint = nil
        schema = JSONObjectSchema([member])
        isBareValue = true
        role = .member(0)
    }

    /// Memory that the reader holds, in bytes.
    public var heldByteCount: Int { tensor.heldByteCount + membersByteCount }

    /// Memory that the reader holds at most while and after it takes `byteCount` more bytes, in bytes.
    ///
    /// - Parameter ahead: The runs that have been read ahead in the piece that the bytes end, if there are any.
    public func heldByteCountMax(taking byteCount: Int, ahead: NumberRunsAhead? = nil) -> Int {
        // A number takes two bytes at least.
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

    /// Takes the next bytes of the text.
    public mutating func feed(_ bytes: Span<UInt8>) {
        var index = 0
        while index < bytes.count { index = step(bytes, from: index) }
        pieceOffset += bytes.count
    }

    /// Takes the next bytes of the text, in a piece in which runs of numbers have been read ahead.
    ///
    /// - Parameters:
    ///   - bytes: What ends the piece.
    ///   - ahead: The runs of that piece.
    ///   - start: Where in the piece the bytes begin.
    ///   - readByteCountMax: About how many bytes outside of runs are read; the rest is left for another call.
    /// - Returns: How many of the bytes have been taken, and how many of those were in runs that it could take.
    @discardableResult
    public mutating func feed(
        _ bytes: Span<UInt8>, ahead: NumberRunsAhead, from start: Int = 0, readByteCountMax: Int = .max
    ) -> (byteCount: Int, aheadByteCount: Int) {
        (runsAhead, nextRunAhead, takenAheadByteCount, aheadStart) = (ahead, 0, 0, start)
        var index = 0
        while index < bytes.count, index - takenAheadByteCount < readByteCountMax {
            // A run of numbers would go on to the end of what it sees.
            let left = min(readByteCountMax - (index - takenAheadByteCount), bytes.count - index)
            let end = min(index + left + NumberToken.byteCountMax, bytes.count)
            index = step(bytes.extracting(0..<end), from: index)
        }
        pieceOffset += index
        runsAhead = nil
        return (index, takenAheadByteCount)
    }

    /// The text is complete.
    ///
    /// - Throws: ``JSONSyntaxError`` where it is not JSON.
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
