import Testing

@testable import SocketServer

/// Tests connections that are to be closed while their clients still send.
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
            // The end of its output is sent once it is counted as lingering.
            #expect(try client.rest().isEmpty)
        }
        let new = try (0..<2).map { _ in try server.client() }
        for client in new + idle {
            client.send(get("/b"))
            #expect(try client.response().body == Array("/b".utf8))
        }
    }

    @Test("One that has used up its turn with its last answer is not reset, so its client gets all of that")
    func afterItsTurn() throws {
        let server = try StallableServer()
        let others = try server.clients(2)
        let client = try server.client(receiveBufferByteCount: 4_096)
        let path = "/" + String(repeating: "b", count: 14_000)
        server.together {
            for other in others { other.send(String(repeating: get("/busy"), count: 20)) }
            client.send(
                Array((String(repeating: get(path), count: 3) + get("/busy", "Connection: close\r\n")).utf8)
                    + [UInt8](repeating: 0x61, count: 30_000))
            client.endInput()
        }
        for other in others { for _ in 0..<20 { _ = try other.response() } }
        for _ in 0..<3 { #expect(try client.response().body == Array(path.utf8)) }
        #expect(try client.response().head.status == 200)
        #expect(try client.rest().isEmpty)
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
