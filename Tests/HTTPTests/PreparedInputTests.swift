import Testing

@testable import HTTP

/// Records what it receives, and has it prepared.
private final class NotingConsumer: BodyConsumer {
    var notes: [String] = []
    private let noting = NotingPreparer()

    var heldByteCount: Int { 0 }
    var preparer: (any BodyPreparer)? { noting }

    func consume(_ bytes: Span<UInt8>) { notes.append(String(decoding: Array(copying: bytes), as: UTF8.self)) }

    /// Consumes the digit 1 on its own, so that a piece with one is consumed in two parts.
    func consume(_ bytes: Span<UInt8>, prepared: any PreparedPiece, from start: Int) -> Int {
        let piece = (prepared as? Noted)?.text ?? "none"
        let text = String(decoding: Array(copying: bytes), as: UTF8.self)
        let part = text.hasPrefix("1") ? "1" : text
        notes.append(part + "=" + piece + (start == 0 ? "" : "+\(start)"))
        return part.utf8.count
    }

    func finish() -> Completion { .respond(Response(.ok, body: .bytes(Array(notes.joined(separator: " ").utf8)))) }
}

private final class NotingPreparer: BodyPreparer {
    func heldByteCountMax(pieceByteCount: Int) -> Int { pieceByteCount }

    func prepare(_ bytes: Span<UInt8>) -> any PreparedPiece {
        Noted(String(decoding: Array(copying: bytes), as: UTF8.self).uppercased())
    }
}

private final class Noted: PreparedPiece {
    let text: String

    init(_ text: String) { self.text = text }
}

/// Records the durations of requests that have ended.
private final class WorkTimes: RequestObserver {
    var wantsTrace: Bool { false }
    var workNanoseconds: [Int] = []

    func began() {}
    func ended(_ request: borrowing EndedRequest) { workNanoseconds.append(request.workNanoseconds) }
    func abandoned() {}
}

private struct NotingHandler: Handler {
    func receive(_ head: borrowing RequestHead) -> Reception {
        head.path.equals("/refused") ? .respond(Response(.notFound, body: .none)) : .consume(NotingConsumer())
    }

    func response(to error: ProtocolError) -> Response { Response(.badRequest, body: .none) }
}

@Suite final class PreparedInputTests {
    private let times = WorkTimes()
    private var context: ConversationContext
    private var conversation: Conversation

    init() {
        context = ConversationContext(
            handler: NotingHandler(), limits: RequestLimits(), timeouts: ConnectionTimeouts(),
            observation: Observation(times) { 0 })
        conversation = Conversation(context)
    }

    private func send(_ text: String) {
        let bytes = Array(text.utf8)
        _ = conversation.receive(bytes.span, &context)
    }

    /// Sends text that has been prepared, on its own.
    private func sendPrepared(_ text: String) throws {
        let bytes = Array(text.utf8)
        let (preparer, _) = try #require(conversation.preparation)
        conversation.inputPrepared(
            PreparedInput(preparer.prepare(bytes.span), byteCount: bytes.count, workNanoseconds: 5))
        send(text)
    }

    private func post(_ path: String, _ byteCount: Int) -> String {
        "POST \(path) HTTP/1.1\r\nHost: a\r\nContent-Length: \(byteCount)\r\n\r\n"
    }

    @Test func `the consumer is given each piece with what was made of it, or without`() throws {
        send(post("/", 10) + "ab")
        try sendPrepared("cde")
        send("fg")
        try sendPrepared("hij")
        #expect(context.output.text.hasSuffix("\r\n\r\nab cde=CDE fg hij=HIJ"))
        #expect(times.workNanoseconds == [10])
    }

    @Test func `a consumer may take a piece in parts, and is told where it goes on`() throws {
        send(post("/", 5) + "ab")
        try sendPrepared("1cd")
        #expect(context.output.text.hasSuffix("\r\n\r\nab 1=1CD cd=1CD+1"))
        #expect(times.workNanoseconds == [5])
    }

    @Test func `only a body of a known length that is being consumed has pieces to prepare`() {
        #expect(conversation.preparation == nil)
        send("POST / HTTP/1.1\r\nHost: a\r\nContent-")
        #expect(conversation.preparation == nil)
        send(post("/", 10) + "abcd")
        #expect(conversation.preparation?.byteCount == 6)
        send("efghij")
        #expect(conversation.preparation == nil)
        send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc")
        #expect(conversation.preparation == nil)
        send("\r\n0\r\n\r\n" + post("/refused", 5))
        #expect(conversation.isReadingBody)
        #expect(conversation.preparation == nil)
    }

    @Test func `what was made of other bytes than come next is forgotten`() throws {
        send(post("/", 6))
        let (preparer, _) = try #require(conversation.preparation)
        conversation.inputPrepared(PreparedInput(preparer.prepare("abc".utf8.span), byteCount: 3, workNanoseconds: 5))
        send("ab")
        send("cde")
        send("f")
        #expect(context.output.text.hasSuffix("\r\n\r\nab cde f"))
    }

    @Test func `what has been prepared for a body that was answered early makes no difference`() throws {
        send(post("/", 6))
        let (preparer, _) = try #require(conversation.preparation)
        let prepared = PreparedInput(preparer.prepare("abcdef".utf8.span), byteCount: 6, workNanoseconds: 5)
        _ = conversation.overload(&context)
        #expect(conversation.preparation == nil)
        conversation.inputPrepared(prepared)
        send("abcdef")
        context.output.removeAll()
        conversation.inputPrepared(prepared)
        send(post("/", 6))
        send("ghijkl")
        #expect(context.output.text.hasSuffix("\r\n\r\nghijkl"))
    }
}
