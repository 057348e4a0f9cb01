/// Finds the data in a chunked body (RFC 9112 §7.1), reading framing byte by byte and data in runs.
///
/// It keeps no bytes. Extensions are checked against their grammar and ignored; so are trailer fields, which are never
/// merged into the head's. The decoder must not be used again after an error.
struct ChunkedDecoder: Sendable {
    /// The position of the next byte in the grammar.
    private enum State: Sendable {
        case sizeStart, size, afterSize
        case extensionNameStart, extensionName, afterExtensionName
        case extensionValueStart, extensionToken, extensionQuoted, extensionEscape, afterExtensionValue
        case sizeLineFeed
        case data, dataCarriageReturn, dataLineFeed
        case trailerStart, trailerName, trailerValue, trailerLineFeed
        case lastLineFeed, finished
    }

    /// What was found in the given bytes.
    enum Event: Equatable {
        /// Body data, as a range of the given bytes.
        case data(Range<Int>)
        /// All given bytes are used up.
        case needsMore
        case finished
    }

    private var state = State.sizeStart
    /// The number of bytes still to come of the current chunk, or its size as far as it has been read.
    private var chunkByteCount = 0
    private var lineByteCount = 0
    private var extensionByteCount = 0
    private var trailerByteCount = 0
    /// The number of data bytes in all chunks whose size has been read.
    private var bodyByteCount = 0
    /// The number of bytes of the body, as sent, before the given bytes.
    private var position = 0

    /// Continues at `offset`, and advances it past what has been used.
    mutating func next(
        _ bytes: Span<UInt8>, from offset: inout Int, bodyByteCountMax: Int
    ) throws(ProtocolError) -> Event {
        let start = offset
        defer { position += offset - start }
        while offset < bytes.count {
            if state == .data {
                let end = min(bytes.count, offset + chunkByteCount)
                let data = offset..<end
                chunkByteCount -= data.count
                if chunkByteCount == 0 { state = .dataCarriageReturn }
                offset = end
                return .data(data)
            }
            if state == .finished { return .finished }
            try take(bytes[offset], at: position + offset - start, bodyByteCountMax)
            offset += 1
        }
        return state == .finished ? .finished : .needsMore
    }

    private mutating func take(_ byte: UInt8, at offset: Int, _ bodyByteCountMax: Int) throws(ProtocolError) {
        switch state {
        case .sizeStart, .size, .afterSize, .sizeLineFeed, .extensionNameStart, .extensionName, .afterExtensionName,
            .extensionValueStart, .extensionToken, .extensionQuoted, .extensionEscape, .afterExtensionValue:
            lineByteCount += 1
            guard lineByteCount <= RequestLimits.chunkLineByteCountMax else {
                throw .malformed(rule: "A chunk-size line is too long.", offset: offset)
            }
            try takeSizeLine(byte, at: offset, bodyByteCountMax)
        case .dataCarriageReturn:
            guard byte == Byte.carriageReturn else { throw Self.dataNotEnded(offset) }
            state = .dataLineFeed
        case .dataLineFeed:
            guard byte == Byte.lineFeed else { throw Self.dataNotEnded(offset) }
            state = .sizeStart
        case .trailerStart, .trailerName, .trailerValue, .trailerLineFeed, .lastLineFeed:
            trailerByteCount += 1
            guard trailerByteCount <= RequestLimits.trailerByteCountMax else {
                throw .headersTooLarge(limit: "The trailer section is too long.")
            }
            try takeTrailer(byte, at: offset)
        case .data, .finished:
            preconditionFailure("Data and what follows the body are not read byte by byte.")
        }
    }

    // MARK: Chunk size and extensions

    private mutating func takeSizeLine(
        _ byte: UInt8, at offset: Int, _ bodyByteCountMax: Int
    ) throws(ProtocolError) {
        switch state {
        case .sizeStart:
            guard let digit = byte.hexadecimalValue else {
                throw .malformed(rule: "A chunk size is not hexadecimal.", offset: offset)
            }
            chunkByteCount = digit
            state = .size
        case .size:
            if let digit = byte.hexadecimalValue {
                // Beyond any limit the exact size is irrelevant as long as it does not wrap.
                chunkByteCount = chunkByteCount > Int.max >> 8 ? chunkByteCount : chunkByteCount << 4 | digit
            } else if byte.isOptionalWhitespace {
                state = .afterSize
            } else if byte == Byte.semicolon {
                state = .extensionNameStart
            } else if byte == Byte.carriageReturn {
                state = .sizeLineFeed
            } else {
                throw .malformed(rule: "A chunk size is not hexadecimal.", offset: offset)
            }
        case .sizeLineFeed:
            guard byte == Byte.lineFeed else { throw Self.bareCarriageReturn(offset) }
            try beginChunk(bodyByteCountMax)
        default:
            extensionByteCount += 1
            guard extensionByteCount <= RequestLimits.chunkExtensionByteCountMax else {
                throw .malformed(rule: "The chunk extensions are too long.", offset: offset)
            }
            try takeExtension(byte, at: offset)
        }
    }

    private mutating func beginChunk(_ bodyByteCountMax: Int) throws(ProtocolError) {
        lineByteCount = 0
        guard chunkByteCount > 0 else {
            state = .trailerStart
            return
        }
        guard chunkByteCount <= bodyByteCountMax - bodyByteCount else {
            throw .contentTooLarge(byteCountMax: bodyByteCountMax)
        }
        bodyByteCount += chunkByteCount
        state = .data
    }

    /// Reads one byte of `*( BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] )`.
    private mutating func takeExtension(_ byte: UInt8, at offset: Int) throws(ProtocolError) {
        let isToken = ByteSet.token.contains(byte)
        switch (state, byte) {
        case (.afterSize, _) where byte.isOptionalWhitespace,
            (.extensionNameStart, _) where byte.isOptionalWhitespace,
            (.afterExtensionName, _) where byte.isOptionalWhitespace,
            (.extensionValueStart, _) where byte.isOptionalWhitespace,
            (.afterExtensionValue, _) where byte.isOptionalWhitespace:
            // Bad whitespace is allowed only in these positions, and never before the CRLF.
            if state == .afterExtensionValue { state = .afterSize }
        case (.extensionNameStart, _) where isToken, (.extensionName, _) where isToken:
            state = .extensionName
        case (.extensionName, _) where byte.isOptionalWhitespace:
            state = .afterExtensionName
        case (.extensionValueStart, _) where isToken, (.extensionToken, _) where isToken:
            state = .extensionToken
        case (.extensionToken, _) where byte.isOptionalWhitespace:
            state = .afterSize
        case (.extensionName, Byte.equals), (.afterExtensionName, Byte.equals):
            state = .extensionValueStart
        case (.extensionValueStart, Byte.quote):
            state = .extensionQuoted
        case (.extensionQuoted, Byte.quote):
            state = .afterExtensionValue
        case (.extensionQuoted, Byte.backslash):
            state = .extensionEscape
        case (.extensionQuoted, _) where byte.isFieldValueByte, (.extensionEscape, _) where byte.isFieldValueByte:
            state = .extensionQuoted
        case (.afterSize, Byte.semicolon), (.extensionName, Byte.semicolon), (.afterExtensionName, Byte.semicolon),
            (.extensionToken, Byte.semicolon), (.afterExtensionValue, Byte.semicolon):
            state = .extensionNameStart
        case (.extensionName, Byte.carriageReturn), (.extensionToken, Byte.carriageReturn),
            (.afterExtensionValue, Byte.carriageReturn):
            state = .sizeLineFeed
        default:
            throw .malformed(rule: "A chunk extension is not valid.", offset: offset)
        }
    }

    // MARK: Trailers

    private mutating func takeTrailer(_ byte: UInt8, at offset: Int) throws(ProtocolError) {
        switch state {
        case .trailerStart where byte == Byte.carriageReturn:
            state = .lastLineFeed
        case .trailerStart where ByteSet.token.contains(byte), .trailerName where ByteSet.token.contains(byte):
            state = .trailerName
        case .trailerName where byte == Byte.colon:
            state = .trailerValue
        case .trailerValue where byte == Byte.carriageReturn:
            state = .trailerLineFeed
        case .trailerValue where byte.isFieldValueByte:
            break
        case .trailerLineFeed where byte == Byte.lineFeed:
            state = .trailerStart
        case .lastLineFeed where byte == Byte.lineFeed:
            state = .finished
        default:
            throw .malformed(rule: "A trailer line is not valid.", offset: offset)
        }
    }

    // MARK: Errors

    private static func bareCarriageReturn(_ offset: Int) -> ProtocolError {
        .malformed(rule: "A carriage return is not followed by a line feed.", offset: offset)
    }

    private static func dataNotEnded(_ offset: Int) -> ProtocolError {
        .malformed(rule: "A chunk's data is not followed by CRLF.", offset: offset)
    }
}
