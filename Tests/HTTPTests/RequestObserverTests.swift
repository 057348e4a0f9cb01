import Synchronization
import Testing

@testable import HTTP

/// Answers by path: at once, by a compute queue, in pieces, or from the body.
private struct PathHandler: Handler {
    func receive(_ head: borrowing RequestHead) -> Reception {
        switch String(decoding: Array(copying: head.path), as: UTF8.self) {
        case "/compute": .compute(BoundedWork { _ in Response(.ok, body: .bytes([1, 2, 3])) })
        case "/stream": .respond(Response(.ok, body: .stream(FiveBytes())))
        case "/body", "/quick": .consume(Swallow())
        default: .respond(Response(.notFound, body: .bytes([1])))
        }
    }

    func quickWay(for head: borrowing RequestHead) -> QuickWay? {
        head.path.equals("/quick") ? QuickWay(number: 6) : nil
    }

    func answer(_ body: Span<UInt8>, by way: Int, into output: inout ByteBuffer) -> ResponseNote? {
        guard body[0] != UInt8(ascii: "-") else { return nil }
        output.append(Array("quick".utf8))
        return ResponseNote(route: 3, work: UInt16(way), elementCount: 5)
    }

    func response(to error: ProtocolError) -> Response { Response(.badRequest, body: .bytes([9, 9])) }

    func response(to error: ProtocolError, id: RequestID?) -> Response {
        Response(.badRequest, body: .bytes(Array("\(id.map { "\($0)" } ?? "-")".utf8)))
    }
}

private final class Swallow: BodyConsumer {
    var heldByteCount: Int { 0 }
    func consume(_ bytes: Span<UInt8>) {}
    func finish() -> Completion {
        var response = Response(.ok, body: .bytes([7]))
        response.note = ResponseNote(route: 3, work: 4, elementCount: 5)
        return .respond(response)
    }
}

private final class FiveBytes: BodyProducer {
    var heldByteCount: Int { 0 }
    var pieceCount: Int { 1 }
    var pieceByteCountMax: Int { 5 }
    func produce(_ piece: Int, into output: inout OutputSpan<UInt8>) -> Bool {
        for byte in UInt8(0)..<5 { output.append(byte) }
        return true
    }
}

/// Records what is reported to it.
private final class Recorder: RequestObserver {
    var beganCount = 0
    var abandonedCount = 0
    var lines: [String] = []
    var times: [[Int]] = []
    var wantsTrace: Bool { true }

    func began() { beganCount += 1 }
    func abandoned() { abandonedCount += 1 }

    func ended(_ request: borrowing EndedRequest) {
        let name = request.id.map { "\($0)" } ?? "-"
        lines.append(
            "\(request.method?.rawValue ?? "?") \(request.status) in \(request.requestBodyByteCount) "
                + "out \(request.responseBodyByteCount) work \(request.note.work ?? 0) \(request.note.elementCount) "
                + "id \(name) trace \(request.trace?.parentID ?? "-")")
        times.append([request.durationNanoseconds, request.workNanoseconds])
    }
}

@Suite struct RequestObserverTests {
    private let recorder = Recorder()

    /// A connection whose clock advances by one nanosecond at each reading.
    private final class Peer {
        var context: ConversationContext
        var conversation: Conversation

        private let time = Ticks()

        init(_ recorder: Recorder) {
            let time = time
            context = ConversationContext(
                handler: PathHandler(), limits: RequestLimits(), timeouts: ConnectionTimeouts(), requestIDPrefix: 0xF,
                observation: Observation(recorder, clock: { time.next() }))
            conversation = Conversation(context)
        }

        final class Ticks: Sendable {
            private let count = Atomic(0)
            func next() -> Int { count.wrappingAdd(1, ordering: .relaxed).newValue }
        }

        /// Sends a whole request and follows the steps of its answer.
        func send(_ text: String) {
            let bytes = Array(text.utf8)
            context.setTime(monotonicMilliseconds: 0, unixSeconds: 0, observationNanoseconds: time.next())
            switch conversation.receive(bytes.span, &context).step {
            case .compute(_, let work):
                _ = conversation.respond(with: work(), &context)
            case .stream(let producer, _):
                _ = [UInt8](capacity: producer.pieceByteCountMax) { _ = producer.produce(0, into: &$0) }
                _ = conversation.streamEnded(succeeded: true, &context)
            case .read, .yield, .flush, .shutDown, .close, .abort:
                break
            }
        }

        var output: String { context.output.text }
    }

    private static let cases = [
        ("GET /x HTTP/1.1\r\nHost: a\r\n\r\n", "GET 404 in 0 out 1 work 0 0 id 000000000000000f-1 trace -"),
        ("HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n", "HEAD 404 in 0 out 0 work 0 0 id 000000000000000f-1 trace -"),
        (
            "POST /body HTTP/1.1\r\nHost: a\r\nX-Request-Id: me\r\nContent-Length: 4\r\n\r\n1234",
            "POST 200 in 4 out 1 work 4 5 id me trace -"
        ),
        (
            "POST /body HTTP/1.1\r\nHost: a\r\nX-Request-Id: not me\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3\r\nabc\r\n0\r\n\r\n", "POST 200 in 3 out 1 work 4 5 id 000000000000000f-1 trace -"
        ),
        (
            "GET /compute HTTP/1.1\r\nHost: a\r\n"
                + "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n\r\n",
            "GET 200 in 0 out 3 work 0 0 id 000000000000000f-1 trace b7ad6b7169203331"
        ),
        ("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n", "GET 200 in 0 out 5 work 0 0 id 000000000000000f-1 trace -"),
        ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", "? 400 in 0 out 18 work 0 0 id 000000000000000f-1 trace -"),
        (
            "BREW / HTTP/1.1\r\nHost: a\r\nX-Request-Id: me\r\n\r\n",
            "? 400 in 0 out 2 work 0 0 id me trace -"
        ),
    ]

    @Test(arguments: cases)
    func eachRequestBeginsOnceAndEndsOnceAndItsNameIsInTheAnswer(request: String, line: String) {
        let peer = Peer(recorder)
        peer.send(request)
        #expect(recorder.lines == [line])
        #expect(recorder.beganCount == 1)
        #expect(recorder.abandonedCount == 0)
        #expect(peer.output.contains("\r\nX-Request-Id: \(line.contains("id me") ? "me" : "000000000000000f-1")\r\n"))
    }

    @Test func aRequestWithTheSameHeadIsToldLikeTheFirst() {
        let peer = Peer(recorder)
        let head = "POST /quick HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n"
        for body in ["abc", "def", "-hi", "jkl"] { peer.send(head + body) }
        #expect(
            recorder.lines
                == (1...4).map {
                    "POST 200 in 3 out \($0 == 3 ? 1 : 5) work \($0 == 3 ? 4 : 6) 5 id 000000000000000f-\($0) trace -"
                })
        #expect(recorder.beganCount == 4)
        #expect(recorder.times.allSatisfy { $0[0] > 0 && $0[1] == $0[0] })
    }

    @Test func timeAtWorkLeavesOutTheWaitForTheBody() {
        let peer = Peer(recorder)
        // Each event begins and ends with a reading of the clock: 1 to 2, 3 to 4 and 5 to 6.
        peer.send("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n")
        peer.send("12")
        peer.send("34")
        #expect(recorder.lines == ["POST 200 in 4 out 1 work 4 5 id 000000000000000f-1 trace -"])
        #expect(recorder.times == [[5, 3]])
    }

    @Test(arguments: [
        "POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n12", "GET /compute HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /stream HTTP/1.1\r\nHost: a\r\n\r\n",
    ])
    func aRequestWhoseConnectionIsLostIsAbandonedOnce(request: String) {
        let peer = Peer(recorder)
        let bytes = Array(request.utf8)
        _ = peer.conversation.receive(bytes.span, &peer.context)
        peer.conversation.connectionLost(peer.context)
        #expect(recorder.beganCount == 1 && recorder.abandonedCount == 1 && recorder.lines.isEmpty)
    }

    @Test func aStreamThatFailsIsAbandonedOnce() {
        let peer = Peer(recorder)
        let bytes = Array("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        _ = peer.conversation.receive(bytes.span, &peer.context)
        _ = peer.conversation.streamEnded(succeeded: false, &peer.context)
        peer.conversation.connectionLost(peer.context)
        #expect(recorder.beganCount == 1 && recorder.abandonedCount == 1 && recorder.lines.isEmpty)
    }

    @Test func withoutAConnectionUnderWayNothingIsAbandoned() {
        let peer = Peer(recorder)
        peer.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n")
        peer.conversation.connectionLost(peer.context)
        #expect(recorder.abandonedCount == 0)
    }
}
