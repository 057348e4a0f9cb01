import Testing

@testable import HTTP

private let get = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n"

/// Returns a request with a body of a declared length.
func post(_ path: String, _ body: String, fields: String = "") -> String {
    "POST \(path) HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.utf8.count)\r\n\(fields)\r\n\(body)"
}

/// Returns a request with a chunked body.
private func chunked(_ path: String, _ chunks: String, fields: String = "") -> String {
    "POST \(path) HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\(fields)\r\n\(chunks)"
}

@Suite struct ConversationTests {
    /// What a peer has received in the end.
    private struct Result: Equatable {
        let received: String
        let isShutDown: Bool
        let isClosed: Bool
    }

    private static func run(_ pieces: [ArraySlice<UInt8>], endsInput: Bool) -> Result {
        let peer = TestPeer()
        for piece in pieces { peer.send(piece) }
        if endsInput { peer.endInput() }
        return Result(received: peer.received, isShutDown: peer.isShutDown, isClosed: peer.isClosed)
    }

    @Test(
        "Requests are answered in order, and the connection goes on or ends, however the bytes are cut",
        arguments: [
            (get, [200], false), (get + get, [200, 200], false), ("\r\n" + get + "\r\n" + get, [200, 200], false),
            (post("/echo", "hello") + get, [200, 200], false),
            (chunked("/echo", "3\r\nabc\r\n0\r\nX: y\r\n\r\n") + get, [200, 200], false),
            (post("/quick", "hello") + post("/quick", "a") + post("/quick", "-b") + get, [200, 200, 200, 200], false),
            (post("/quick", "") + chunked("/quick", "1\r\na\r\n0\r\n\r\n") + get, [200, 200, 200], false),
            (post("/quick", "hello", fields: "Connection: close\r\n") + get, [200], true),
            (post("/work", "hello") + get, [200, 200], false), (post("/echo", "") + get, [200, 200], false),
            ("POST /echo HTTP/1.1\r\nHost: a\r\n\r\n" + get, [200, 200], false),
            ("GET /compute HTTP/1.1\r\nHost: a\r\n\r\n" + get, [200, 200], false),
            (post("/compute", "skipped") + get, [200, 200], false),
            ("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n" + get, [200, 200], false),
            (post("/stream", "skipped") + get, [200, 200], false),
            (post("/missing", "GET /b HTTP/1.1\r\nHost: a\r\n\r\n") + get, [404, 200], false),
            (chunked("/missing", "3\r\nabc\r\n0\r\n\r\n") + get, [404, 200], false),
            ("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n" + get, [200, 200], false),
            ("HEAD /stream HTTP/1.1\r\nHost: a\r\n\r\n" + get, [200, 200], false),
            ("FROB /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc" + get, [501, 200], false),
            ("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" + get, [200], true),
            ("GET /a HTTP/1.0\r\n\r\n" + get, [200], true),
            ("GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" + get, [200], true),
            ("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" + get, [200, 200], false),
            (get + "BROKEN\r\n\r\n" + get, [200, 400], true),
            (chunked("/echo", "3\r\nabcd\r\n") + get, [400], true),
            (chunked("/missing", "3\r\nabcd\r\n") + get, [404], true),
            (post("/missing", "abc", fields: "Connection: close\r\n") + get, [404], true),
            ("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n" + get, [413], true),
            ("GET / HTTP/2.0\r\n\r\n" + get, [505], true),
            (
                "GET /a HTTP/1.1\r\nHost: a\r\nUpgrade: h2c, websocket\r\nConnection: upgrade\r\n\r\n" + get,
                [200, 200], false
            ),
            (post("/echo", "abc", fields: "Upgrade: h2c\r\nConnection: upgrade\r\n") + get, [200, 200], false),
            ("CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n" + get, [200, 200], false),
            ("GET http://b/a HTTP/1.1\r\nHost: a\r\n\r\n" + get, [200, 200], false),
            ("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: a, chunked\r\n\r\n", [501], true),
        ] as [(String, [Int], Bool)])
    func answers(input: String, statuses: [Int], ends: Bool) {
        let bytes = input.latin1
        let whole = Self.run([bytes[...]], endsInput: false)
        let peer = TestPeer()
        peer.send(input)
        #expect(peer.statuses == statuses)
        #expect(whole.isShutDown == ends)
        for pieces in splits(of: bytes) { #expect(Self.run(pieces, endsInput: false) == whole) }
        if !ends {
            let closed = Self.run([bytes[...]], endsInput: true)
            #expect(closed.isClosed)
            #expect(closed.received == whole.received)
        }
    }

    @Test("The answer holds what was sent, and nothing of the next request")
    func echo() {
        let peer = TestPeer()
        peer.send(chunked("/echo", "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n") + get)
        #expect(peer.received.contains("Content-Length: 5\r\n\r\nabcdeHTTP/1.1 200 OK\r\n"))
        #expect(peer.received.hasSuffix("\r\n\r\nget /a"))
    }

    @Test("A stream is sent in chunks, to HTTP/1.0 plainly")
    func stream() {
        let peer = TestPeer()
        peer.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(peer.received.hasSuffix("Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n"))
        let old = TestPeer()
        old.send("GET /stream HTTP/1.0\r\n\r\n")
        #expect(old.received.hasSuffix("Connection: close\r\n\r\nabcde"))
        #expect(!old.received.contains("Transfer-Encoding"))
    }

    @Test("A stream that fails resets the connection")
    func failedStream() {
        let peer = TestPeer()
        peer.send("GET /fail HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(peer.isAborted)
        #expect(!peer.received.contains("0\r\n\r\n"))
    }

    @Test("100 Continue is sent when a body is wanted and none of it has come")
    func continues() {
        let expect = "Expect: 100-continue\r\n"
        let peer = TestPeer()
        peer.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\(expect)\r\n")
        #expect(peer.statuses == [100])
        peer.send("abc")
        #expect(peer.statuses == [100, 200])
        peer.send(post("/echo", "abc", fields: expect))
        #expect(peer.statuses == [100, 200, 200])
        peer.send("GET /a HTTP/1.1\r\nHost: a\r\n\(expect)\r\n")
        #expect(peer.statuses == [100, 200, 200, 200])
        peer.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\(expect)\r\n")
        #expect(peer.statuses == [100, 200, 200, 200, 100])
        peer.send("0\r\n\r\n")
        peer.send("POST /echo HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 3\r\n\(expect)\r\n")
        #expect(peer.statuses == [100, 200, 200, 200, 100, 200])
    }

    @Test(
        "100 Continue is not sent where the answer is known already", arguments: ["echo", "compute", "stream"], [3, 10])
    func doesNotContinue(path: String, byteCount: Int) {
        var limits = RequestLimits()
        limits.bodyByteCountMax = 4
        let peer = TestPeer(limits: limits)
        if byteCount <= limits.bodyByteCountMax { peer.setOverloaded(true) }
        peer.send("POST /\(path) HTTP/1.1\r\nHost: a\r\nContent-Length: \(byteCount)\r\nExpect: 100-continue\r\n\r\n")
        #expect(peer.statuses == [byteCount > limits.bodyByteCountMax ? (path == "stream" ? 200 : 413) : 503])
        #expect(peer.isShutDown)
        #expect(peer.received.contains("Connection: close\r\n"))
    }

    @Test("An early answer to an expectation ends the connection, since the body may come or not")
    func earlyAnswerToExpectation() {
        let peer = TestPeer()
        peer.send("POST /missing HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
        #expect(peer.statuses == [404])
        #expect(peer.isShutDown)
        #expect(peer.received.contains("Connection: close\r\n"))
    }

    @Test(
        "Input that ends inside a message is answered 400, between messages silently",
        arguments: ["GET /a HT", get + "G"])
    func endInsideHead(input: String) {
        let peer = TestPeer()
        peer.send(input)
        let before = peer.statuses
        peer.endInput()
        #expect(peer.statuses == before + [400])
        #expect(peer.isClosed)
    }

    @Test("Input that ends inside a body is answered 400, unless it has its answer")
    func endInsideBody() {
        let peer = TestPeer()
        peer.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nab")
        peer.endInput()
        #expect(peer.statuses == [400])
        let early = TestPeer()
        early.send("POST /missing HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nab")
        early.endInput()
        #expect(early.statuses == [404])
        #expect(early.isClosed)
    }

    @Test("After the last answer all that the client still sends is thrown away, until it ends")
    func lingering() {
        let peer = TestPeer()
        peer.send("BROKEN\r\n\r\n")
        #expect(peer.isShutDown)
        let piece = [UInt8](repeating: 0x61, count: 262_144)
        for _ in 0..<64 { peer.send(piece[...]) }
        #expect(!peer.isClosed)
        #expect(peer.statuses == [400])
        peer.endInput()
        #expect(peer.isClosed)
    }

    @Test(
        "A large answer that does not need the body waits until the client has sent it",
        arguments: ["/big", "/stream"], ["", "Connection: close\r\n"])
    func largeEarlyAnswer(path: String, fields: String) {
        let peer = TestPeer()
        peer.send("POST \(path) HTTP/1.1\r\nHost: a\r\n\(fields)Content-Length: 3\r\n\r\nab")
        #expect(peer.received.isEmpty)
        peer.send("c")
        #expect(peer.statuses == [200])
        #expect(peer.isShutDown == !fields.isEmpty)
    }

    @Test(
        "A client that waits for 100 Continue gets a large answer without sending its body",
        arguments: ["/big", "/stream"])
    func largeAnswerInsteadOfContinue(path: String) {
        let peer = TestPeer()
        peer.send("POST \(path) HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
        #expect(peer.statuses == [200])
        #expect(peer.received.contains("Connection: close\r\n"))
        #expect(peer.isShutDown)
    }

    @Test("A client that does not read is not read from, and loses nothing")
    func backPressure() {
        let peer = TestPeer()
        peer.takesOutput = false
        for _ in 0..<100 { peer.send(get) }
        #expect(!peer.conversation.takesInput)
        #expect(peer.received.isEmpty)
        peer.takeOutput()
        #expect(peer.statuses.count == 100)
    }

    @Test("Pipelined requests are answered in bounded batches, a large body in between")
    func largeBodies() {
        let peer = TestPeer()
        peer.send(String(repeating: get, count: 2_000) + "GET /big HTTP/1.1\r\nHost: a\r\n\r\n" + get)
        #expect(peer.statuses.count == 2_002)
        #expect(peer.received.hasSuffix("get /a"))
    }

    @Test("While an answer is computed, what follows waits")
    func computing() {
        let peer = TestPeer()
        peer.worksAtOnce = false
        peer.send("GET /compute HTTP/1.1\r\nHost: a\r\n\r\n" + get)
        #expect(peer.statuses == [])
        #expect(!peer.conversation.takesInput)
        peer.finishWork()
        #expect(peer.statuses == [200, 200])
    }

    @Test("Overload is answered 503 and the connection goes on")
    func overload() {
        let peer = TestPeer()
        peer.send("POST /held HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na")
        #expect(peer.conversation.heldByteCount == 1_000)
        peer.setOverloaded(true)
        #expect(peer.conversation.heldByteCount == 0)
        #expect(peer.statuses == [503])
        peer.send("bc" + "GET /compute HTTP/1.1\r\nHost: a\r\n\r\n")
        peer.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\nPOST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na")
        #expect(peer.statuses == [503, 503, 503, 503])
        peer.setOverloaded(false)
        peer.send("bc" + get)
        #expect(peer.statuses == [503, 503, 503, 503, 200])
        #expect(!peer.isShutDown)
    }

    @Test("An error keeps to the limits of the body it interrupts")
    func bodyLimit() {
        var limits = RequestLimits()
        limits.bodyByteCountMax = 4
        let peer = TestPeer(limits: limits)
        peer.send(chunked("/echo", "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"))
        #expect(peer.statuses == [413])
        #expect(peer.isShutDown)
    }

    @Test("An idle connection holds no memory beyond itself, which is small")
    func size() {
        #expect(MemoryLayout<Conversation>.size <= 24)
    }
}
