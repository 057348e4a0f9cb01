/// A request in progress: the state that its answer depends on, and the values reported to the observer at its end.
struct Exchange: Sendable {
    var isHead = false
    var minorVersion: UInt8 = 1
    /// Whether the connection stays open after the request.
    var isPersistent = false
    /// Whether the answer's first bytes have been sent before the answer was known.
    var isAnswerBegun = false
    /// The request's ID, if requests have IDs.
    var id: RequestID?

    /// The part of its connection's reservation that is for the handler's objects, in bytes.
    var reservedByteCount = 0
    var bodyByteCount = 0

    // The remaining properties are for the observer.
    var method: Method?
    var startNanoseconds = 0
    /// The time that the handler was busy before `workStartNanoseconds`.
    var workNanoseconds = 0
    /// The time since which the handler has been busy without a break.
    var workStartNanoseconds = 0
    /// Values that few requests have, stored together so that copying the other requests is cheap.
    var details: Details?

    final class Details: Sendable {
        let trace: TraceContext?
        /// The state of a produced answer.
        let stream: Stream?

        init(trace: TraceContext?, stream: Stream? = nil) {
            self.trace = trace
            self.stream = stream
        }
    }

    /// The part of the budget that the request may use once its body has been read.
    var share: ByteBudget.Share { bodyByteCount <= ByteBudget.smallBodyByteCountMax ? .small : .large }

    /// The state of a produced answer, from its start.
    struct Stream: Sendable {
        let status: Int
        let note: ResponseNote
        let producer: ObservedProducer
    }
}

/// The observer of an event loop's requests, and the clock for their times.
///
/// It cannot be copied, so that reading it does not touch a reference count.
public struct Observation: ~Copyable {
    private let observer: any RequestObserver
    private let readClock: @Sendable () -> Int
    private let isTraceWanted: Bool

    /// Creates an observation.
    ///
    /// - Parameter clock: Nanoseconds on a monotonic clock.
    public init(_ observer: any RequestObserver, clock: @escaping @Sendable () -> Int) {
        self.observer = observer
        readClock = clock
        isTraceWanted = observer.wantsTrace
    }

    // These are functions, since a conversation may have no observation: on an optional of this type, the compiler
    // allows only calls.

    func clock() -> @Sendable () -> Int { readClock }
    func now() -> Int { readClock() }
    func wantsTrace() -> Bool { isTraceWanted }
    func began() { observer.began() }
    func ended(_ request: borrowing EndedRequest) { observer.ended(request) }
    func abandoned() { observer.abandoned() }
}

/// Reports a conversation's requests to the observer, and measures the times for that.
///
/// Reading the clock costs as much as all the counting. So a request begins when the loop turned to it: when it woke
/// up, or had answered the previous request. A request that is answered within one event costs a single reading, at its
/// end.
extension ConversationContext {
    /// Begins a request whose head is complete or has failed.
    mutating func beginExchange(isHead: Bool = false) -> Exchange {
        var exchange = Exchange(isHead: isHead, id: makeID())
        observation?.began()
        exchange.startNanoseconds = lastNanoseconds
        exchange.workStartNanoseconds = lastNanoseconds
        return exchange
    }

    /// Begins a request whose head is complete.
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

    /// Suspends the handler's time while the request waits for more of its body, or for a compute queue.
    mutating func suspendWork(of exchange: inout Exchange) {
        guard noteTime() else { return }
        exchange.workNanoseconds += lastNanoseconds - exchange.workStartNanoseconds
    }

    /// Resumes the handler's time.
    ///
    /// - Parameter response: The result of a compute queue, if the request waited for one.
    func resumeWork(of exchange: inout Exchange, behind response: Response? = nil) {
        exchange.workStartNanoseconds = lastNanoseconds
        exchange.workNanoseconds += response?.workNanoseconds ?? 0
    }

    /// Returns work for a compute queue that measures its own time, and does not begin once it is cancelled.
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

    /// Reports that the request has its answer.
    mutating func ended(_ exchange: Exchange, _ response: Response) {
        var byteCount = 0
        if case .bytes(let bytes) = response.body, !exchange.isHead { byteCount = bytes.count }
        ended(exchange, status: response.status, response.note, byteCount: byteCount)
    }

    /// Reports that the request has its answer.
    ///
    /// - Parameter byteCount: The length of the answer's body.
    mutating func ended(_ exchange: Exchange, status: Status, _ note: ResponseNote, byteCount: Int) {
        guard noteTime() else { return }
        let work = exchange.workNanoseconds + lastNanoseconds - exchange.workStartNanoseconds
        tell(exchange, status.code, note, byteCount, workNanoseconds: work)
    }

    /// Begins an answer that is produced piece by piece.
    ///
    /// - Returns: The producer to call for the pieces.
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

    /// Reports a request that started and finished within one event.
    ///
    /// - Parameter number: The number in its ID, if it has one.
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

    /// Reads the observation's clock.
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
