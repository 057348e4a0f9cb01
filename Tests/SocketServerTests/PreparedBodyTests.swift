import Dispatch
import Testing

@testable import SocketServer

/// Tests bodies whose pieces are prepared on the compute queue.
@Suite(.serialized) struct PreparedBodyTests {
    /// Ascending numbers of four bytes: enough for many bytes to have arrived whenever the event loop reads.
    static let body: [UInt8] = {
        var body = [UInt8](repeating: 0, count: 2_000_000)
        body.withUnsafeMutableBytes { bytes in
            for number in 0..<500_000 {
                bytes.storeBytes(of: UInt32(number).bigEndian, toByteOffset: 4 * number, as: UInt32.self)
            }
        }
        return body
    }()

    /// Parses an answer of `PreparedEcho`.
    private func echo(_ answer: (head: String, body: [UInt8])) throws -> (pieceCount: Int, bytes: [UInt8]) {
        let space = try #require(answer.body.firstIndex(of: UInt8(ascii: " ")))
        let pieceCount = try #require(Int(String(decoding: answer.body[..<space], as: UTF8.self)))
        return (pieceCount, Array(answer.body[(space + 1)...]))
    }

    /// Waits until the condition holds, or for a generous time.
    private func wait(until holds: () -> Bool) {
        let pause = DispatchSemaphore(value: 0)
        for _ in 0..<1_000 * Stage.patienceSeconds where !holds() { _ = pause.wait(timeout: .now() + .milliseconds(1)) }
    }

    /// Sends while the test continues.
    private func send(_ bytes: [UInt8], by client: TestClient) -> DispatchGroup {
        let sending = DispatchGroup()
        DispatchQueue(label: "sending").async(group: sending) { client.send(bytes) }
        return sending
    }

    @Test("Pieces are taken in order, each with what was made of it", arguments: ["/prepared", "/prepared-backwards"])
    func order(path: String) throws {
        let client = try TestServer().client()
        for _ in 0..<2 {
            client.send(post(path, Self.body))
            let (pieceCount, bytes) = try echo(client.response())
            #expect(pieceCount >= 2)
            #expect(bytes == Self.body)
        }
        client.send(get("/next"))
        #expect(try client.response().body == Array("/next".utf8))
    }

    @Test("When pieces are prepared no longer, those that have been read come before what is read")
    func preparedOnce() throws {
        let client = try TestServer().client()
        client.send(post("/prepared-once", Self.body))
        let (pieceCount, bytes) = try echo(client.response())
        #expect(pieceCount >= 1)
        #expect(bytes == Self.body)
    }

    @Test("A body with chunks, and a short one, are taken as they come")
    func unprepared() throws {
        let client = try TestServer().client()
        client.send(post("/prepared", Array("short".utf8)))
        #expect(try client.response().body == Array("0 short".utf8))
        let chunk = Array("1E8480\r\n".utf8) + Self.body + Array("\r\n0\r\n\r\n".utf8)
        client.send(Array("POST /prepared HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n".utf8) + chunk)
        let (pieceCount, bytes) = try echo(client.response())
        #expect(pieceCount == 0)
        #expect(bytes == Self.body)
    }

    @Test("While a piece is prepared no more than a few others are read, and its event loop serves others")
    func held() throws {
        let server = try TestServer { $0.workerCount = 1 }
        let client = try server.client()
        let sending = send(post("/prepared-held", Self.body) + Array(get("/behind").utf8), by: client)
        #expect(server.stage.wait(for: server.stage.begun))
        let other = try server.client()
        let pieceByteCount = PieceBuffer.byteCount + 262_144
        for _ in 0..<100 {
            other.send(get("/other"))
            #expect(try other.response().body == Array("/other".utf8))
            // The rest consists of input too short to be prepared, and three pieces with their prepared forms.
            let consumedByteCount = server.stage.consumedByteCount.withLock(\.self)
            #expect(server.server.bufferedByteCount <= consumedByteCount + 3 * pieceByteCount + 4_096)
        }
        server.stage.release.signal()
        #expect(try echo(client.response()).bytes == Self.body)
        #expect(try client.response().body == Array("/behind".utf8))
        sending.wait()
    }

    @Test("The end of input is seen when the pieces before it have been taken in", arguments: [true, false])
    func endOfInput(isWhole: Bool) throws {
        let server = try TestServer()
        let client = try server.client()
        // The body is short enough to be read completely while the first piece is held.
        let body = Self.body.prefix(400_000)
        client.send(Array(post("/prepared-held", Array(body)).dropLast(isWhole ? 0 : 1)))
        client.endInput()
        #expect(server.stage.wait(for: server.stage.begun))
        server.stage.release.signal()
        if isWhole {
            #expect(try echo(client.response()).bytes == Array(body))
        } else {
            #expect(try client.response().head.status == 400)
        }
        #expect(try client.rest().isEmpty)
    }

    @Test("When the client vanishes, its pieces do, each once it is no longer being prepared")
    func vanish() throws {
        let server = try TestServer()
        let client = try server.client()
        client.send(Array(post("/prepared-held", Array(Self.body.prefix(400_000))).dropLast()))
        #expect(server.stage.wait(for: server.stage.begun))
        client.vanish()
        wait { server.server.connectionCount == 0 }
        #expect(server.server.connectionCount == 0)
        #expect(server.server.bufferedByteCount >= PieceBuffer.byteCount)
        // It has the same slot in the loop's table.
        let next = try server.client()
        next.send(post("/prepared", Self.body))
        server.stage.release.signal()
        #expect(try echo(next.response()).bytes == Self.body)
        wait { server.server.bufferedByteCount == 0 }
        #expect(server.server.bufferedByteCount == 0)
    }

    @Test("Past the limit of what may be held, the body is answered 503, its pieces are thrown away, and others come")
    func overload() throws {
        let client = try TestServer { $0.bufferedByteCountMax = 100_000 }.client()
        client.send(post("/prepared", Self.body))
        #expect(try client.response().head.status == 503)
        client.send(get("/after"))
        #expect(try client.response().body == Array("/after".utf8))
    }

    @Test("Draining waits for a body that is being prepared")
    func drain() throws {
        let server = try TestServer()
        let client = try server.client()
        let sending = send(post("/prepared-held", Self.body), by: client)
        #expect(server.stage.wait(for: server.stage.begun))
        server.server.drain(timeoutSeconds: 20)
        server.stage.release.signal()
        let answer = try client.response()
        #expect(answer.head.contains("Connection: close\r\n"))
        #expect(try echo(answer).bytes == Self.body)
        sending.wait()
        server.server.waitUntilStopped()
    }
}
