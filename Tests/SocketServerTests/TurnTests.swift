import Testing

@testable import SocketServer

/// Tests that connections which keep a loop busy go to the end of its queue.
@Suite struct TurnTests {
    @Test func `connections take turns in the order in which they have waited`() {
        var queue = TurnQueue()
        #expect(queue.popFirst() == nil)
        for round in 0..<UInt32(3) {
            for index in 0..<UInt32(10) { queue.append(ConnectionID(index: index, generation: round)) }
            for index in 0..<UInt32(9) { #expect(queue.popFirst() == ConnectionID(index: index, generation: round)) }
            queue.append(ConnectionID(index: 10, generation: round))
            #expect(queue.popFirst() == ConnectionID(index: 9, generation: round))
            #expect(queue.popFirst() == ConnectionID(index: 10, generation: round))
            #expect(queue.isEmpty)
        }
    }

    @Test(arguments: [true, false])
    func `a request that comes with a long pipeline of costly ones waits for one of them, not for all`(
        isObserved: Bool
    ) throws {
        let server = try StallableServer(isObserved: isObserved)
        let (flood, other) = (try server.client(), try server.client())
        server.together {
            flood.send(String(repeating: get("/busy"), count: 100))
            other.send(get("/busy-count"))
        }
        let count = try #require(other.response().body.first)
        // The loop may see the two requests in either order, and may be slow; the old behaviour would be all hundred.
        #expect(count < 50)
        for number in 1...100 { #expect(try flood.response().body == [UInt8(number)]) }
    }

    @Test func `what arrives while a connection waits for its turn is read when it has had it`() throws {
        let server = try StallableServer()
        let client = try server.client()
        for part in 0..<3 {
            client.send(String(repeating: get("/busy"), count: 10))
            client.send(post("/work", Array("worked \(part)".utf8)))
            client.send(String(repeating: get("/busy"), count: 10) + get("/part-\(part)"))
        }
        for part in 0..<3 {
            for _ in 0..<10 { #expect(try client.response().head.status == 200) }
            #expect(try client.response().body == Array("worked \(part)".utf8))
            for _ in 0..<10 { #expect(try client.response().head.status == 200) }
            #expect(try client.response().body == Array("/part-\(part)".utf8))
        }
        // Between its requests it is like any other connection.
        client.send(get("/end"))
        #expect(try client.response().body == Array("/end".utf8))
    }

    @Test func `a client that leaves while it waits for its turn is not waited for`() throws {
        let server = try StallableServer()
        let client = try server.client()
        client.send(get("/stall") + String(repeating: get("/busy"), count: 100))
        server.waitForStall()
        client.vanish()
        server.release()
        let other = try server.client()
        for _ in 0..<1_000 where server.server.server.connectionCount > 2 {
            other.send(get("/a"))
            _ = try other.response()
        }
        #expect(server.server.server.connectionCount == 2)
        #expect(server.server.stage.busyCount.withLock(\.self) < 50)
        #expect(server.server.server.bufferedByteCount == 0)
    }
}
