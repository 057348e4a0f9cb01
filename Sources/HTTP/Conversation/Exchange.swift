/// A request under way: what its answer depends on, and what there is to tell about it in the end.
struct Exchange: Sendable {
    var isHead = false
    var minorVersion: UInt8 = 1
    /// Whether the request leaves the connection open.
    var isPersistent = false
    /// Whether the answer's first bytes have been sent before it was known.
    var isAnswerBegun = false
    /// What it is called, where requests have names.
    var id: RequestID?

    /// What of its connection's reservation is for the handler's objects, in bytes.
    var reservedByteCount = 0
    var bodyByteCount = 0

    // For the observer.
    var method: Method?
    var startNanoseconds = 0
    /// Time that the handler took, up to `workStartNanoseconds`.
    var workNanoseconds = 0
    /// Since when the handler has been at work without a break.
    var workStartNanoseconds = 0
    /// What only few requests have, in one place so that copying the others is cheap.
    var details: Details?

    final class Details: Sendable {
        let trace: TraceContext?
        /// Of a produced answer.
        let stream: Stream?

        init(trace: TraceContext?, stream: Stream? = nil) {
            self.trace = trace
            self.stream = stream
        }
    }

    /// Which part of the budget it may use once its body has been read.
    var share: ByteBudget.Share { bodyByteCount <= ByteBudget.smallBodyByteCountMax ? .small : .large }

    /// An answer that is produced, from when it begins.
    struct Stream: Sendable {
        let status: Int
        let note: ResponseNote
        let producer: ObservedProducer
    }
}

/// Who is told of an event loop's requests, and by which clock.
///
/// Not to be copied, so that to look at it counts no reference.
public struct Observation: ~Copyable {
    private let observer: any RequestObserver
    private let readClock: @Sendable () -> Int
    private let isTraceWanted: Bool

    /// - Parameter clock: Nanoseconds on a clock that never jumps.
    public init(_ observer: any RequestObserver, clock: @escaping @Sendable () -> Int) {
        self.observer = observer
        readClock = clock
        isTraceWanted = observer.wantsTrace
    }

    // Functions, since a conversation may have no observation: of an optional, the compiler lets these be called only.

    func clock() -> @Sendable () -> Int { readClock }
    func now() -> Int { readClock() }
    func wantsTrace() -> Bool { isTraceWanted }
    func began() { observer.began() }
    func ended(_ request: borrowing EndedRequest) { observer.ended(request) }
    func abandoned() { observer.abandoned() }
}

/// What a conversation tells the observer, and the times that it takes for that.
///
/// A look at the clock costs as much as all the counting. So a request begins when the loop turned to it: when it woke
/// up, or had answered the one before; and one that is answered within an event costs a single look, at its end.
extension ConversationContext {
    /// A request has begun: its head is complete, or has failed.
    mutating func beginExchange(isHead: Bool = false) -> Exchange {
        var exchange = Exchange(isHead: isHead, id: makeID())
        observation?.began()
        exchange.startNanoseconds = lastNanoseconds
        exchange.workStartNanoseconds = lastNanoseconds
        return exchange
    }

    /// A request has begun whose head is complete.
    mutating func beginExchange(_ head: ParsedHead) -> Exchange {
        var exchange = beginExchange(isHead: head.method == .head)
        exchange.minorVersion = UInt8(head.minorVersion)
        exchange.isPersistent = head.isPersistent
        exchange.method = head.method
        return exchange
    }

    func response(to error: ProtocolError, _ exchange: Exchange) -> Response {
        handler.response(to: error, id: exchange.id)
    }

    /// The request waits for more of its body, or for a compute queue.
    mutating func suspendWork(of exchange: inout Exchange) {
        guard noteTime() else { return }
        exchange.workNanoseconds += lastNanoseconds - exchange.workStartNanoseconds
    }

    /// - Parameter response: What a compute queue has made meanwhile.
    func resumeWork(of exchange: inout Exchange, behind response: Response? = nil) {
        exchange.workStartNanoseconds = lastNanoseconds
        exchange.workNanoseconds += response?.workNanoseconds ?? 0
    }

    /// Work for a compute queue that notes how long it took, and is not begun once it is cancelled.
    func timed(_ work: BoundedWork, _ cancellation: Cancellation) -> @Sendable () -> Response {
        let clock = observation?.clock()
        return {
            if cancellation.isCancelled { return .cancelled }
            let start = clock?() ?? 0
            var response = work(cancellation)
            if let clock { response.workNanoseconds = clock() - start }
            return response
        }
    }

    /// The request has its answer.
    mutating func ended(_ exchange: Exchange, _ response: Response) {
        var byteCount = 0
        if case .bytes(let bytes) = response.body, !exchange.isHead { byteCount = bytes.count }
        ended(exchange, status: response.status, response.note, byteCount: byteCount)
    }

    /// - Parameter byteCount: Of the answer's body.
    mutating func ended(_ exchange: Exchange, status: Status, _ note: ResponseNote, byteCount: Int) {
        guard noteTime() else { return }
        let work = exchange.workNanoseconds + lastNanoseconds - exchange.workStartNanoseconds
        tell(exchange, status.code, note, byteCount, workNanoseconds: work)
    }

    /// The answer is going to be produced piece by piece.
    ///
    /// - Returns: The producer to ask for the pieces.
    mutating func streamBegan(
        _ exchange: inout Exchange, _ response: Response, _ producer: any BodyProducer
    ) -> any BodyProducer {
        guard let clock = observation?.clock() else { return producer }
        suspendWork(of: &exchange)
        let observed = ObservedProducer(producer, clock: clock)
        exchange.details = Exchange.Details(
            trace: exchange.details?.trace,
            stream: Exchange.Stream(status: response.status.code, note: response.note, producer: observed))
        return observed
    }

    mutating func streamEnded(_ exchange: Exchange) {
        guard let stream = exchange.details?.stream, noteTime() else { return }
        tell(
            exchange, stream.status, stream.note, stream.producer.byteCount,
            workNanoseconds: exchange.workNanoseconds + stream.producer.workNanoseconds)
    }

    /// Tells of a request that begins and has its answer within one event.
    ///
    /// - Parameter number: The one in its name, if it has one.
    mutating func tellAtOnce(
        _ head: ParsedHead, _ number: UInt64?, _ note: ResponseNote, requestBodyByteCount: Int,
        responseBodyByteCount: Int
    ) {
        let start = lastNanoseconds
        guard noteTime() else { return }
        observation?.began()
        observation?.ended(
            EndedRequest(
                method: head.method, status: Status.ok.code, note: note,
                id: observation?.wantsTrace() == true ? name(number) : nil, trace: nil,
                requestBodyByteCount: requestBodyByteCount, responseBodyByteCount: responseBodyByteCount,
                durationNanoseconds: lastNanoseconds - start, workNanoseconds: lastNanoseconds - start,
                connection: connection))
    }

    /// Looks at the observation's clock.
    ///
    /// - Returns: Whether there is an observation.
    private mutating func noteTime() -> Bool {
        guard let now = observation?.now() else { return false }
        lastNanoseconds = now
        return true
    }

    private func tell(
        _ exchange: Exchange, _ status: Int, _ note: ResponseNote, _ byteCount: Int, workNanoseconds: Int
    ) {
        observation?.ended(
            EndedRequest(
                method: exchange.method, status: status, note: note,
                id: observation?.wantsTrace() == true ? exchange.id : nil,
                trace: exchange.details?.trace, requestBodyByteCount: exchange.bodyByteCount,
                responseBodyByteCount: byteCount,
                durationNanoseconds: lastNanoseconds - exchange.startNanoseconds, workNanoseconds: workNanoseconds,
                connection: connection))
    }
}
