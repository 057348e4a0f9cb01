/// An error in HTTP itself that makes a request fail.
///
/// The server decides what happens to the connection; the handler provides the answer.
public enum ProtocolError: Error, Equatable, Sendable {
    /// The bytes are not an HTTP/1.1 request: `rule` is the rule that they break, `offset` the position in the head or
    /// body.
    case malformed(rule: StaticMessage, offset: Int)
    case uriTooLong(byteCountMax: Int)
    case headersTooLarge(limit: StaticMessage)
    /// The method is not registered for HTTP.
    case unknownMethod
    /// The transfer coding is not `chunked`.
    case unknownTransferCoding
    case versionNotSupported
    /// The body exceeded the limit while it arrived.
    case contentTooLarge(byteCountMax: Int)
    /// The head or the body did not arrive in time.
    case requestTimeout
    /// The server is already at its limit of memory or work.
    case overloaded
    /// The server is shutting down.
    case draining
}

/// A constant sentence that tests can compare.
public struct StaticMessage: Equatable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    private let text: StaticString

    public init(stringLiteral text: StaticString) { self.text = text }

    public var description: String { text.description }

    public static func == (left: StaticMessage, right: StaticMessage) -> Bool { left.description == right.description }
}
