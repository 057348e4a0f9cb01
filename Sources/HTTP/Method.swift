/// A request method registered with IANA (RFC 9110 §16.1); a method that is not registered never gets past the parser.
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
    /// Any other registered method (WebDAV and its kin): known to HTTP, offered by nothing here, so answered 405.
    case otherRegistered = "*"
}
