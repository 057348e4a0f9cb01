/// A field line, as byte ranges into the head's bytes.
public struct FieldLine: Sendable {
    public let name: Range<Int>
    /// The value without the optional whitespace around it (RFC 9112 §5.1).
    public let value: Range<Int>

    public init(name: Range<Int>, value: Range<Int>) {
        self.name = name
        self.value = value
    }
}

/// How the end of a request's body is determined (RFC 9112 §6.3).
public enum BodyFraming: Equatable, Sendable {
    /// There is no body: neither Content-Length nor Transfer-Encoding is present.
    case none
    /// The body has the length of `Content-Length`, in bytes, which may be 0.
    case length(Int)
    case chunked
}

/// What the `Expect` field requests (RFC 9110 §10.1.1).
public enum Expectation: Sendable {
    case none
    case continue100
    /// An expectation that HTTP does not define, which is answered 417.
    case unknown
}

/// A request's head, valid and bounded, as a view into the connection's buffer: nothing is copied or allocated.
///
/// The parser has checked every rule that belongs to HTTP itself (one valid `Host`, framing, field syntax); the handler
/// interprets the path, the query and the other fields. The head lives only as long as the handler's call.
public struct RequestHead: ~Copyable, ~Escapable {
    public let method: Method
    public let bytes: Span<UInt8>
    public let fieldLines: Span<FieldLine>
    /// Bit n is set if there is a field whose name has n bytes, or n more than a multiple of 64.
    ///
    /// It shows at once for most fields that they are absent.
    private let nameLengthBits: UInt64
    let pathRange: Range<Int>
    let queryRange: Range<Int>?
    /// The minor version: 0 or 1.
    ///
    /// A higher one is read as 1 (RFC 9112 §2.3).
    public let minorVersion: Int
    public let framing: BodyFraming
    public let expectation: Expectation

    @_lifetime(copy bytes, copy fieldLines)
    public init(
        method: Method, bytes: Span<UInt8>, fieldLines: Span<FieldLine>, path: Range<Int>, query: Range<Int>?,
        minorVersion: Int, framing: BodyFraming, expectation: Expectation
    ) {
        var nameLengthBits: UInt64 = 0
        for index in fieldLines.indices { nameLengthBits |= Self.bit(fieldLines[index].name.count) }
        self.init(
            method: method, bytes: bytes, fieldLines: fieldLines, nameLengthBits: nameLengthBits, path: path,
            query: query, minorVersion: minorVersion, framing: framing, expectation: expectation)
    }

    @_lifetime(copy bytes, copy fieldLines)
    init(
        method: Method, bytes: Span<UInt8>, fieldLines: Span<FieldLine>, nameLengthBits: UInt64, path: Range<Int>,
        query: Range<Int>?, minorVersion: Int, framing: BodyFraming, expectation: Expectation
    ) {
        self.method = method
        self.bytes = bytes
        self.fieldLines = fieldLines
        self.nameLengthBits = nameLengthBits
        self.pathRange = path
        self.queryRange = query
        self.minorVersion = minorVersion
        self.framing = framing
        self.expectation = expectation
    }

    /// The path as sent, percent-encoded; `*` for `OPTIONS *`, `/` for an absolute form without a path.
    public var path: Span<UInt8> {
        @_lifetime(copy self) get { bytes.extracting(pathRange) }
    }

    /// The query as sent, without its `?`; nil if it is absent, empty for a bare `?`.
    public var query: Span<UInt8>? {
        @_lifetime(copy self) get {
            guard let queryRange else { return nil }
            return bytes.extracting(queryRange)
        }
    }

    /// Returns the value of the first field line of that name, and whether there are more of them.
    ///
    /// - Parameter lowercaseName: The field's name in lower case; names are compared without regard to ASCII case.
    @_lifetime(copy self)
    public func field(_ lowercaseName: StaticString) -> Span<UInt8>? {
        guard nameLengthBits & Self.bit(lowercaseName.utf8CodeUnitCount) != 0 else { return nil }
        for index in fieldLines.indices where matches(fieldLines[index].name, lowercaseName) {
            return bytes.extracting(fieldLines[index].value)
        }
        return nil
    }

    /// Returns whether there is no field line of that name, or a single one with exactly `value`.
    ///
    /// - Parameter lowercaseName: The field's name in lower case.
    public func declaresAtMostOne(_ lowercaseName: StaticString, _ value: StaticString) -> Bool {
        guard nameLengthBits & Self.bit(lowercaseName.utf8CodeUnitCount) != 0 else { return true }
        var isFound = false
        for index in fieldLines.indices where matches(fieldLines[index].name, lowercaseName) {
            guard !isFound, bytes.extracting(fieldLines[index].value).equals(value) else { return false }
            isFound = true
        }
        return true
    }

    /// Calls `body` with the value of every field line of that name, in order.
    public func forEachField(_ lowercaseName: StaticString, _ body: (Span<UInt8>) -> Void) {
        guard nameLengthBits & Self.bit(lowercaseName.utf8CodeUnitCount) != 0 else { return }
        for index in fieldLines.indices where matches(fieldLines[index].name, lowercaseName) {
            body(bytes.extracting(fieldLines[index].value))
        }
    }

    @inline(__always)
    static func bit(_ length: Int) -> UInt64 { 1 &<< UInt64(truncatingIfNeeded: length) }

    @inline(__always)
    private func matches(_ name: Range<Int>, _ lowercaseName: StaticString) -> Bool {
        // The length nearly always decides.
        ByteWord.isName(bytes, name, lowercaseName)
    }
}
