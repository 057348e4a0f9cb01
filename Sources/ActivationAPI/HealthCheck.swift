import HTTP

/// Answers the health checks of load balancers and supervisors.
enum HealthCheck {
    private static let fields = ResponseFields([
        "Content-Type": "application/json",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    ])

    /// - Parameter isReady: Whether the process accepts new requests.
    /// - Throws: `draining`, from `/readyz` only.
    static func response(to check: Route.HealthCheck, isReady: Bool) throws(Problem) -> Response {
        if check == .ready, !isReady { throw Problem(ProtocolError.draining) }
        return Response(.ok, fields: fields, body: .bytes(Array("{\"status\":\"ok\"}".utf8)))
    }
}
