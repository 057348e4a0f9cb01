import Testing

@testable import SocketServer

/// Tests that work on a compute queue ends soon after its client has disconnected, however it disconnects.
@Suite(.serialized) struct CancellationTests {
    @Test("Work is cancelled when its client leaves", arguments: [true, false])
    func leaveWhileComputing(isReset: Bool) throws {
        let server = try TestServer()
        var client: TestClient? = try server.client()
        client?.send(get("/until-cancelled"))
        #expect(server.stage.wait(for: server.stage.begun))
        if isReset { client?.vanish() }
        // This closes the socket.
        client = nil
        #expect(server.stage.wait(for: server.stage.gone))
    }

    @Test("Work is cancelled when its client leaves with further requests unread")
    func leaveWithRequestsUnread() throws {
        let server = try TestServer()
        var client: TestClient? = try server.client()
        client?.send(get("/until-cancelled"))
        #expect(server.stage.wait(for: server.stage.begun))
        client?.send(get("/a") + get("/b"))
        client = nil
        #expect(server.stage.wait(for: server.stage.gone))
    }

    @Test("Work is cancelled when the client of a large body leaves")
    func leaveAfterBody() throws {
        let server = try TestServer()
        var client: TestClient? = try server.client()
        client?.send(post("/until-cancelled", [UInt8](repeating: 0x61, count: 300_000)))
        #expect(server.stage.wait(for: server.stage.begun))
        client = nil
        #expect(server.stage.wait(for: server.stage.gone))
    }

    @Test("Work is cancelled when draining has timed out")
    func drainWhileComputing() throws {
        let server = try TestServer()
        let client = try server.client()
        client.send(get("/until-cancelled"))
        #expect(server.stage.wait(for: server.stage.begun))
        server.server.drain(timeoutSeconds: 0.01)
        #expect(server.stage.wait(for: server.stage.gone))
        server.server.waitUntilStopped()
        _ = client
    }
}
