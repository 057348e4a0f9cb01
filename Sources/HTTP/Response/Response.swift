/// A status code of RFC 9110 §15 (and 6585) with its reason phrase.
public struct Status: Equatable, Sendable {
    public let code: Int
    public let reason: StaticString

    public init(_ code: Int, _ reason: StaticString) {
        precondition(code >= 100 && code <= 599, "A status code is between 100 and 599.")
        self.code = code
        self.reason = reason
    }

    public static func == (left: Status, right: Status) -> Bool { left.code == right.code }

    public static let ok = Status(200, "OK")
    public static let noContent = Status(204, "No Content")
    public static let notModified = Status(304, "Not Modified")
    public static let badRequest = Status(400, "Bad Request")
    public static let unauthorized = Status(401, "Unauthorized")
    public static let notFound = Status(404, "Not Found")
    public static let methodNotAllowed = Status(405, "Method Not Allowed")
    public static let notAcceptable = Status(406, "Not Acceptable")
    public static let requestTimeout = Status(408, "Request Timeout")
    public static let contentTooLarge = Status(413, "Content Too Large")
    public static let uriTooLong = Status(414, "URI Too Long")
    public static let unsupportedMediaType = Status(415, "Unsupported Media Type")
    public static let expectationFailed = Status(417, "Expectation Failed")
    public static let unprocessableContent = Status(422, "Unprocessable Content")
    public static let requestHeaderFieldsTooLarge = Status(431, "Request Header Fields Too Large")
    public static let internalServerError = Status(500, "Internal Server Error")
    public static let notImplemented = Status(501, "Not Implemented")
    public static let serviceUnavailable = Status(503, "Service Unavailable")
    public static let httpVersionNotSupported = Status(505, "HTTP Version Not Supported")
}

/// The field lines of a response, already in wire form, so that a constant set costs nothing per response.
///
/// The serializer adds `Date`, `Content-Length`, `Transfer-Encoding` and `Connection`, which never appear here.
public struct ResponseFields: Sendable {
    public private(set) var bytes: [UInt8] = []

    public init() {}

    public init(_ pairs: KeyValuePairs<String, String>) {
        for (name, value) in pairs { append(name, value) }
    }

    /// Appends field lines that are already in wire form.
    public mutating func append(_ fields: ResponseFields) { bytes += fields.bytes }

    /// Appends a field line.
    ///
    /// - Precondition: `value` contains no control characters, so that nothing a client sent can split a response.
    public mutating func append(_ name: String, _ value: String) {
        precondition(value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }, "A field value holds no control character.")
        bytes += name.utf8
        bytes += ": ".utf8
        bytes += value.utf8
        bytes += "\r\n".utf8
    }
}

/// A final response, independent of how it is framed on the wire.
public struct Response: Sendable {
    /// The content of a response.
    public enum Body: Sendable {
        /// No content and no Content-Length: for 204 and 304, which have none by definition.
        case none
        case bytes([UInt8])
        /// The answer to a HEAD request whose GET would be produced: no content, and no Content-Length.
        case withheld
        /// A produced body, sent as chunks (to an HTTP/1.0 client: until the close of the connection).
        case stream(any BodyProducer)
    }

    public var status: Status
    public var fields: ResponseFields
    /// The body, which is the same for HEAD as for GET; the serializer omits it.
    public var body: Body
    /// The labels for the observer.
    public var note = ResponseNote()
    /// The time that a compute queue took for it.
    var workNanoseconds = 0

    public init(_ status: Status, fields: ResponseFields = ResponseFields(), body: Body) {
        self.status = status
        self.fields = fields
        self.body = body
    }
}
