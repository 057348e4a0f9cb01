import HTTP

/// The web pages of other origins that may read the answers (the Fetch standard, "CORS protocol").
public struct CORSPolicy: Sendable {
    /// The setting that allows every origin.
    public static let everyOrigin = "*"

    /// The allowed origins in normal form, or nil if every origin is allowed.
    private let origins: [WebOrigin]?

    /// - Parameter origins: The allowed origins, or ``everyOrigin``.
    /// - Precondition: Each is a valid origin or ``everyOrigin``.
    public init(origins: [String]) {
        guard !origins.contains(Self.everyOrigin) else {
            self.origins = nil
            return
        }
        self.origins = origins.map { text in
            guard let origin = WebOrigin(text) else { preconditionFailure("\(text) is not an origin.") }
            return origin
        }
    }

    /// Whether answers depend on the `Origin` of the request.
    var dependsOnOrigin: Bool { origins != nil }

    /// The fields of every answer, even to a request without an `Origin`, so that caches may serve it to pages.
    var commonFields: ResponseFields {
        origins == nil ? Self.fields(allowing: Self.everyOrigin) : ResponseFields()
    }

    /// Returns the fields of the answer to a request in addition to ``commonFields``, or nil.
    func fields(for head: borrowing RequestHead) -> ResponseFields? {
        guard let origins, let origin = Self.origin(of: head), origins.contains(origin) else { return nil }
        // The text comes from our own settings, so that it cannot split the response.
        return Self.fields(allowing: origin.text)
    }

    private static func fields(allowing origin: String) -> ResponseFields {
        ResponseFields([
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Expose-Headers": "ETag, Retry-After, X-Request-Id",
        ])
    }

    private static func origin(of head: borrowing RequestHead) -> WebOrigin? {
        guard let value = head.field("origin") else { return nil }
        return WebOrigin(String(decoding: value.trimmed))
    }

    /// Returns whether the request is a preflight of an allowed origin; browsers send it without a token.
    func isPreflight(_ head: borrowing RequestHead) -> Bool {
        guard head.method == .options, head.field("access-control-request-method") != nil, head.field("origin") != nil
        else { return false }
        guard let origins else { return true }
        return Self.origin(of: head).map(origins.contains) == true
    }

    /// Returns the additional fields of the answer to a preflight.
    static func preflightFields(_ allowed: AllowedMethods) -> ResponseFields {
        ResponseFields([
            "Access-Control-Allow-Methods": allowed.fieldValue,
            "Access-Control-Allow-Headers": "Authorization, Content-Type, If-None-Match, traceparent, X-Request-Id",
            "Access-Control-Max-Age": "600",
        ])
    }
}
