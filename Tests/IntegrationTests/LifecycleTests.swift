import Foundation
import Testing

@Suite("Start and end")
struct LifecycleTests {
    /// A Jacobian of some 8 MB, more than the buffers of a loopback connection hold.
    static let largeRequest: String = {
        let input = (0..<2_000).map { "\($0 % 7)" }.joined(separator: ",")
        let body = "{\"input\":[\(input)]}"
        return "POST /v1/relu/jacobian HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }()

    @Test func `SIGTERM lets an answer under way finish, closes its connection and ends with status 0`() throws {
        let server = try ServerProcess()
        let connection = try RawConnection(port: server.port, receiveBufferByteCount: 4_096)
        try connection.send(Self.largeRequest)
        let head = try connection.read(through: "\r\n\r\n")
        #expect(head.hasPrefix("HTTP/1.1 200"))

        server.child.send(signal: SIGTERM)
        try server.waitUntilNotReady()
        let rest = try connection.readToEnd()
        #expect(rest.hasSuffix("\r\n0\r\n\r\n"), "the answer is cut off")
        #expect(try server.child.outcome().status == 0)
    }

    @Test func `while it drains, readiness is refused and kept connections are served and closed`() throws {
        let server = try ServerProcess(["--drain-delay", "1"])
        let kept = try RawConnection(port: server.port)
        try kept.send("GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try kept.readResponse().status == 200)

        server.child.send(signal: SIGTERM)
        try server.waitUntilNotReady()
        let refused = try CurlClient().send(.get(server.url + "/readyz"))
        try expectProblem(refused, 503, "draining")
        #expect(refused.field("Retry-After") != nil)
        #expect(try CurlClient().send(.get(server.url + "/livez")).status == 200)
        #expect(try server.child.outcome().status == 0)
    }

    @Test func `a second signal ends it at once`() throws {
        let server = try ServerProcess()
        let connection = try RawConnection(port: server.port, receiveBufferByteCount: 4_096)
        try connection.send(Self.largeRequest)
        _ = try connection.read(through: "\r\n\r\n")
        server.child.send(signal: SIGTERM)
        try server.waitUntilNotReady()
        server.child.send(signal: SIGTERM)
        // The reader takes nothing, so that without the second signal the answer would hold the process up.
        _ = try server.child.outcome()
    }

    @Test func `--healthcheck says whether the server is ready`() throws {
        let server = try ServerProcess()
        let environment = ["ACTIVATION_PORT": "\(server.port)"]
        #expect(try ServerProcess.launch(["--healthcheck"], environment: environment).outcome().status == 0)
        #expect(try server.terminate().status == 0)
        #expect(try ServerProcess.launch(["--healthcheck"], environment: environment).outcome().status == 1)
    }
}

extension ServerProcess {
    /// Waits until the log says that the server is shutting down.
    func waitUntilNotReady() throws {
        let said: Bool? = child.standardError.waitFor { $0.contains("draining") ? true : nil }
        guard said == true else { throw HarnessError("nothing about draining in the log: \(child.standardError.text)") }
    }
}
