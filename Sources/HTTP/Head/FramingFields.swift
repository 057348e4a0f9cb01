/// Collects the fields that HTTP itself obeys line by line, so that no repetition is lost (RFC 9112 §3.2, §6 and §9.3).
struct FramingFields {
    private var hasHost = false
    private var contentLength: Int?
    private var hasTransferEncoding = false
    private var transferEncodingOffset = 0
    /// Whether `chunked` has been seen; nothing may follow it.
    private var endsInChunked = false
    /// Whether a coding other than `chunked` precedes it.
    private var hasUnknownCoding = false
    private var wantsClose = false
    private var wantsKeepAlive = false
    private var expectation = Expectation.none

    /// Reads a field line; a field that HTTP does not obey costs one switch on the name's length.
    @inline(__always)
    mutating func interpret(_ field: FieldLine, in bytes: Span<UInt8>) throws(ProtocolError) {
        // Bit n is set if one of the names has n bytes.
        guard field.name.count < 18, 0b10_0100_0100_0101_0000 &>> field.name.count & 1 == 1 else { return }
        try interpretKnownLength(field, in: bytes)
    }

    private mutating func interpretKnownLength(
        _ field: FieldLine, in bytes: Span<UInt8>
    ) throws(ProtocolError) {
        switch field.name.count {
        case 4 where ByteWord.isName(bytes, field.name, "host"): try readHost(field.value, in: bytes)
        case 6 where ByteWord.isName(bytes, field.name, "expect"): readExpect(bytes.extracting(field.value))
        case 10 where ByteWord.isName(bytes, field.name, "connection"): readConnection(field.value, in: bytes)
        case 14 where ByteWord.isName(bytes, field.name, "content-length"):
            try readContentLength(field.value, in: bytes)
        case 17 where ByteWord.isName(bytes, field.name, "transfer-encoding"):
            try readTransferEncoding(field.value, in: bytes)
        default: break
        }
    }

    /// Resolves the framing once the header section is complete.
    func resolve(_ line: RequestLine, headByteCount: Int) throws(ProtocolError) -> ParsedHead {
        let isVersion1 = line.majorVersion == 1
        if isVersion1, line.minorVersion == 1, !hasHost {
            throw .malformed(rule: "An HTTP/1.1 request needs a Host field.", offset: headByteCount - 2)
        }
        let framing = try resolveFraming(line)
        guard isVersion1 else { throw line.method == nil ? .unknownMethod : .versionNotSupported }
        return ParsedHead(
            method: line.method, path: line.path, query: line.query, minorVersion: line.minorVersion,
            framing: framing, expectation: line.minorVersion == 0 ? .none : expectation,
            isPersistent: !wantsClose && (line.minorVersion == 1 || wantsKeepAlive), byteCount: headByteCount)
    }

    private func resolveFraming(_ line: RequestLine) throws(ProtocolError) -> BodyFraming {
        guard hasTransferEncoding else {
            guard let contentLength else { return .none }
            return .length(contentLength)
        }
        let offset = transferEncodingOffset
        if !endsInChunked { throw .malformed(rule: "The last transfer coding is not chunked.", offset: offset) }
        if contentLength != nil {
            throw .malformed(rule: "Content-Length and Transfer-Encoding exclude each other.", offset: offset)
        }
        if line.majorVersion == 1, line.minorVersion == 0 {
            throw .malformed(rule: "HTTP/1.0 has no Transfer-Encoding.", offset: offset)
        }
        if hasUnknownCoding { throw .unknownTransferCoding }
        return .chunked
    }

    // MARK: Single fields

    private mutating func readHost(_ value: Range<Int>, in bytes: Span<UInt8>) throws(ProtocolError) {
        guard !hasHost else { throw .malformed(rule: "The Host field is repeated.", offset: value.lowerBound) }
        hasHost = true
        guard Authority.isValid(bytes.extracting(value), needsPort: false) else {
            throw .malformed(rule: "The Host field is not a host with or without a port.", offset: value.lowerBound)
        }
    }

    /// Reads the field's single value, which consists of decimal digits only.
    ///
    /// A number too large for an Int counts as the largest one, since both are beyond the limit.
    private mutating func readContentLength(_ value: Range<Int>, in bytes: Span<UInt8>) throws(ProtocolError) {
        guard contentLength == nil else {
            throw .malformed(rule: "The Content-Length field is repeated.", offset: value.lowerBound)
        }
        guard !value.isEmpty else { throw .malformed(rule: "Content-Length is empty.", offset: value.lowerBound) }
        var length = 0
        for index in value {
            guard bytes[index].isDigit else {
                throw .malformed(rule: "Content-Length is not a plain decimal number.", offset: index)
            }
            let (tenfold, overflow) = length.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tenfold.addingReportingOverflow(Int(bytes[index] &- 0x30))
            length = overflow || carry ? Int.max : sum
        }
        contentLength = length
    }

    /// Reads a list over all lines, whose last element, and no other, is `chunked` (RFC 9112 §6.1, §7).
    private mutating func readTransferEncoding(_ value: Range<Int>, in bytes: Span<UInt8>) throws(ProtocolError) {
        hasTransferEncoding = true
        transferEncodingOffset = value.lowerBound
        var start = value.lowerBound
        while true {
            var end = start
            while end < value.upperBound, bytes[end] != Byte.comma { end += 1 }
            let element = bytes.trimmingOptionalWhitespace(start..<end)
            try readTransferCoding(element, in: bytes)
            guard end < value.upperBound else { return }
            start = end + 1
        }
    }

    private mutating func readTransferCoding(_ element: Range<Int>, in bytes: Span<UInt8>) throws(ProtocolError) {
        guard !endsInChunked else {
            throw .malformed(rule: "A transfer coding follows chunked.", offset: element.lowerBound)
        }
        var nameEnd = element.lowerBound
        while nameEnd < element.upperBound, ByteSet.token.contains(bytes[nameEnd]) { nameEnd += 1 }
        let hasParameters = nameEnd < element.upperBound
        let rest = bytes.trimmingOptionalWhitespace(nameEnd..<element.upperBound)
        guard nameEnd > element.lowerBound, !hasParameters || bytes[rest.lowerBound] == Byte.semicolon else {
            throw .malformed(rule: "Transfer-Encoding is not a list of codings.", offset: nameEnd)
        }
        if bytes.extracting(element.lowerBound..<nameEnd).equals(lowercase: "chunked") {
            guard !hasParameters else {
                throw .malformed(rule: "The chunked coding has no parameters.", offset: nameEnd)
            }
            endsInChunked = true
        } else {
            hasUnknownCoding = true
        }
    }

    private mutating func readConnection(_ value: Range<Int>, in bytes: Span<UInt8>) {
        var start = value.lowerBound
        while start <= value.upperBound {
            var end = start
            while end < value.upperBound, bytes[end] != Byte.comma { end += 1 }
            let option = bytes.extracting(bytes.trimmingOptionalWhitespace(start..<end))
            if option.equals(lowercase: "close") { wantsClose = true }
            if option.equals(lowercase: "keep-alive") { wantsKeepAlive = true }
            start = end + 1
        }
    }

    private mutating func readExpect(_ value: Span<UInt8>) {
        if value.equals(lowercase: "100-continue") {
            if expectation == .none { expectation = .continue100 }
        } else if !value.isEmpty {
            expectation = .unknown
        }
    }
}
