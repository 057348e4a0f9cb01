/// The content of a complete head, apart from its bytes.
struct ParsedHead: Equatable {
    /// The method, or nil if it is not registered, which is answered 501.
    let method: Method?
    let path: Range<Int>
    let query: Range<Int>?
    let minorVersion: Int
    let framing: BodyFraming
    let expectation: Expectation
    /// Whether the client wants the connection kept open (RFC 9112 §9.3).
    let isPersistent: Bool
    /// Length in bytes, including the terminating empty line.
    let byteCount: Int
}
