import Testing

@testable import SocketServer

/// Connections that are to be closed while their clients still send.
@Suite(.serialized) struct LingeringTests {
    private static let broken = "BROKEN\r\n\r\n"

    @Test("A client that sends many megabytes before it reads gets its answer, and nothing of them is kept")
    func everythingFirst() throws {
        let server = try TestServer { $0.workerCount = 1 }
        let client = try server.client()
        client.send(Array(Self.broken.utf8) + [UInt8](repeating: 0x61, count: 20_000_000))
        #expect(server.server.bufferedByteCount == 0)
        #expect(try client.response().head.status == 400)
        client.endInput()
        #expect(try client.rest().isEmpty)
    }

    @Test("It is the first to be closed when connections run out, whichever loop it belongs to")
    func makesRoom() throws {
        let server = try TestServer { $0.connectionCountMax = 4 }
        let idle = try (0..<2).map { _ in try server.client() }
        for client in idle {
            client.send(get("/a"))
            _ = try client.response()
        }
        let lingering = try (0..<2).map { _ in try server.client() }
        for client in lingering {
            client.send(Self.broken)
            #expect(try client.response().head.status == 400)
            // Its end is sent once it is counted as lingering.
            #expect(try client.rest().isEmpty)
        }
        let new = try (0..<2).map { _ in try server.client() }
        for client in new + idle {
            client.send(get("/b"))
            #expect(try client.response().body == Array("/b".utf8))
        }
    }

    @Test("It closes at once when the drain time-out ends")
    func drainTimeout() throws {
        let server = try TestServer()
        let client = try server.client()
        client.send(Self.broken)
        #expect(try client.response().head.status == 400)
        server.server.drain(timeoutSeconds: 0.05)
        server.server.waitUntilStopped()
        #expect(server.server.connectionCount == 0)
        #expect(try client.rest().isEmpty)
    }
}
