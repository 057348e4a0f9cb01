import Dispatch
import Synchronization
import Testing

@testable import HTTP

/// Holds what it consumes, in memory that doubles.
private final class HoldingConsumer: BodyConsumer {
    private let isWork: Bool
    private(set) var heldByteCount = 0

    init(isWork: Bool) { self.isWork = isWork }

    func heldByteCountMax(taking byteCount: Int, prepared: (any PreparedPiece)?) -> Int { heldByteCount + byteCount }
    func consume(_ bytes: Span<UInt8>) { heldByteCount += bytes.count }

    func finish() -> Completion {
        let response = Response(.ok, body: .bytes([]))
        return isWork
            ? .compute(BoundedWork(heldByteCountMax: 3 * heldByteCount) { _ in response }) : .respond(response)
    }
}

/// Has pieces that are never requested in these tests.
private final class HoldingProducer: BodyProducer {
    let pieceCount: Int

    init(pieceCount: Int) { self.pieceCount = pieceCount }

    var heldByteCount: Int { 1_000 }
    var pieceByteCountMax: Int { 500 }
    func produce(_ piece: Int, into output: inout OutputSpan<UInt8>) -> Bool { true }
}

private struct HoldingHandler: Handler {
    func receive(_ head: borrowing RequestHead) -> Reception {
        if head.path.equals("/body") { return .consume(HoldingConsumer(isWork: false)) }
        if head.path.equals("/work") { return .consume(HoldingConsumer(isWork: true)) }
        let pieceCount = head.path.equals("/long") ? 3 : 2
        return .respond(Response(.ok, body: .stream(HoldingProducer(pieceCount: pieceCount))))
    }

    func response(to error: ProtocolError) -> Response {
        Response(error == .overloaded ? .serviceUnavailable : .badRequest, body: .none)
    }
}

/// Tests that memory is reserved before it is allocated, and that a turn ends.
@Suite final class ReservationTests {
    private final class Time: Sendable { let now = Atomic(0) }

    private let time = Time()
    private let budget = ByteBudget(byteCountMax: 400_000)
    private var context: ConversationContext
    private var conversation: Conversation

    init() {
        context = ConversationContext(
            handler: HoldingHandler(), limits: RequestLimits(), timeouts: ConnectionTimeouts(), budget: budget,
            clock: { [time] in time.now.load(ordering: .relaxed) })
        conversation = Conversation(context)
    }

    private func send(_ text: String) -> (used: Int, step: Conversation.Step) {
        conversation.receive(Array(text.utf8).span, &context)
    }

    private func post(_ path: String, _ byteCount: Int, body: Int) -> String {
        "POST \(path) HTTP/1.1\r\nHost: a\r\nContent-Length: \(byteCount)\r\n\r\n" + String(repeating: "x", count: body)
    }

    private var status: String { String(context.output.text.dropFirst(9).prefix(3)) }

    @Test func `of a body what has arrived is reserved, never what was declared`() {
        _ = send(post("/body", 300_000, body: 1_000))
        #expect(budget.byteCount == 1_000)
        #expect(conversation.heldByteCount == 1_000)
    }

    @Test func `a large body that grows past its share is answered 503, a small one may use the reserve`() {
        var other = Reservation()
        #expect(other.grow(by: 280_000, .large, of: budget) == true)
        _ = send(post("/body", 65_536, body: 60_000))
        #expect((budget.byteCount, status) == (340_000, ""))
        _ = send(String(repeating: "x", count: 5_536))
        #expect(status == "200")
        context.output.removeAll()
        // A body that is declared to be large is rejected before it has been sent.
        _ = send(post("/body", 65_537, body: 1))
        #expect(status == "503")
    }

    @Test func `a body that nobody declared is large once it has grown`() {
        var other = Reservation()
        #expect(other.grow(by: 230_000, .large, of: budget) == true)
        _ = send("POST /body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n10000\r\n")
        _ = send(String(repeating: "x", count: 65_536))
        #expect(status == "")
        _ = send("\r\n8000\r\n" + String(repeating: "x", count: 32_768))
        #expect(status == "503")
        // Its remainder is discarded, and holds no memory.
        #expect(conversation.heldByteCount == 0)
    }

    @Test func `work is reserved with all that it holds, before it begins`() {
        let (_, step) = send(post("/work", 60_000, body: 60_000))
        guard case .compute = step else { return #expect(Bool(false), "\(step)") }
        #expect(budget.byteCount == 180_000)
        #expect(conversation.heldByteCount == 180_000)
    }

    @Test func `work that there is no room for is answered 503`() {
        var other = Reservation()
        #expect(other.grow(by: 230_000, .large, of: budget) == true)
        _ = send(post("/work", 60_000, body: 60_000))
        #expect(status == "503")
        #expect(context.isReservationRefused == true)
    }

    @Test func `a produced answer is refused before it begins, and only a short one may use the reserve`() {
        var other = Reservation()
        #expect(other.grow(by: 299_000, .large, of: budget) == true)
        _ = send("GET /long HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(status == "503")
        context.output.removeAll()
        let (_, step) = send("GET /short HTTP/1.1\r\nHost: a\r\n\r\n")
        guard case .stream = step else { return #expect(Bool(false), "\(step)") }
        #expect(budget.byteCount == 299_000 + 1_000 + 500 + 17)
    }

    @Test func `a partial head counts with the field lines that have been read`() {
        let head = "GET /short HTTP/1.1\r\nHost: a\r\n" + (0..<90).map { "A\($0): b\r\n" }.joined()
        _ = send(head)
        #expect(conversation.heldByteCount >= 90 * MemoryLayout<FieldLine>.stride)
        _ = send(head + "\r\n")
        #expect(conversation.headByteCount == 0)
    }

    @Test func `a client that awaits 100 Continue gets that or an answer, whatever other connections reserve`() {
        let isDone = Atomic(false)
        let others = DispatchGroup()
        DispatchQueue(label: "others").async(group: others) { [budget] in
            while !isDone.load(ordering: .relaxed) {
                budget.set(from: 0, to: 400_000)
                budget.set(from: 400_000, to: 0)
            }
        }
        var silentCount = 0
        for _ in 0..<100_000 {
            conversation = Conversation(context)
            _ = send("POST /body HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n")
            if context.output.isEmpty { silentCount += 1 }
            context.output.removeAll()
        }
        #expect(silentCount == 0)
        isDone.store(true, ordering: .relaxed)
        others.wait()
    }

    @Test func `a connection yields between two requests once its turn is over`() {
        let request = post("/body", 1, body: 1)
        context.turn.begin(atNanoseconds: 0)
        #expect(send(request + request).used == 2 * request.utf8.count)
        time.now.store(TurnBudget.nanoseconds, ordering: .relaxed)
        let (used, step) = send(request + request)
        #expect(used == request.utf8.count)
        guard case .yield = step else { return #expect(Bool(false), "\(step)") }
    }

    @Test func `a body is taken in slices, and the connection yields between two of them`() {
        context.turn.begin(atNanoseconds: 0)
        time.now.store(TurnBudget.nanoseconds, ordering: .relaxed)
        let request = post("/body", 50_000, body: 50_000)
        let body = String(repeating: "x", count: 50_000)
        #expect(send(request).used == request.utf8.count, "A body that is there as a whole is one slice.")
        _ = send(post("/body", 50_000, body: 0))
        let (used, step) = send(body)
        #expect(used == Conversation.bodySliceByteCount)
        guard case .yield = step else { return #expect(Bool(false), "\(step)") }
        context.turn.begin(atNanoseconds: TurnBudget.nanoseconds)
        #expect(send(String(body.dropFirst(used))).used == 50_000 - used)
    }

    @Test func `input that cannot be kept makes its request the last one`() {
        _ = send(post("/work", 4, body: 4))
        _ = conversation.overload(&context, isInputLost: true)
        _ = conversation.respond(with: Response(.ok, body: .none), &context)
        #expect(context.output.text.contains("Connection: close"))
        #expect(status == "200")
    }
}
