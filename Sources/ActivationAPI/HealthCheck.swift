import HTTP

/// Answers load balancers and supervisors.
enum HealthCheck {
    private static let fields = ResponseFields([
        "Content-Type": "application/json",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    ])

    /// - Parameter isReady: Whether the process wants new requests.
    static func response(to check: Route.HealthCheck, isReady: Bool) -> Response {
        if check == .ready, !isReady { return Problem(ProtocolError.draining).response() }
        return Response(.ok, fields: fields, body: .bytes(Array("{\"status\":\"ok\"}".utf8)))
    }
}
