/// What a complete head says, apart from its bytes.
struct ParsedHead: Equatable {
    /// Nil for a method that is not registered: to be answered 501.
    let method: Method?
    let path: Range<Int>
    let query: Range<Int>?
    let minorVersion: Int
    let framing: BodyFraming
    let expectation: Expectation
    /// Whether the client wants the connection kept (RFC 9112 §9.3).
    let isPersistent: Bool
    /// Up to and with the empty line.
    let byteCount: Int
}
