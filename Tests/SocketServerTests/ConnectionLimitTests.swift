import Testing

@testable import SocketServer

/// Tests connections that are closed because others wait to be accepted.
@Suite struct ConnectionLimitTests {
    @Test("A loop that is asked late and often closes one connection for each that waits")
    func closesOne() throws {
        let server = try TestServer { $0.connectionCountMax = 6 }
        // Connections go to the two loops alternately. Those of the first one are never idle.
        var busy: [TestClient] = []
        var other: [TestClient] = []
        for _ in 0..<3 {
            busy.append(try server.client())
            busy[busy.count - 1].send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\na")
            other.append(try server.client())
            other[other.count - 1].send(get("/a"))
            _ = try other[other.count - 1].response()
        }
        other[0].send(get("/stall"))
        #expect(server.stage.wait(for: server.stage.begun))

        let new = try server.client()
        new.send(get("/b"))
        // Accepting does the same each time it is tried again.
        for _ in 0..<5 { server.server.shared.mailboxes[1].post(.closeIdle) }
        server.stage.release.signal()
        #expect(try other[0].response().head.status == 200)
        #expect(try new.response().body == Array("/b".utf8))
        #expect(server.server.connectionCount == 6)
        for client in busy {
            client.send("b")
            #expect(try client.response().body == Array("ab".utf8))
        }
        // All three were idle at that time.
        let open = other.filter { client in
            client.send(get("/c"))
            client.endInput()
            return (try? client.rest().isEmpty) == false
        }
        #expect(open.count == 2)
    }

    @Test("A claim is taken once, and not after a connection has closed by itself")
    func claimTakenOnce() {
        let claim = ClosingClaim()
        #expect(!claim.take())
        claim.make()
        claim.make()
        #expect(claim.isOpen)
        #expect(claim.take())
        #expect(!claim.take())
        // Until the connection has been closed, a repeated request leaves the claim unchanged.
        claim.make()
        #expect(!claim.take())
        claim.satisfy()
        claim.make()
        claim.satisfy()
        #expect(!claim.isOpen)
        #expect(!claim.take())
    }
}
