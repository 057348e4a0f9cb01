import Testing

@testable import SocketServer

/// Tests that the memory of all connections stays within the limit, whatever their clients do.
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
        // The kept connections get complete answers, and the clients of the others see that theirs is incomplete.
        var wholeCount = 0
        for client in clients {
            if let answer = try? client.response() {
                #expect(answer.body.count == TestHandler.largeByteCount)
                wholeCount += 1
            }
        }
        #expect((1..<8).contains(wholeCount))
    }

    @Test func `requests of a mebibyte or more share the cores`() throws {
        var configuration = ServerConfiguration()
        configuration.workerCount = 8
        let shared = ServerShared(configuration, TestHandler(stage: Stage()), [try Mailbox()], { _ in }, nil)
        #expect(shared.coreCountForOne == 8)
        let large = 1 << 20
        for coreCount in [8, 4, 2, 2] {
            shared.budget.set(from: large - 1, to: large)
            #expect(shared.coreCountForOne == coreCount)
        }
        for coreCount in [2, 4, 8, 8] {
            shared.budget.set(from: large, to: large - 1)
            #expect(shared.coreCountForOne == coreCount)
        }
        #expect((shared.budget.byteCount, shared.budget.largeRequestCount) == (0, 0))
    }

    @Test func `input that is kept counts with all the memory that it takes`() {
        let load = ConnectionLoad()
        load.input.reserveCapacity(65_536)
        load.input.append(0x61)
        #expect(load.heldByteCount >= 65_536)
    }

    @Test func `of a request that has begun after many others, only its own bytes are kept`() throws {
        let server = try StallableServer()
        let client = try server.client()
        client.send("GET /a HTTP/1.1\r\n")
        server.waitUntilHolding(byteCount: 1)
        server.together { client.send("Host: a\r\n\r\n" + String(repeating: get("/b"), count: 1_500) + "GET /c") }
        for number in 0...1_500 { #expect(try client.response().body == Array((number == 0 ? "/a" : "/b").utf8)) }
        // The same loop answers this request, after the rest of the earlier requests has been kept.
        _ = try server.client()
        #expect(1..<10_000 ~= server.server.server.bufferedByteCount)
        client.send(" HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try client.response().body == Array("/c".utf8))
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
