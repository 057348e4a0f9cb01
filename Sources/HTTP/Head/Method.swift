/// A request method registered with IANA (RFC 9110 §16.1); the parser rejects a method that is not registered.
public enum Method: String, Sendable, CaseIterable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case put = "PUT"
    case delete = "DELETE"
    case connect = "CONNECT"
    case options = "OPTIONS"
    case trace = "TRACE"
    case patch = "PATCH"
    /// Any other registered method, such as those of WebDAV: HTTP registers it but no route offers it, so it is
    /// answered 405.
    case otherRegistered = "*"
}

extension Method {
    /// Creates the registered method of that name; names are case-sensitive (RFC 9110 §9.1).
    ///
    /// - Returns: Nil if IANA lists no such method, which is answered 501.
    init?(_ name: Span<UInt8>) {
        if name.equals("GET") {
            self = .get
        } else if name.equals("POST") {
            self = .post
        } else if let method = Self.named.first(where: { name.equals($0.name) })?.method {
            self = method
        } else if Self.otherNames.contains(where: { name.equals($0) }) {
            self = .otherRegistered
        } else {
            return nil
        }
    }

    private static let named: [(name: StaticString, method: Method)] = [
        ("HEAD", .head), ("PUT", .put), ("DELETE", .delete), ("CONNECT", .connect), ("OPTIONS", .options),
        ("TRACE", .trace), ("PATCH", .patch),
    ]

    /// The other names in IANA's Hypertext Transfer Protocol Method Registry.
    private static let otherNames: [StaticString] = [
        "ACL", "BASELINE-CONTROL", "BIND", "CHECKIN", "CHECKOUT", "COPY", "LABEL", "LINK", "LOCK", "MERGE",
        "MKACTIVITY", "MKCALENDAR", "MKCOL", "MKREDIRECTREF", "MKWORKSPACE", "MOVE", "ORDERPATCH", "PRI", "PROPFIND",
        "PROPPATCH", "QUERY", "REBIND", "REPORT", "SEARCH", "UNBIND", "UNCHECKOUT", "UNLINK", "UNLOCK", "UPDATE",
        "UPDATEREDIRECTREF", "VERSION-CONTROL",
    ]
}
