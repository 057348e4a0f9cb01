/// A request under way: what its answer depends on, and what there is to tell about it in the end.
struct Exchange: Sendable {
    var isHead = false
    var minorVersion: UInt8 = 1
    /// Whether the request leaves the connection open.
    var isPersistent = false
    /// What it is called, where requests have names.
    var id: RequestID?

    // For the observer.
    var method: Method?
    var trace: TraceContext?
    var bodyByteCount = 0
    var startNanoseconds = 0
    /// Time that the handler took, up to `workStartNanoseconds`.
    var workNanoseconds = 0
    /// Since when the handler has been at work without a break.
    var workStartNanoseconds = 0
    /// Of a produced answer.
    var producer: ObservedProducer?
    var response: ResponseSummary?

    struct ResponseSummary: Sendable {
        var status: Int
        var note: ResponseNote
    }
}

/// Who is told of an event loop's requests, and by which clock.
public struct Observation {
    let observer: any RequestObserver
    let clock: @Sendable () -> Int
    let wantsTrace: Bool

    /// - Parameter clock: Nanoseconds on a clock that never jumps.
    public init(_ observer: any RequestObserver, clock: @escaping @Sendable () -> Int) {
        self.observer = observer
        self.clock = clock
        wantsTrace = observer.wantsTrace
    }
}

/// What a conversation tells the observer, and the time that it takes for that: twice a look at the clock for a request
/// that is answered within one event.
extension ConversationContext {
    /// A request has begun: its head is complete, or has failed.
    mutating func beginExchange(isHead: Bool = false) -> Exchange {
        var exchange = Exchange(isHead: isHead, id: makeID())
        guard let observation else { return exchange }
        observation.observer.began()
        exchange.startNanoseconds = observation.clock()
        exchange.workStartNanoseconds = exchange.startNanoseconds
        return exchange
    }

    func response(to error: ProtocolError, _ exchange: Exchange) -> Response {
        handler.response(to: error, id: exchange.id)
    }

    /// The request waits for more of its body, or for a compute queue.
    func suspendWork(of exchange: inout Exchange) {
        guard let observation else { return }
        exchange.workNanoseconds += observation.clock() - exchange.workStartNanoseconds
    }

    /// - Parameter response: What a compute queue has made meanwhile.
    func resumeWork(of exchange: inout Exchange, behind response: Response? = nil) {
        guard let observation else { return }
        exchange.workStartNanoseconds = observation.clock()
        exchange.workNanoseconds += response?.workNanoseconds ?? 0
    }

    /// Work for a compute queue that notes how long it took.
    func timed(_ work: @escaping @Sendable () -> Response) -> @Sendable () -> Response {
        guard let clock = observation?.clock else { return work }
        return {
            let start = clock()
            var response = work()
            response.workNanoseconds = clock() - start
            return response
        }
    }

    /// The request has its answer.
    func ended(_ exchange: Exchange, _ response: Response) {
        guard let observation else { return }
        var byteCount = 0
        if case .bytes(let bytes) = response.body, !exchange.isHead { byteCount = bytes.count }
        let now = observation.clock()
        let work = exchange.workNanoseconds + now - exchange.workStartNanoseconds
        tell(
            observation, exchange, Exchange.ResponseSummary(status: response.status.code, note: response.note),
            byteCount, endNanoseconds: now, workNanoseconds: work)
    }

    /// The answer is going to be produced piece by piece.
    func streamBegan(_ exchange: inout Exchange, _ response: Response, _ producer: any BodyProducer) {
        guard let observation else { return }
        suspendWork(of: &exchange)
        exchange.response = Exchange.ResponseSummary(status: response.status.code, note: response.note)
        exchange.producer = ObservedProducer(producer, clock: observation.clock)
    }

    func streamEnded(_ exchange: Exchange) {
        guard let observation, let producer = exchange.producer, let response = exchange.response else { return }
        tell(
            observation, exchange, response, producer.byteCount, endNanoseconds: observation.clock(),
            workNanoseconds: exchange.workNanoseconds + producer.workNanoseconds)
    }

    private func tell(
        _ observation: Observation, _ exchange: Exchange, _ response: Exchange.ResponseSummary, _ byteCount: Int,
        endNanoseconds: Int, workNanoseconds: Int
    ) {
        observation.observer.ended(
            EndedRequest(
                method: exchange.method, status: response.status, note: response.note, id: exchange.id,
                trace: exchange.trace, requestBodyByteCount: exchange.bodyByteCount, responseBodyByteCount: byteCount,
                durationNanoseconds: endNanoseconds - exchange.startNanoseconds, workNanoseconds: workNanoseconds,
                connection: connection))
    }
}
