/// A request that fails in HTTP itself.
///
/// The server knows what that does to the connection; the handler, how to say it.
public enum ProtocolError: Error, Equatable, Sendable {
    /// The bytes are no HTTP/1.1 request: `rule` says which rule they break, `offset` where in the head or body.
    case malformed(rule: StaticMessage, offset: Int)
    case uriTooLong(byteCountMax: Int)
    case headersTooLarge(limit: StaticMessage)
    /// A method that HTTP does not register.
    case unknownMethod
    /// A transfer coding other than `chunked`.
    case unknownTransferCoding
    case versionNotSupported
    /// The body grew past the limit while it arrived.
    case contentTooLarge(byteCountMax: Int)
    /// The head or the body did not arrive in time.
    case requestTimeout
    /// Too much is held or under way already.
    case overloaded
    /// The server is shutting down.
    case draining
}

/// A constant sentence, comparable for tests.
public struct StaticMessage: Equatable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    private let text: StaticString

    public init(stringLiteral text: StaticString) { self.text = text }

    public var description: String { text.description }

    public static func == (left: StaticMessage, right: StaticMessage) -> Bool { left.description == right.description }
}
