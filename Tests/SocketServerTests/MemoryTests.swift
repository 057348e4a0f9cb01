import Testing

@testable import SocketServer

/// What all connections hold together stays within the limit, whatever their clients do.
@Suite struct MemoryTests {
    @Test func `answers that nobody reads are held as far as there is room, and cut beyond`() throws {
        let limit = 20_000_000
        let server = try StallableServer(bufferedByteCountMax: limit)
        let clients = try (0..<8).map { _ in try server.client(receiveBufferByteCount: 4_096) }
        server.together { for client in clients { client.send(get("/large")) } }
        let other = try server.client()
        for _ in 0..<20 {
            other.send(get("/a"))
            #expect(try other.response().body == Array("/a".utf8))
            #expect(server.server.server.bufferedByteCount <= limit)
        }
        // Those that were kept get their answers whole, the others see that theirs is not.
        var wholeCount = 0
        for client in clients {
            if let answer = try? client.response() {
                #expect(answer.body.count == TestHandler.largeByteCount)
                wholeCount += 1
            }
        }
        #expect((1..<8).contains(wholeCount))
    }

    @Test(arguments: [(100_000, true), (30_000, false)])
    func `requests sent ahead are kept where there is room; where there is none, the one under way is the last`(
        limit: Int, isKept: Bool
    ) throws {
        let server = try StallableServer(bufferedByteCountMax: limit)
        let client = try server.client()
        let path = "/" + String(repeating: "b", count: 14_000)
        client.send(get("/hold") + get("/a") + get(path) + get(path))
        #expect(server.server.stage.wait(for: server.server.stage.begun))
        let other = try server.client()
        #expect(server.server.server.bufferedByteCount <= limit)
        server.release()
        let held = try client.response()
        #expect(held.body == Array("held".utf8))
        #expect(held.head.contains("Connection: close") == !isKept)
        if isKept {
            for path in ["/a", path, path] { #expect(try client.response().body == Array(path.utf8)) }
        } else {
            #expect(try client.rest().isEmpty)
        }
        other.send(get("/b"))
        #expect(try other.response().body == Array("/b".utf8))
    }
}
