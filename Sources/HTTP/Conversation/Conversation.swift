/// Implements the protocol of one connection: interprets the bytes that arrive and produces the bytes that answer them.
///
/// It is a state machine without I/O and without a clock. Each mutating function is one event; it appends what is to be
/// sent to the context's output and returns the ``Step`` that the caller takes next. Between requests it holds no
/// memory beyond itself.
public struct Conversation {
    /// What the caller does once it has sent the output, or begun to.
    public enum Step {
        /// Pass more input when there is some: first what is left unused, then what the peer sends.
        case read
        /// The connection's turn is over: pass what is left unused after all other connections have had their turn.
        case yield
        /// Call ``Conversation/outputFlushed(_:)`` when all output has been sent, and read nothing before that.
        case flush
        /// Run the work on a compute queue and pass its result to ``Conversation/respond(with:_:)``.
        ///
        /// Once ``Conversation/connectionLost(_:)`` has been called, the work ends soon, or does not begin. The caller
        /// marks it as ended in the cancellation.
        case compute(Cancellation, @Sendable () -> Response)
        /// Send the producer's pieces, then call ``Conversation/streamEnded(succeeded:_:)``.
        case stream(any BodyProducer, StreamFraming)
        /// Shut down sending, and continue reading.
        case shutDown
        /// Close the connection.
        case close
        /// Reset the connection, so that the peer does not treat a truncated answer as complete.
        case abort
    }

    enum State {
        /// The connection is between requests.
        case idle
        /// A head has begun.
        case head(HeadInProgress)
        /// A body has begun.
        case body(BodyInProgress)
        /// A compute queue is computing the answer.
        indirect case computing(Exchange, Cancellation)
        /// A producer's pieces are being sent.
        indirect case streaming(Exchange)
        /// A large answer is being sent; the connection continues after it.
        case flushing
        /// The last answer is being sent.
        case ending
        /// Sending has been shut down, and what the peer still sends is discarded (RFC 9112 §9.6).
        ///
        /// If the connection were closed at once, unread input would make the kernel reset it, and the peer could lose
        /// the answer.
        case lingering(endMilliseconds: Int)
        case closed
    }

    private(set) var state = State.idle
    private var hasInputEnded = false
    /// Whether output is waiting for the peer to receive it.
    public private(set) var isOutputBlocked = false

    /// The time at which ``deadlinePassed(_:)`` is due, on the context's clock; `Int.max` if there is no deadline.
    public private(set) var deadlineMilliseconds: Int

    public init(_ context: borrowing ConversationContext) {
        deadlineMilliseconds = context.nowMilliseconds + context.idleMilliseconds
    }

    /// A conversation that has ended.
    public static var closed: Conversation { Conversation() }

    private init() {
        state = .closed
        deadlineMilliseconds = Int.max
    }

    /// Whether input would be used now; if not, leave it in the socket.
    public var takesInput: Bool {
        guard !isOutputBlocked else { return false }
        switch state {
        case .idle, .head, .body, .lingering: return true
        case .computing, .streaming, .flushing, .ending, .closed: return false
        }
    }

    /// Whether a body is being read, so that large reads are worthwhile.
    public var isReadingBody: Bool {
        if case .body = state { return true }
        return false
    }

    /// The preparer for the input that comes next and the number of bytes that the body still has, or nil if the input
    /// is to be passed as it arrives.
    public var preparation: (preparer: any BodyPreparer, byteCount: Int)? {
        guard case .body(let body) = state, case .length(let byteCount) = body.decoder,
            case .consumer(let consumer) = body.sink, let preparer = consumer.preparer
        else { return nil }
        return (preparer, byteCount)
    }

    /// Whether the connection is between requests, so that closing it loses nothing.
    public var isIdle: Bool {
        if case .idle = state { return !isOutputBlocked }
        return false
    }

    /// Whether all further input from the peer is discarded.
    public var discardsInput: Bool {
        switch state {
        case .ending, .lingering, .closed: return true
        case .idle, .head, .body, .computing, .streaming, .flushing: return false
        }
    }

    /// The memory that an incomplete head holds in addition to its bytes, in bytes.
    public var headByteCount: Int {
        if case .head(let progress) = state { return progress.parser.heldByteCount }
        return 0
    }

    /// The memory that the parser and the handler's objects hold for this connection, in bytes.
    ///
    /// For a stream it is what has been reserved for its first piece.
    public var heldByteCount: Int {
        switch state {
        case .head: return headByteCount
        case .body(let body):
            if case .consumer(let consumer) = body.sink { return consumer.heldByteCount }
            return 0
        case .computing(let exchange, _), .streaming(let exchange): return exchange.reservedByteCount
        case .idle, .flushing, .ending, .lingering, .closed: return 0
        }
    }

    /// Prepares for the connection's reservation to be settled at ``heldByteCount``.
    public func reservationSettled() {
        if case .body(let body) = state, case .consumer(let consumer) = body.sink {
            body.exchange.reservedByteCount = consumer.heldByteCount
        }
    }

    /// The part of the budget that buffered input may use.
    ///
    /// It excludes the reserve unless the input is the body of a small request: otherwise clients that pipeline
    /// requests, or send heads without an end, would use up the reserve.
    public var inputShare: ByteBudget.Share {
        if case .body(let body) = state { return body.share(taking: 0) }
        return .large
    }

    /// Returns for how long output has been waiting for the peer to receive it, or nil if none is waiting.
    public func blockedMilliseconds(_ context: borrowing ConversationContext) -> Int? {
        isOutputBlocked ? context.nowMilliseconds - (deadlineMilliseconds - context.timeouts.writeMilliseconds) : nil
    }

    // MARK: Events: input

    /// Processes bytes from the peer.
    ///
    /// - Parameter input: What was left unused before, followed by what has arrived since.
    /// - Returns: The number of bytes used up, and what to do next. The rest is to be passed again.
    public mutating func receive(_ input: Span<UInt8>, _ context: inout ConversationContext) -> (used: Int, step: Step)
    {
        var offset = 0
        // The most common case is a single request with the same head as the previous one.
        if case .idle = state, let byteCount = context.answerAgain(input) {
            if let step = proceed(isPersistent: true, context) { return (byteCount, step) }
            if byteCount == input.count { return (byteCount, .read) }
            offset = byteCount
        }
        while true {
            let step: Step?
            switch state {
            case .idle, .head:
                if offset == input.count { return (offset, .read) }
                if offset > 0, context.isTurnOverBehindAnswer() { return (offset, .yield) }
                if context.output.count >= ConversationContext.outputByteCountMax { return (offset, .flush) }
                step = receiveHead(input, &offset, &context)
            case .body(let body):
                step = receiveBody(body, input, &offset, &context)
            case .lingering:
                inputDiscarded(context)
                return (input.count, .read)
            case .computing, .streaming, .flushing, .ending, .closed:
                return (offset, .read)
            }
            if let step { return (offset, step) }
        }
    }

    /// Notes that the input that comes next, part of a body, has been prepared.
    ///
    /// It has no effect if that body is no longer being received.
    public func inputPrepared(_ prepared: PreparedInput) {
        if case .body(let body) = state { body.prepare(prepared) }
    }

    /// Notes that input of a lingering connection has been discarded.
    public mutating func inputDiscarded(_ context: borrowing ConversationContext) {
        guard case .lingering(let endMilliseconds) = state else { return }
        deadlineMilliseconds = min(
            context.nowMilliseconds + ConnectionTimeouts.lingerPauseMilliseconds, endMilliseconds)
    }

    /// Handles the end of the peer's input; the peer may still read.
    public mutating func endOfInput(_ context: inout ConversationContext) -> Step {
        hasInputEnded = true
        switch state {
        case .idle, .lingering, .closed:
            return close()
        case .head:
            let error = ProtocolError.malformed(rule: "The request ends inside its head.", offset: 0)
            return fail(error, context.beginExchange(), &context)
        case .body(let body):
            guard body.sink.isAnswerDue else { return close() }
            let error = ProtocolError.malformed(rule: "The request ends inside its body.", offset: 0)
            return fail(error, body.exchange, &context)
        case .computing, .streaming, .flushing, .ending:
            return .read
        }
    }

    /// Notes that the peer has shut down its side while an answer is being computed: it may be waiting for the answer,
    /// or be gone.
    ///
    /// Only sending distinguishes the two, since sending to a closed socket causes a reset. So unless the answer is
    /// ready within a moment, the first bytes, which are the same in all answers, are sent before it is known.
    public mutating func inputEnded(_ context: borrowing ConversationContext) {
        guard case .computing(let exchange, _) = state, !exchange.isAnswerBegun, !isOutputBlocked else { return }
        deadlineMilliseconds = min(
            deadlineMilliseconds, context.nowMilliseconds + ConnectionTimeouts.probeMilliseconds)
    }

    // MARK: Events: answers

    /// Sends the result of the work in ``Step/compute(_:)``.
    public mutating func respond(with response: Response, _ context: inout ConversationContext) -> Step {
        guard case .computing(var exchange, _) = state else { return .read }
        context.resumeWork(of: &exchange, behind: response)
        context.noteInput(following: Span())
        return write(response, exchange, &context) ?? .read
    }

    /// Completes the stream of ``Step/stream(_:_:)``, which has been sent or cannot be produced completely.
    public mutating func streamEnded(succeeded: Bool, _ context: inout ConversationContext) -> Step {
        guard case .streaming(let exchange) = state else { return .read }
        guard succeeded else {
            connectionLost(context)
            state = .closed
            deadlineMilliseconds = Int.max
            return .abort
        }
        context.streamEnded(exchange)
        return proceed(isPersistent: exchange.isPersistent, context) ?? .read
    }

    /// Handles the loss of the connection, which is gone or about to be closed: a pending request remains unanswered,
    /// and work on it is cancelled.
    public func connectionLost(_ context: borrowing ConversationContext) {
        switch state {
        case .body(let body) where body.sink.isAnswerDue: context.observation?.abandoned()
        case .computing(_, let cancellation):
            cancellation.cancel()
            context.observation?.abandoned()
        case .streaming: context.observation?.abandoned()
        case .idle, .head, .body, .flushing, .ending, .lingering, .closed: break
        }
    }

    /// Sheds load: abandons the head or body being received and answers 503.
    ///
    /// The connection ends after a head that has not been read completely.
    ///
    /// - Parameter isInputLost: Whether input is discarded, so that the connection ends in any case.
    public mutating func overload(_ context: inout ConversationContext, isInputLost: Bool = false) -> Step {
        switch state {
        case .head:
            return fail(.overloaded, context.beginExchange(), &context)
        case .body(let body) where body.sink.isAnswerDue:
            if isInputLost { body.exchange.isPersistent = false }
            return answerEarly(context.response(to: .overloaded, body.exchange), body, &context) ?? .read
        case .idle where isInputLost, .flushing where isInputLost, .body where isInputLost:
            state = .ending
            return .flush
        case .computing(var exchange, let cancellation) where isInputLost:
            exchange.isPersistent = false
            state = .computing(exchange, cancellation)
            return .read
        case .streaming(var exchange) where isInputLost:
            exchange.isPersistent = false
            state = .streaming(exchange)
            return .read
        case .idle, .body, .computing, .streaming, .flushing, .ending, .lingering, .closed:
            return .read
        }
    }

    // MARK: Events: output

    /// Notes that the peer receives no more at present.
    public mutating func outputBlocked(_ context: borrowing ConversationContext) {
        isOutputBlocked = true
        deadlineMilliseconds = context.nowMilliseconds + context.timeouts.writeMilliseconds
    }

    /// Continues after all output has been sent.
    public mutating func outputFlushed(_ context: borrowing ConversationContext) -> Step {
        isOutputBlocked = false
        let now = context.nowMilliseconds
        switch state {
        case .idle, .flushing:
            state = .idle
            deadlineMilliseconds = now + context.idleMilliseconds
        case .head:
            deadlineMilliseconds = now + context.timeouts.headerMilliseconds
        case .body:
            deadlineMilliseconds = now + context.timeouts.bodyMilliseconds
        case .ending:
            guard !hasInputEnded else { return close() }
            state = .lingering(endMilliseconds: now + ConnectionTimeouts.lingerMilliseconds)
            inputDiscarded(context)
            return .shutDown
        case .computing, .streaming, .closed:
            deadlineMilliseconds = Int.max
        case .lingering:
            break
        }
        return .read
    }

    // MARK: Events: time

    /// Handles the arrival of ``deadlineMilliseconds``.
    public mutating func deadlinePassed(_ context: inout ConversationContext) -> Step {
        guard !isOutputBlocked else {
            connectionLost(context)
            state = .closed
            deadlineMilliseconds = Int.max
            return .abort
        }
        switch state {
        case .head:
            return fail(.requestTimeout, context.beginExchange(), &context)
        case .body(let body) where body.sink.isAnswerDue:
            return fail(.requestTimeout, body.exchange, &context)
        case .body:
            // The client may be slow, and still about to receive the answer that has already been sent.
            state = .ending
            return .flush
        case .idle, .lingering, .ending, .closed:
            return close()
        case .computing(var exchange, let cancellation):
            exchange.isAnswerBegun = true
            state = .computing(exchange, cancellation)
            context.append(ConversationContext.answerBeginning)
            deadlineMilliseconds = Int.max
            return .read
        case .streaming, .flushing:
            return .read
        }
    }

    /// Begins to drain: requests in progress continue, and an idle connection has a moment left to send a request.
    public mutating func drain(_ context: borrowing ConversationContext) {
        guard case .idle = state, !isOutputBlocked else { return }
        let idleSince = deadlineMilliseconds - context.timeouts.idleMilliseconds
        let grace = max(
            idleSince + ConnectionTimeouts.drainGraceMilliseconds,
            context.nowMilliseconds + ConnectionTimeouts.drainIdleMilliseconds)
        deadlineMilliseconds = min(deadlineMilliseconds, grace)
    }

    /// Gives an idle connection whose peer has not yet received its last answer the whole idle timeout for the next
    /// request.
    public mutating func extendIdle(_ context: borrowing ConversationContext) {
        guard case .idle = state, !isOutputBlocked else { return }
        deadlineMilliseconds = context.nowMilliseconds + context.idleMilliseconds
    }

    /// Restarts the body's timeout if parts of the body that have been read are waiting for their turn.
    public mutating func inputWaits(_ context: borrowing ConversationContext) {
        guard case .body = state, !isOutputBlocked else { return }
        deadlineMilliseconds = context.nowMilliseconds + context.timeouts.bodyMilliseconds
    }

    // MARK: Heads

    private mutating func receiveHead(
        _ input: Span<UInt8>, _ offset: inout Int, _ context: inout ConversationContext
    ) -> Step? {
        let request = input.extracting(offset..<input.count)
        if case .head(let progress) = state {
            swap(&progress.parser, &context.parser)
        } else if offset > 0, let byteCount = context.answerAgain(request) {
            // At the beginning of the input, the caller has already tried this.
            offset += byteCount
            return proceed(isPersistent: true, context)
        } else if let head = context.parser.recognize(request) {
            return receive(head, request, &offset, &context)
        } else {
            context.parser.reset()
        }
        do {
            guard let head = try context.parser.parse(request, limits: context.limits) else {
                suspendHead(&context)
                return .read
            }
            state = .idle
            return receive(head, request, &offset, &context)
        } catch {
            return fail(error, context.beginExchange(isHead: context.parser.method == .head), &context)
        }
    }

    /// Keeps the parser's progress until more arrives; the deadline still counts from the head's first byte.
    private mutating func suspendHead(_ context: inout ConversationContext) {
        if case .head(let progress) = state {
            swap(&progress.parser, &context.parser)
        } else {
            context.parser.releaseKnownHead()
            state = .head(HeadInProgress(context.parser))
            context.parser = HeadParser()
            deadlineMilliseconds = context.nowMilliseconds + context.timeouts.headerMilliseconds
        }
    }

    private mutating func receive(
        _ head: ParsedHead, _ request: Span<UInt8>, _ offset: inout Int, _ context: inout ConversationContext
    ) -> Step? {
        offset += head.byteCount
        let rest = request.extracting(head.byteCount..<request.count)
        let quickBodyByteCount = context.quickBodyByteCount(head.framing, availableByteCount: rest.count)
        var exchange = context.beginExchange(head)
        let way = Self.interpret(head, request, &exchange, isQuick: quickBodyByteCount != nil, &context)
        if let quickBodyByteCount, let way {
            let body = rest.extracting(0..<quickBodyByteCount)
            exchange.bodyByteCount = quickBodyByteCount
            if let (note, byteCount) = context.answer(body, by: way, to: exchange) {
                offset += quickBodyByteCount
                context.ended(exchange, status: .ok, note, byteCount: byteCount)
                return proceed(isPersistent: true, context)
            }
            if let response = context.response(to: body, by: way) {
                offset += quickBodyByteCount
                context.noteInput(following: rest.extracting(quickBodyByteCount..<rest.count))
                return write(response, exchange, &context)
            }
            exchange.bodyByteCount = 0
        }
        let reception = Self.ask(head, request, exchange, context)
        guard let decoder = BodyDecoder(head.framing) else {
            context.noteInput(following: rest)
            return begin(reception, exchange, &context)
        }
        let isBodyAwaited = head.expectation == .continue100 && rest.isEmpty
        if case .length(let byteCount) = head.framing {
            if byteCount > context.limits.bodyByteCountMax {
                return refuse(reception, exchange, &context)
            }
            if case .consume(let consumer) = reception, byteCount <= rest.count {
                // The whole body has arrived.
                offset += byteCount
                exchange.bodyByteCount = byteCount
                context.noteInput(following: rest.extracting(byteCount..<rest.count))
                consumer.consume(rest.extracting(0..<byteCount))
                return end(consumer.finish(), exchange, &context)
            }
        }
        let body = BodyInProgress(decoder, exchange)
        let admitted = Self.admit(reception, body, context)
        if isBodyAwaited {
            if case .respond = admitted {
                // The answer precedes the body, which may or may not be sent, so the connection cannot continue.
                body.exchange.isPersistent = false
                body.isHeldBack = true
            } else {
                context.append(Self.continue100)
            }
        }
        return begin(admitted, body, &context)
    }

    /// Returns the reception of a request whose body follows: 503 if there is no space for the body, otherwise the
    /// handler's.
    ///
    /// It is evaluated once per request, since other threads change whether there is space.
    private static func admit(
        _ reception: Reception, _ body: BodyInProgress, _ context: borrowing ConversationContext
    ) -> Reception {
        if case .respond = reception { return reception }
        return context.refuses(body) ? .respond(context.response(to: .overloaded, body.exchange)) : reception
    }

    private static let continue100: StaticString = "HTTP/1.1 100 Continue\r\n\r\n"

    /// Determines the request's ID, and whether it can be answered on the fast path.
    ///
    /// - Parameter isQuick: Whether its whole body has arrived, and is short enough for the fast path.
    private static func interpret(
        _ head: ParsedHead, _ request: Span<UInt8>, _ exchange: inout Exchange, isQuick: Bool,
        _ context: inout ConversationContext
    ) -> QuickWay? {
        var way: QuickWay?
        var isNamed = false
        do {
            let view = context.view(of: head, in: request)
            if exchange.id != nil, let field = view.field("x-request-id"), let id = RequestID(field) {
                exchange.id = id
                isNamed = true
            }
            if context.observation?.wantsTrace() == true, let field = view.field("traceparent") {
                exchange.details = Exchange.Details(trace: TraceContext(field))
                isNamed = true
            }
            // A cached path has already been tried, or must not be used now.
            if isQuick, head.method != nil, head.method != .head, context.parser.known.way == nil {
                way = context.handler.quickWay(for: view)
            }
        }
        if let way, !isNamed { context.remember(way, of: head) }
        return way
    }

    private static func ask(
        _ head: ParsedHead, _ request: Span<UInt8>, _ exchange: Exchange, _ context: borrowing ConversationContext
    ) -> Reception {
        guard head.method != nil else { return .respond(context.response(to: .unknownMethod, exchange)) }
        return context.handler.receive(context.view(of: head, in: request), id: exchange.id)
    }

    /// Begins a request without a body.
    private mutating func begin(
        _ reception: Reception, _ exchange: Exchange, _ context: inout ConversationContext
    ) -> Step? {
        switch reception {
        case .respond(let response): return write(response, exchange, &context)
        case .compute(let work): return compute(work, exchange, &context)
        case .consume(let consumer): return end(consumer.finish(), exchange, &context)
        }
    }

    /// Begins a request whose body follows.
    private mutating func begin(
        _ reception: Reception, _ body: BodyInProgress, _ context: inout ConversationContext
    ) -> Step? {
        deadlineMilliseconds = context.nowMilliseconds + context.timeouts.bodyMilliseconds
        state = .body(body)
        switch reception {
        case .respond(let response):
            return answerEarly(response, body, &context)
        case .compute:
            body.sink = .skipped(then: reception)
        case .consume(let consumer):
            body.sink = .consumer(consumer)
        }
        return nil
    }

    /// Rejects a declared length beyond the limit: the body is not read, whatever the handler's reception.
    private mutating func refuse(
        _ reception: Reception, _ exchange: Exchange, _ context: inout ConversationContext
    ) -> Step? {
        var last = exchange
        last.isPersistent = false
        guard case .respond(let response) = reception else {
            return fail(.contentTooLarge(byteCountMax: context.limits.bodyByteCountMax), exchange, &context)
        }
        return write(response, last, &context)
    }

    // MARK: Bodies

    /// The most bytes of a body that are processed between two reads of the clock.
    static let bodySliceByteCount = 16_384

    private mutating func receiveBody(
        _ body: BodyInProgress, _ input: Span<UInt8>, _ offset: inout Int, _ context: inout ConversationContext
    ) -> Step? {
        context.resumeWork(of: &body.exchange)
        if let prepared = body.prepared(byteCount: input.count - offset) {
            if let step = receivePrepared(prepared, body, input, &offset, &context) { return step }
        }
        do {
            let limit = context.limits.bodyByteCountMax
            var end = min(offset + Self.bodySliceByteCount, input.count)
            while true {
                let slice = input.extracting(0..<end)
                switch try body.decoder.next(slice, from: &offset, bodyByteCountMax: limit) {
                case .data(let range):
                    guard context.reserve(for: body, taking: range.count) else {
                        return answerEarly(context.response(to: .overloaded, body.exchange), body, &context)
                    }
                    if body.take(input.extracting(range)) { extendBodyDeadline(context) }
                case .needsMore where end < input.count:
                    if context.turn.isOver {
                        context.suspendWork(of: &body.exchange)
                        return .yield
                    }
                    end = min(offset + Self.bodySliceByteCount, input.count)
                case .needsMore:
                    context.suspendWork(of: &body.exchange)
                    return .read
                case .finished:
                    context.noteInput(following: input.extracting(offset..<input.count))
                    return bodyFinished(body, &context)
                }
            }
        } catch {
            guard body.sink.isAnswerDue else {
                // It already has its answer; the invalid remainder only ends the connection.
                state = .ending
                return .flush
            }
            return fail(error, body.exchange, &context)
        }
    }

    /// Consumes the rest of a prepared piece.
    ///
    /// - Returns: Nil if all of it has been consumed, or if the rest is to be consumed without the prepared form.
    private mutating func receivePrepared(
        _ prepared: PreparedInput, _ body: BodyInProgress, _ input: Span<UInt8>, _ offset: inout Int,
        _ context: inout ConversationContext
    ) -> Step? {
        while offset < input.count {
            guard case .length(let restByteCount) = body.decoder, restByteCount >= input.count - offset else {
                preconditionFailure("Only what belongs to a body of a known length is prepared.")
            }
            guard context.reserve(for: body, taking: input.count - offset, prepared) else {
                // There may be space for a slice.
                body.forgetPrepared()
                return nil
            }
            let (byteCount, isWindowFull) = body.take(input.extracting(offset..<input.count), prepared)
            body.decoder = .length(restByteCount - byteCount)
            offset += byteCount
            if isWindowFull { extendBodyDeadline(context) }
            if offset < input.count, context.turn.isOver {
                context.suspendWork(of: &body.exchange)
                return .yield
            }
        }
        return nil
    }

    private mutating func extendBodyDeadline(_ context: borrowing ConversationContext) {
        deadlineMilliseconds = context.nowMilliseconds + context.timeouts.bodyMilliseconds
    }

    private mutating func bodyFinished(_ body: BodyInProgress, _ context: inout ConversationContext) -> Step? {
        switch body.sink {
        case .consumer(let consumer): return end(consumer.finish(), body.exchange, &context)
        case .skipped(let reception?): return begin(reception, body.exchange, &context)
        case .skipped(nil): return proceed(isPersistent: true, context)
        }
    }

    /// Answers before the body is read; the rest of the body is discarded, so that the connection can continue.
    private mutating func answerEarly(
        _ response: Response, _ body: BodyInProgress, _ context: inout ConversationContext
    ) -> Step? {
        let isLarge =
            switch response.body {
            case .stream: true
            case .bytes(let bytes): bytes.count > ConversationContext.outputByteCountMax
            case .none, .withheld: false
            }
        if isLarge, !body.isHeldBack {
            // Read first, then answer: a client that sends everything before it reads would never receive the whole
            // answer.
            body.sink = .skipped(then: .respond(response))
            return nil
        }
        guard body.exchange.isPersistent, !context.isDraining else {
            var last = body.exchange
            last.isPersistent = false
            return write(response, last, &context)
        }
        body.sink = .skipped(then: nil)
        context.append(response, to: body.exchange, isPersistent: true)
        context.ended(body.exchange, response)
        return nil
    }

    // MARK: Answers

    private mutating func end(
        _ completion: Completion, _ exchange: Exchange, _ context: inout ConversationContext
    ) -> Step? {
        switch completion {
        case .respond(let response): return write(response, exchange, &context)
        case .compute(let work): return compute(work, exchange, &context)
        }
    }

    private mutating func compute(
        _ work: BoundedWork, _ exchange: Exchange, _ context: inout ConversationContext
    ) -> Step? {
        var suspended = exchange
        guard !context.isOverloaded, context.reserve(work.heldByteCountMax, for: &suspended, exchange.share) else {
            return write(context.response(to: .overloaded, exchange), exchange, &context)
        }
        context.suspendWork(of: &suspended)
        let cancellation = Cancellation()
        state = .computing(suspended, cancellation)
        setDeadline(Int.max)
        return .compute(cancellation, context.timed(work, cancellation))
    }

    /// Sends a response.
    ///
    /// - Returns: Nil if the next request can be read at once.
    private mutating func write(
        _ response: Response, _ exchange: Exchange, _ context: inout ConversationContext
    ) -> Step? {
        var isPersistent = exchange.isPersistent && (!context.isDraining || context.isRequestFollowed)
        guard case .stream(let producer) = response.body, !exchange.isHead else {
            context.append(response, to: exchange, isPersistent: isPersistent)
            context.ended(exchange, response)
            return proceed(isPersistent: isPersistent, context)
        }
        var streamed = exchange
        guard !context.isOverloaded, context.reserve(producer, for: &streamed) else {
            return write(context.response(to: .overloaded, exchange), exchange, &context)
        }
        let framing = exchange.minorVersion == 0 ? StreamFraming.untilClose : .chunked
        isPersistent = isPersistent && framing == .chunked
        context.append(response, to: exchange, isPersistent: isPersistent)
        streamed.isPersistent = isPersistent
        let observed = context.streamBegan(&streamed, response, producer)
        state = .streaming(streamed)
        setDeadline(Int.max)
        return .stream(observed, framing)
    }

    /// Continues after an answer.
    private mutating func proceed(isPersistent: Bool, _ context: borrowing ConversationContext) -> Step? {
        setDeadline(context.nowMilliseconds + context.idleMilliseconds)
        guard isPersistent else {
            state = .ending
            return .flush
        }
        guard context.largeBody == nil else {
            state = .flushing
            return .flush
        }
        state = .idle
        return nil
    }

    /// Answers an error of HTTP itself; the framing is in doubt, so the connection ends after it (RFC 9112 §6.3).
    private mutating func fail(
        _ error: ProtocolError, _ exchange: Exchange, _ context: inout ConversationContext
    ) -> Step {
        let response = context.response(to: error, exchange)
        context.append(response, to: exchange, isPersistent: false)
        context.ended(exchange, response)
        state = .ending
        return .flush
    }

    /// Sets the deadline of a new state.
    ///
    /// While output is blocked, the deadline of ``outputBlocked(_:)`` remains: an answer that becomes ready meanwhile
    /// gives the peer no more time to receive the previous one. ``outputFlushed(_:)`` sets the state's own deadline.
    private mutating func setDeadline(_ milliseconds: Int) {
        if !isOutputBlocked { deadlineMilliseconds = milliseconds }
    }

    private mutating func close() -> Step {
        state = .closed
        deadlineMilliseconds = Int.max
        return .close
    }
}
