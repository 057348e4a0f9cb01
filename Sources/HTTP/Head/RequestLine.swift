/// A request line's parts, as ranges into the head (RFC 9112 §3).
struct RequestLine: Equatable {
    /// The method, or nil for a token that is not a registered method.
    private(set) var method: Method?
    private(set) var path: Range<Int> = 0..<0
    private(set) var query: Range<Int>?
    private(set) var majorVersion = 1
    private(set) var minorVersion = 1

    init() {}

    /// Creates the line of an HTTP/1.1 request without a query.
    init(method: Method, path: Range<Int>) {
        self.method = method
        self.path = path
    }

    /// Parses a whole line.
    ///
    /// - Parameter line: The line without its CRLF; the caller has checked that it consists of visible ASCII and
    ///   spaces.
    init(_ line: Range<Int>, in bytes: Span<UInt8>) throws(ProtocolError) {
        var methodEnd = line.lowerBound
        while methodEnd < line.upperBound, ByteSet.token.contains(bytes[methodEnd]) { methodEnd += 1 }
        guard methodEnd > line.lowerBound, methodEnd < line.upperBound, bytes[methodEnd] == Byte.space else {
            throw .malformed(rule: "The request does not begin with a method and a space.", offset: methodEnd)
        }
        let targetStart = methodEnd + 1
        var targetEnd = ByteWord.skip(bytes, targetStart..<line.upperBound) { ByteWord.matches($0, Byte.space) }
        while targetEnd < line.upperBound, bytes[targetEnd] != Byte.space { targetEnd += 1 }
        guard targetEnd > targetStart, targetEnd < line.upperBound else {
            throw .malformed(rule: "The request line is not: method, space, target, space, version.", offset: targetEnd)
        }
        try readVersion(targetEnd + 1..<line.upperBound, in: bytes)
        method = Method(bytes.extracting(line.lowerBound..<methodEnd))
        // Another major version may differ in everything, including the syntax of a target.
        guard majorVersion == 1 else { return }
        try readTarget(targetStart..<targetEnd, in: bytes)
    }

    /// Reads `HTTP/` digit `.` digit, in upper case only (RFC 9112 §2.3).
    private mutating func readVersion(_ range: Range<Int>, in bytes: Span<UInt8>) throws(ProtocolError) {
        let start = range.lowerBound
        guard range.count == 8, bytes.extracting(start..<start + 5).equals("HTTP/"),
            bytes[start + 5].isDigit, bytes[start + 6] == 0x2E, bytes[start + 7].isDigit
        else {
            throw .malformed(rule: "The request line does not end in a version such as HTTP/1.1.", offset: start)
        }
        majorVersion = Int(bytes[start + 5] &- 0x30)
        minorVersion = min(Int(bytes[start + 7] &- 0x30), 1)
    }

    /// Reads a target in any of the four forms (RFC 9112 §3.2).
    private mutating func readTarget(_ range: Range<Int>, in bytes: Span<UInt8>) throws(ProtocolError) {
        let start = range.lowerBound
        if method == .connect {
            guard Authority.isValid(bytes.extracting(range), needsPort: true) else {
                throw .malformed(rule: "CONNECT needs a host and a port.", offset: start)
            }
            path = range
        } else if bytes[start] == Byte.slash {
            try readPathAndQuery(range, in: bytes)
        } else if range.count == 1, bytes[start] == Byte.asterisk, method == .options {
            path = range
        } else if let schemeEnd = Self.schemeEnd(range, in: bytes) {
            try readAbsoluteForm(schemeEnd..<range.upperBound, in: bytes)
        } else {
            throw .malformed(rule: "The target is neither a path nor an http URI.", offset: start)
        }
    }

    /// Returns the position at which the authority of an `http://` or `https://` URI begins.
    private static func schemeEnd(_ range: Range<Int>, in bytes: Span<UInt8>) -> Int? {
        let start = range.lowerBound
        if range.count >= 7, bytes.extracting(start..<start + 7).equals(lowercase: "http://") { return start + 7 }
        if range.count >= 8, bytes.extracting(start..<start + 8).equals(lowercase: "https://") { return start + 8 }
        return nil
    }

    private mutating func readAbsoluteForm(_ range: Range<Int>, in bytes: Span<UInt8>) throws(ProtocolError) {
        var end = range.lowerBound
        while end < range.upperBound, bytes[end] != Byte.slash, bytes[end] != Byte.questionMark { end += 1 }
        let authority = bytes.extracting(range.lowerBound..<end)
        guard !authority.isEmpty, Authority.isValid(authority, needsPort: false) else {
            throw .malformed(rule: "The authority of the target is not valid.", offset: range.lowerBound)
        }
        guard end < range.upperBound, bytes[end] == Byte.slash else {
            // An empty path means `/`; there is one just before the authority.
            path = range.lowerBound - 1..<range.lowerBound
            if end < range.upperBound { try readQuery(end + 1..<range.upperBound, in: bytes) }
            return
        }
        try readPathAndQuery(end..<range.upperBound, in: bytes)
    }

    private mutating func readPathAndQuery(_ range: Range<Int>, in bytes: Span<UInt8>) throws(ProtocolError) {
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            if ByteSet.path.contains(byte) {
                index += 1
            } else if byte == Byte.percent {
                guard index + 2 < range.upperBound, bytes[index + 1].hexadecimalValue != nil,
                    bytes[index + 2].hexadecimalValue != nil
                else { throw .malformed(rule: "A percent escape in the path is not two hex digits.", offset: index) }
                index += 3
            } else if byte == Byte.questionMark {
                break
            } else {
                throw .malformed(rule: "The path has a character that must be percent-encoded.", offset: index)
            }
        }
        path = range.lowerBound..<index
        if index < range.upperBound { try readQuery(index + 1..<range.upperBound, in: bytes) }
    }

    /// Reads a query, which may contain more than RFC 3986 allows: `curl -g` sends brackets and quotes unchanged, and
    /// they are harmless here.
    private mutating func readQuery(_ range: Range<Int>, in bytes: Span<UInt8>) throws(ProtocolError) {
        var index = ByteWord.skip(bytes, range) { ByteWord.matches($0, Byte.numberSign) }
        while index < range.upperBound {
            if bytes[index] == Byte.numberSign { throw .malformed(rule: "The target has a fragment.", offset: index) }
            index += 1
        }
        query = range
    }
}
