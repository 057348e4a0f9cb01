import Dispatch
import Testing

@testable import SocketServer

/// Tests that input which is reported only once is read completely: a loop rearms epoll if it leaves some unread.
@Suite(.serialized) struct ArrivalTests {
    /// Starts a server whose only loop is stalled for a client until `release` is signalled.
    private func stalledServer() throws -> (server: TestServer, stalling: TestClient) {
        let server = try TestServer { $0.workerCount = 1 }
        let stalling = try server.client()
        stalling.send(get("/stall"))
        #expect(server.stage.wait(for: server.stage.begun))
        return (server, stalling)
    }

    @Test(
        "Nothing is left unread of what has arrived while the event loop stood still, nor its end",
        arguments: [1, 2, 1_000, 5_000, 20_000])
    func inputAndItsEndAtOnce(requestCount: Int) throws {
        let (server, stalling) = try stalledServer()
        let clients = try (0..<2).map { _ in try server.client() }
        let isSent = DispatchGroup()
        for (number, client) in clients.enumerated() {
            // Input beyond the capacity of the sockets can be sent only while the server reads.
            DispatchQueue(label: "client \(number)").async(group: isSent) {
                client.send(String(repeating: get("/a"), count: requestCount))
                if number == 0 { client.endInput() }
            }
        }
        // These requests have all arrived at once.
        if requestCount < 100 { isSent.wait() }
        server.stage.release.signal()
        #expect(try stalling.response().head.status == 200)
        for client in clients {
            for _ in 0..<requestCount { #expect(try client.response().body == Array("/a".utf8)) }
        }
        isSent.wait()
        #expect(try clients[0].rest().isEmpty)
        clients[1].send(get("/b"))
        #expect(try clients[1].response().body == Array("/b".utf8))
    }

    @Test("An urgent byte is no part of a request, and holds up nothing that comes behind it")
    func urgentByte() throws {
        let (server, _) = try stalledServer()
        let client = try server.client()
        client.send("GET /a HT")
        client.sendUrgent(0x21)
        client.send("TP/1.1\r\nHost: a\r\n\r\n")
        server.stage.release.signal()
        #expect(try client.response().body == Array("/a".utf8))
        client.sendUrgent(0x21)
        client.send(get("/b"))
        #expect(try client.response().body == Array("/b".utf8))
    }

    @Test("What has arrived behind a request that is being computed is read once that has its answer")
    func inputBehindComputation() throws {
        let server = try TestServer { $0.workerCount = 1 }
        let client = try server.client()
        client.send(get("/hold"))
        #expect(server.stage.wait(for: server.stage.begun))
        client.send(post("/work", Array("a".utf8)) + post("/echo", Array("b".utf8)))
        client.endInput()
        // The loop has handled that event once another client has its answer, whose request came later.
        let other = try server.client()
        other.send(get("/c"))
        #expect(try other.response().head.status == 200)
        server.stage.release.signal()
        for body in ["held", "a", "b"] { #expect(try client.response().body == Array(body.utf8)) }
        #expect(try client.rest().isEmpty)
    }
}
