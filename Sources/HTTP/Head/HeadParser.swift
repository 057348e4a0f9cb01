/// Parses a request's head in one resumable pass (RFC 9112 §2 to §6).
///
/// Pass ``parse(_:limits:)`` the bytes from the start of the request, and again with more of them for as long as it
/// returns nil: no byte is read twice, and a line that can no longer become valid is rejected before it ends. The
/// outcome does not depend on where the input is split. One parser serves all requests of an event loop; it allocates
/// only if a request has more field lines than usual, and than any before it.
struct HeadParser {
    /// The kind of line that the parser is in.
    enum Phase {
        case requestLine
        /// A field line; `nameEnd` is the position of the colon once it has been found.
        case fieldLine(nameEnd: Int?)
    }

    /// The field lines of this request, followed by capacity that earlier ones have used.
    private var fieldLineStorage = [FieldLine](repeating: FieldLine(name: 0..<0, value: 0..<0), count: 16)
    private var fieldLineCount = 0
    /// The lengths of the field names, as in ``RequestHead``.
    private(set) var nameLengthBits: UInt64 = 0
    private var phase = Phase.requestLine
    /// The position at which the current line begins.
    private var lineStart = 0
    /// The number of bytes that have been checked.
    private var offset = 0
    private var emptyLineCount = 0
    private var fieldsStart = 0
    private var requestLine = RequestLine()
    private var framing = FramingFields()
    var known = KnownHead()

    var fieldLines: Span<FieldLine> {
        @_lifetime(borrow self) get { fieldLineStorage.span.extracting(0..<fieldLineCount) }
    }

    /// The memory that the field lines hold, in bytes.
    var heldByteCount: Int { fieldLineStorage.capacity * MemoryLayout<FieldLine>.stride }

    /// The method once the request line is complete; nil before, and for a method that is not registered.
    var method: Method? { requestLine.method }

    /// Prepares the parser for the next request; the memory of the field lines is kept.
    mutating func reset() {
        fieldLineCount = 0
        nameLengthBits = 0
        phase = .requestLine
        lineStart = 0
        offset = 0
        emptyLineCount = 0
        requestLine = RequestLine()
        framing = FramingFields()
        known.forget()
    }

    /// Continues where the last call stopped.
    ///
    /// - Parameter bytes: All of the request so far: at least the bytes of the last call.
    /// - Returns: The head once it is complete, or nil while it is incomplete.
    mutating func parse(_ bytes: Span<UInt8>, limits: RequestLimits) throws(ProtocolError) -> ParsedHead? {
        guard let head = try parseHead(bytes, limits) else { return nil }
        if !hasCredentials(bytes) { known.remember(head, bytes) }
        return head
    }

    private mutating func parseHead(_ bytes: Span<UInt8>, _ limits: RequestLimits) throws(ProtocolError) -> ParsedHead?
    {
        if case .requestLine = phase {
            guard try parseRequestLine(bytes, limits) else { return nil }
        }
        if offset == lineStart, try skimFieldLines(bytes, limits) {
            return try framing.resolve(requestLine, headByteCount: offset)
        }
        while true {
            guard let line = try scanFieldLine(bytes, limits) else { return nil }
            guard case .field(let field) = line else {
                return try framing.resolve(requestLine, headByteCount: offset)
            }
            guard fieldLineCount < limits.fieldCountMax else { throw Self.tooManyFields }
            try framing.interpret(field, in: bytes)
            append(field)
        }
    }

    /// Adds a field line by overwriting, which costs less than emptying an array and filling it again.
    private mutating func append(_ field: FieldLine) {
        if fieldLineCount < fieldLineStorage.count {
            fieldLineStorage[fieldLineCount] = field
        } else {
            fieldLineStorage.append(field)
        }
        fieldLineCount += 1
        nameLengthBits |= RequestHead.bit(field.name.count)
    }

    // MARK: Request line

    /// Parses the request line.
    ///
    /// - Returns: Whether the line is complete and valid; false means that more bytes are needed.
    private mutating func parseRequestLine(
        _ bytes: Span<UInt8>, _ limits: RequestLimits
    ) throws(ProtocolError) -> Bool {
        while true {
            let limit = lineStart + limits.requestLineByteCountMax
            let end = min(bytes.count, limit)
            skipVisibleASCII(bytes, end)
            guard offset < bytes.count else { return false }
            guard bytes[offset] == Byte.carriageReturn else {
                guard offset < limit else { throw .uriTooLong(byteCountMax: limits.requestLineByteCountMax) }
                throw .malformed(rule: "The request line has a character that is not visible ASCII.", offset: offset)
            }
            guard offset + 1 < bytes.count else { return false }
            guard bytes[offset + 1] == Byte.lineFeed else { throw Self.bareCarriageReturn(at: offset) }
            let line = lineStart..<offset
            offset += 2
            lineStart = offset
            if line.isEmpty {
                emptyLineCount += 1
                guard emptyLineCount <= RequestLimits.leadingEmptyLineCountMax else {
                    throw .malformed(rule: "Too many empty lines precede the request.", offset: line.lowerBound)
                }
                continue
            }
            if let ordinary = RequestLine(ordinary: line, in: bytes) {
                requestLine = ordinary
            } else {
                requestLine = try RequestLine(line, in: bytes)
            }
            phase = .fieldLine(nameEnd: nil)
            fieldsStart = offset
            return true
        }
    }

    // MARK: Field lines

    /// A line of the header section.
    private enum Line {
        case field(FieldLine)
        /// The empty line that ends the section.
        case end
    }

    /// Reads lines as long as they are common ones.
    ///
    /// - Returns: Whether the end of the section has been reached.
    @inline(__always)
    private mutating func skimFieldLines(
        _ bytes: Span<UInt8>, _ limits: RequestLimits
    ) throws(ProtocolError) -> Bool {
        let end = min(bytes.count, fieldsStart + limits.headerByteCountMax)
        var next = lineStart
        try Self.skim(
            bytes, from: &next, before: end, &fieldLineStorage, &fieldLineCount, &nameLengthBits, &framing,
            fieldCountMax: limits.fieldCountMax)
        let isEnd = next + 2 <= end && bytes[next] == Byte.carriageReturn && bytes[next + 1] == Byte.lineFeed
        lineStart = isEnd ? next + 2 : next
        offset = lineStart
        return isEnd
    }

    /// Takes single properties, since the storage is opened once for all lines.
    @inline(__always)
    private static func skim(
        _ bytes: Span<UInt8>, from next: inout Int, before end: Int, _ storage: inout [FieldLine], _ count: inout Int,
        _ nameLengthBits: inout UInt64, _ framing: inout FramingFields, fieldCountMax: Int
    ) throws(ProtocolError) {
        var lines = storage.mutableSpan
        while count < lines.count, count < fieldCountMax,
            let field = FieldLine(ordinaryIn: bytes, from: &next, before: end)
        {
            try framing.interpret(field, in: bytes)
            lines[count] = field
            nameLengthBits |= RequestHead.bit(field.name.count)
            count &+= 1
        }
    }

    /// Reads one line including its CRLF; returns nil if more bytes are needed.
    private mutating func scanFieldLine(_ bytes: Span<UInt8>, _ limits: RequestLimits) throws(ProtocolError) -> Line? {
        let limit = fieldsStart + limits.headerByteCountMax
        let end = min(bytes.count, limit)
        guard case .fieldLine(var nameEnd) = phase else { return nil }
        if nameEnd == nil {
            skipName(bytes, end)
            guard offset < end else { return try incomplete(at: limit) }
            if bytes[offset] == Byte.carriageReturn, offset == lineStart {
                return try scanLineEnd(bytes, end, limit) ? .end : nil
            }
            guard bytes[offset] == Byte.colon, offset > lineStart else {
                throw Self.malformedName(bytes, lineStart: lineStart, offset: offset)
            }
            nameEnd = offset
            phase = .fieldLine(nameEnd: offset)
            offset += 1
        }
        guard let nameEnd else { return nil }
        skipFieldValue(bytes, end)
        guard offset < end else { return try incomplete(at: limit) }
        guard bytes[offset] == Byte.carriageReturn else {
            throw .malformed(rule: "A field value has a control character.", offset: offset)
        }
        let valueEnd = offset
        let nameStart = lineStart
        guard try scanLineEnd(bytes, end, limit) else { return nil }
        phase = .fieldLine(nameEnd: nil)
        return .field(
            FieldLine(
                name: nameStart..<nameEnd, value: bytes.trimmingOptionalWhitespace(nameEnd + 1..<valueEnd)))
    }

    /// Advances to the first byte that is invalid in a field value, or to `end`.
    private mutating func skipFieldValue(_ bytes: Span<UInt8>, _ end: Int) {
        var next = offset
        while next + 8 <= end {
            let controls = ByteWord.controls(ByteWord.load(bytes, at: next))
            next += controls.trailingZeroBitCount >> 3
            if controls != 0 { break }
        }
        while next < end, bytes[next].isFieldValueByte { next += 1 }
        offset = next
    }

    /// Advances to the first byte that is invalid in a field name, or to `end`.
    private mutating func skipName(_ bytes: Span<UInt8>, _ end: Int) {
        var next = offset
        // Most names consist of letters and dashes.
        while next + 8 <= end {
            let others = ByteWord.othersThanLettersAndDashes(ByteWord.load(bytes, at: next))
            next += others.trailingZeroBitCount >> 3
            if others != 0 { break }
        }
        while next < end, ByteSet.token.contains(bytes[next]) { next += 1 }
        offset = next
    }

    /// Advances to the first byte that is neither a space nor visible ASCII, or to `end`.
    private mutating func skipVisibleASCII(_ bytes: Span<UInt8>, _ end: Int) {
        guard offset < end else { return }
        var next = ByteWord.skip(bytes, offset..<end) { ByteWord.controls($0) | $0 & ByteWord.highBits }
        while next < end, bytes[next] &- 0x20 < 0x5F { next += 1 }
        offset = next
    }

    /// Reads the CRLF whose CR is at `offset`; returns false if its LF has not arrived yet.
    private mutating func scanLineEnd(_ bytes: Span<UInt8>, _ end: Int, _ limit: Int) throws(ProtocolError) -> Bool {
        guard offset + 1 < end else {
            offset += 1
            defer { offset -= 1 }
            _ = try incomplete(at: limit)
            return false
        }
        guard bytes[offset + 1] == Byte.lineFeed else { throw Self.bareCarriageReturn(at: offset) }
        offset += 2
        lineStart = offset
        return true
    }

    private func incomplete(at limit: Int) throws(ProtocolError) -> Line? {
        guard offset < limit else { throw .headersTooLarge(limit: "The header section is too long.") }
        return nil
    }

    // MARK: Errors

    private static var tooManyFields: ProtocolError { .headersTooLarge(limit: "The request has too many fields.") }

    private static func bareCarriageReturn(at offset: Int) -> ProtocolError {
        .malformed(rule: "A carriage return is not followed by a line feed.", offset: offset)
    }

    /// Returns the error of a line that does not begin with `name:` (RFC 9112 §5.1 and §5.2).
    private static func malformedName(_ bytes: Span<UInt8>, lineStart: Int, offset: Int) -> ProtocolError {
        let byte = bytes[offset]
        if byte.isOptionalWhitespace {
            return offset == lineStart
                ? .malformed(rule: "A field line begins with whitespace.", offset: offset)
                : .malformed(rule: "There is whitespace in a field name or before its colon.", offset: offset)
        }
        if byte == Byte.colon { return .malformed(rule: "A field name is empty.", offset: offset) }
        if byte == Byte.carriageReturn || byte == Byte.lineFeed {
            return .malformed(rule: "A field line has no colon, or does not end in CRLF.", offset: offset)
        }
        return .malformed(rule: "A field name has a character that is not allowed in one.", offset: offset)
    }
}
