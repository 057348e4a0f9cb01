import Dispatch
import Testing

@testable import SocketServer

/// Tests answers that are produced piece by piece.
@Suite(.serialized) struct StreamTests {
    @Test("A large answer reaches a client that takes little at a time", arguments: ["/large", "/stream"])
    func slowReader(path: String) throws {
        let client = try TestServer().client(receiveBufferByteCount: 4_096)
        client.send(get(path, "Connection: close\r\n"))
        let bytes = try client.rest()
        #expect(String(decoding: bytes.prefix(15), as: UTF8.self) == "HTTP/1.1 200 OK")
        guard path == "/stream" else {
            #expect(bytes.suffix(TestHandler.largeByteCount).allSatisfy { $0 == 0x61 })
            return
        }
        let body = Letters.whole(TestHandler.largeByteCount)
        let size = Letters.pieceByteCountMax
        let chunks = stride(from: 0, to: body.count, by: size).map { start in
            Array("\(String(size, radix: 16))\r\n".utf8) + body[start..<start + size] + Array("\r\n".utf8)
        }
        let expected = Array(chunks.joined()) + Array("0\r\n\r\n".utf8)
        #expect(bytes.suffix(expected.count) == expected[...])
    }

    @Test("To HTTP/1.0 a stream ends with the connection")
    func oldStream() throws {
        let client = try TestServer().client()
        client.send("GET /stream HTTP/1.0\r\n\r\n")
        #expect(try client.rest().suffix(TestHandler.largeByteCount) == Letters.whole(TestHandler.largeByteCount)[...])
    }

    @Test("Pieces may be empty", arguments: ["1.0", "1.1"])
    func emptyPieces(version: String) throws {
        let client = try TestServer().client()
        client.send("GET /empty-pieces HTTP/\(version)\r\nHost: a\r\nConnection: close\r\n\r\n")
        let text = String(decoding: try client.rest(), as: UTF8.self)
        #expect(text.hasSuffix(version == "1.0" ? "\r\n\r\nbe" : "\r\n\r\n1\r\nb\r\n1\r\ne\r\n0\r\n\r\n"))
    }

    @Test("Where a piece cannot be produced, the connection is cut without a last chunk, and others go on")
    func failingPiece() throws {
        let server = try TestServer()
        let client = try server.client()
        client.send(get("/failing-piece", "Connection: close\r\n"))
        // If the connection were not cut, this would end in a last chunk; if it stayed open, this would time out and
        // throw.
        let text = String(decoding: try client.rest(), as: UTF8.self)
        #expect(!text.hasSuffix("0\r\n\r\n"))
        // The piece after the one that failed is not sent in its place.
        #expect(!text.contains("\r\nd\r\n"))
        let other = try server.client()
        other.send(get("/after"))
        #expect(try other.response().head.status == 200)
    }

    @Test("When a client vanishes, the producer of its answer goes too")
    func vanish() throws {
        let server = try TestServer()
        let client = try server.client()
        client.send(get("/endless"))
        try client.waitForBytes()
        client.vanish()
        #expect(server.stage.wait(for: server.stage.gone))
    }

    @Test("What a producer holds is counted until it is done with its piece, though its client has gone")
    func vanishDuringPiece() throws {
        let server = try TestServer()
        let client = try server.client()
        client.send(get("/held-piece"))
        #expect(server.stage.wait(for: server.stage.begun))
        client.vanish()
        let pause = DispatchSemaphore(value: 0)
        while server.server.connectionCount > 0 { _ = pause.wait(timeout: .now() + .milliseconds(1)) }
        #expect(server.server.bufferedByteCount >= 1_200_000)
        server.stage.release.signal()
        #expect(server.stage.wait(for: server.stage.gone))
        for _ in 0..<1_000 * Stage.patienceSeconds where server.server.bufferedByteCount > 0 {
            _ = pause.wait(timeout: .now() + .milliseconds(1))
        }
        #expect(server.server.bufferedByteCount == 0)
    }

    @Test("Where a piece cannot be produced, no further one is")
    func failureCancels() throws {
        let server = try TestServer { $0.workerCount = 3 }
        let client = try server.client()
        client.send(get("/failing-beside-held"))
        _ = try client.rest()
        server.stage.release.signal()
        #expect(server.stage.wait(for: server.stage.gone))
        #expect(server.stage.producedCount.withLock(\.self) == 2)
    }
}
