import Foundation
import Testing

@Suite("Start and end")
struct LifecycleTests {
    /// In seconds; longer than any test waits.
    static let hour = "3600"

    /// A Jacobian of some 8 MB, more than the buffers of a loopback connection hold.
    static let largeRequest: String = {
        let input = (0..<2_000).map { "\($0 % 7)" }.joined(separator: ",")
        let body = "{\"input\":[\(input)]}"
        return "POST /v1/relu/jacobian HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }()

    @Test func `SIGTERM lets an answer in progress finish, closes its connection and ends with status 0`() throws {
        let server = try ServerProcess(["--drain-timeout", Self.hour, "--write-timeout", Self.hour])
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

    @Test func `during the drain delay only readiness is refused, and a second signal cuts it short`() throws {
        let server = try ServerProcess(["--drain-delay", Self.hour])
        let kept = try RawConnection(port: server.port)
        try kept.send("GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try kept.readResponse().status == 200)

        server.child.send(signal: SIGTERM)
        try server.waitUntilNotReady()
        let refused = try CurlClient().send(.get(server.url + "/readyz"))
        try expectProblem(refused, 503, "draining")
        #expect(refused.field("Retry-After") != nil)
        let identifier = try #require(refused.field("X-Request-Id"))
        #expect(refused.text.contains("\"instance\":\"urn:request:\(identifier)\""))
        #expect(try CurlClient().send(.get(server.url + "/livez")).status == 200)
        try kept.send("GET /livez HTTP/1.1\r\nHost: a\r\n\r\n")
        let answer = try kept.readResponse()
        #expect(answer.status == 200)
        #expect(answer.field("Connection") == nil)

        server.child.send(signal: SIGTERM)
        #expect(try server.child.outcome().status == 128 + SIGTERM)
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `a second signal ends it at once, even with an answer in progress`(second: Int32) throws {
        // Only the second signal can end it: the reader takes nothing, and has an hour for that.
        let server = try ServerProcess(["--drain-timeout", Self.hour, "--write-timeout", Self.hour])
        let connection = try RawConnection(port: server.port, receiveBufferByteCount: 4_096)
        try connection.send(Self.largeRequest)
        _ = try connection.read(through: "\r\n\r\n")
        server.child.send(signal: SIGTERM)
        try server.waitUntilNotReady()
        server.child.send(signal: second)
        let outcome = try withExtendedLifetime(connection) { try server.child.outcome() }
        #expect(outcome.status == 128 + second)
        #expect(outcome.standardError.contains("ending at once"))
        #expect(!outcome.standardError.contains("stopped"))
    }

    @Test func `--healthcheck reports whether the server is ready`() throws {
        let server = try ServerProcess()
        let environment = ["ACTIVATION_PORT": "\(server.port)"]
        #expect(try ServerProcess.launch(["--healthcheck"], environment: environment).outcome().status == 0)
        #expect(try server.terminate().status == 0)
        #expect(try ServerProcess.launch(["--healthcheck"], environment: environment).outcome().status == 1)
        #expect(try ServerProcess.launch(["--healthcheck"], environment: ["PORT": "abc"]).outcome().status == 64)
    }
}

extension ServerProcess {
    /// Waits until the log reports the shutdown.
    func waitUntilNotReady() throws {
        let said: Bool? = child.standardError.waitFor { $0.contains("draining") ? true : nil }
        guard said == true else { throw HarnessError("nothing about draining in the log: \(child.standardError.text)") }
    }
}
