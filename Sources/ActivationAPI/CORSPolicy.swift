import HTTP

/// Which web pages of other origins may read the answers (the Fetch standard, "CORS protocol").
public struct CORSPolicy: Sendable {
    private let origins: [[UInt8]]
    private let allowsEveryOrigin: Bool
    /// For requests of no origin, or one that is not allowed: caches are told that it depends.
    private let otherFields: ResponseFields

    /// - Parameter origins: Each as a browser sends it, `https://example.com`, or `*`.
    public init(origins: [String]) {
        allowsEveryOrigin = origins.contains("*")
        self.origins = origins.map { Array($0.utf8) }
        otherFields = allowsEveryOrigin ? ResponseFields() : ResponseFields(["Vary": "Origin"])
    }

    private func isAllowed(_ origin: Span<UInt8>) -> Bool {
        allowsEveryOrigin || origins.contains { origin.equals($0) }
    }

    /// Fields for the answer to a request.
    func fields(for head: borrowing RequestHead) -> ResponseFields {
        guard let origin = head.field("origin"), isAllowed(origin) else { return otherFields }
        var fields = otherFields
        // An origin that is allowed is one of our own settings, so it cannot split the response.
        fields.append(
            "Access-Control-Allow-Origin",
            allowsEveryOrigin ? "*" : String(decoding: Array(copying: origin), as: UTF8.self))
        fields.append("Access-Control-Expose-Headers", "ETag, Retry-After, X-Request-Id")
        return fields
    }

    /// Whether a browser asks on behalf of an allowed origin if it may send a request; it sends no token with that.
    func isPreflight(_ head: borrowing RequestHead) -> Bool {
        guard head.method == .options, head.field("access-control-request-method") != nil,
            let origin = head.field("origin")
        else { return false }
        return isAllowed(origin)
    }

    /// What the answer to a preflight adds to ``fields(for:)``.
    static func preflightFields(_ allowed: AllowedMethods) -> ResponseFields {
        ResponseFields([
            "Access-Control-Allow-Methods": allowed.fieldValue,
            "Access-Control-Allow-Headers": "Authorization, Content-Type, If-None-Match, traceparent, X-Request-Id",
            "Access-Control-Max-Age": "600",
        ])
    }
}
