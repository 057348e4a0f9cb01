/// The protocol of one connection: what the bytes that arrive mean, and which bytes answer them.
///
/// A state machine without I/O and without a clock. Each mutating function is one event; it appends what is to be sent
/// to the context's output and returns the ``Step`` that the caller takes next. Between requests it holds no memory
/// beyond itself.
public struct Conversation {
    /// What the caller does once it has sent the output, or begun to.
    public enum Step {
        /// Hand over more input when there is some: first what is left unused, then what the peer sends.
        case read
        /// The connection's turn is over: hand over what is left unused, when all others have had theirs.
        case yield
        /// Call ``Conversation/outputFlushed(_:)`` when all output has been sent; read nothing before that.
        case flush
        /// Have the work done on a compute queue and its result given to ``Conversation/respond(with:_:)``.
        ///
        /// Once ``Conversation/connectionLost(_:)`` has been called, the work ends soon, or does not begin. The caller
        /// notes its end in the cancellation.
        case compute(Cancellation, @Sendable () -> Response)
        /// Send the producer's pieces, then call ``Conversation/streamEnded(succeeded:_:)``.
        case stream(any BodyProducer, StreamFraming)
        /// Shut down sending, and go on reading.
        case shutDown
        /// Close the connection.
        case close
        /// Reset the connection, so that the peer does not take what it got for the whole.
        case abort
    }

    enum State {
        /// Between requests.
        case idle
        /// A head has begun.
        case head(HeadInProgress)
        /// A body has begun.
        case body(BodyInProgress)
        /// A compute queue works on the answer.
        indirect case computing(Exchange, Cancellation)
        /// A producer's pieces are on their way.
        indirect case streaming(Exchange)
        /// A large answer is on its way; the connection goes on behind it.
        case flushing
        /// The last answer is on its way.
        case ending
        /// We have shut down sending and throw away what the peer still sends (RFC 9112 §9.6).
        ///
        /// Closed at once, unread input would make the kernel reset the connection, and the peer could lose the answer.
        case lingering(endMilliseconds: Int)
        case closed
    }

    private(set) var state = State.idle
    private var hasInputEnded = false
    /// Whether output waits for the peer to take it.
    public private(set) var isOutputBlocked = false

    /// When ``deadlinePassed(_:)`` is due, on the context's clock; `Int.max` where nothing is waited for.
    public private(set) var deadlineMilliseconds: Int

    public init(_ context: borrowing ConversationContext) {
        deadlineMilliseconds = context.nowMilliseconds + context.idleMilliseconds
    }

    /// One that is over.
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

    /// Whether a body is being read, so that large reads pay.
    public var isReadingBody: Bool {
        if case .body = state { return true }
        return false
    }

    /// Who can prepare what comes next, and how many bytes of that the body still has; nil where it is to be given as
    /// it comes.
    public var preparation: (preparer: any BodyPreparer, byteCount: Int)? {
        guard case .body(let body) = state, case .length(let byteCount) = body.decoder,
            case .consumer(let consumer) = body.sink, let preparer = consumer.preparer
        else { return nil }
        return (preparer, byteCount)
    }

    /// Whether it stands between requests, so that closing it loses nothing.
    public var isIdle: Bool {
        if case .idle = state { return !isOutputBlocked }
        return false
    }

    /// Whether nothing that the peer still sends is used.
    public var discardsInput: Bool {
        switch state {
        case .ending, .lingering, .closed: return true
        case .idle, .head, .body, .computing, .streaming, .flushing: return false
        }
    }

    /// Memory that a head holds apart from its bytes while it is not complete, in bytes.
    public var headByteCount: Int {
        if case .head(let progress) = state { return progress.parser.heldByteCount }
        return 0
    }

    /// Memory that the parser and the handler's objects hold for this connection, in bytes.
    ///
    /// Of a stream it is what has been reserved for its first piece.
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

    /// The connection's reservation is about to be settled at ``heldByteCount``.
    public func reservationSettled() {
        if case .body(let body) = state, case .consumer(let consumer) = body.sink {
            body.exchange.reservedByteCount = consumer.heldByteCount
        }
    }

    /// Which part of the budget input may use that is kept for it.
    ///
    /// Not the reserve, unless it is the body of a small request: that of others would be taken by clients who send
    /// requests ahead, or heads without an end.
    public var inputShare: ByteBudget.Share {
        if case .body(let body) = state { return body.share(taking: 0) }
        return .large
    }

    /// Whether output waits for the peer to take it, and since when.
    public func blockedMilliseconds(_ context: borrowing ConversationContext) -> Int? {
        isOutputBlocked ? context.nowMilliseconds - (deadlineMilliseconds - context.timeouts.writeMilliseconds) : nil
    }

    // MARK: Events: input

    /// Takes in bytes from the peer.
    ///
    /// - Parameter input: What was left unused before, followed by what has arrived since.
    /// - Returns: How many of the bytes are used up, and what to do next. The rest is to be given again.
    public mutating func receive(_ input: Span<UInt8>, _ context: inout ConversationContext) -> (used: Int, step: Step)
    {
        var offset = 0
        // What holds for most: a single request, like the last one.
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

    /// The input that comes next, part of a body, has been prepared.
    ///
    /// Where that body is no longer taken in, it makes no difference.
    public func inputPrepared(_ prepared: PreparedInput) {
        if case .body(let body) = state { body.prepare(prepared) }
    }

    /// Input of a lingering connection has been thrown away.
    public mutating func inputDiscarded(_ context: borrowing ConversationContext) {
        guard case .lingering(let endMilliseconds) = state else { return }
        deadlineMilliseconds = min(
            context.nowMilliseconds + ConnectionTimeouts.lingerPauseMilliseconds, endMilliseconds)
    }

    /// The peer sends nothing more; it may still read.
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

    /// The peer has shut down its side while an answer is being computed: it may wait for that, or be gone.
    ///
    /// Only sending distinguishes these, since what is sent to a closed socket comes back as a reset. So unless the
    /// answer is there in a moment, its first bytes, which every answer has, are sent ahead of it.
    public mutating func inputEnded(_ context: borrowing ConversationContext) {
        guard case .computing(let exchange, _) = state, !exchange.isAnswerBegun, !isOutputBlocked else { return }
        deadlineMilliseconds = min(
            deadlineMilliseconds, context.nowMilliseconds + ConnectionTimeouts.probeMilliseconds)
    }

    // MARK: Events: answers

    /// The work of ``Step/compute(_:)`` is done.
    public mutating func respond(with response: Response, _ context: inout ConversationContext) -> Step {
        guard case .computing(var exchange, _) = state else { return .read }
        context.resumeWork(of: &exchange, behind: response)
        context.noteInput(following: Span())
        return write(response, exchange, &context) ?? .read
    }

    /// The stream of ``Step/stream(_:_:)`` has been sent, or cannot be produced to its end.
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

    /// The connection is gone, or about to be: a request that has no answer yet never gets one, and work on it is
    /// cancelled.
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

    /// Too much is held already: a head or body that is being taken in is given up and answered 503.
    ///
    /// Behind a head that nobody has read to its end, the connection ends.
    ///
    /// - Parameter isInputLost: Whether input is thrown away, so that the connection ends in any case.
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

    /// The peer takes no more at present.
    public mutating func outputBlocked(_ context: borrowing ConversationContext) {
        isOutputBlocked = true
        deadlineMilliseconds = context.nowMilliseconds + context.timeouts.writeMilliseconds
    }

    /// All output has been sent.
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

    /// ``deadlineMilliseconds`` has come.
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
            // The client may be slow, and still on its way to the answer that it has already been sent.
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

    /// The server shuts down: what is under way goes on, an idle connection has a moment left to bring a request.
    public mutating func drain(_ context: borrowing ConversationContext) {
        guard case .idle = state, !isOutputBlocked else { return }
        let idleSince = deadlineMilliseconds - context.timeouts.idleMilliseconds
        let grace = max(
            idleSince + ConnectionTimeouts.drainGraceMilliseconds,
            context.nowMilliseconds + ConnectionTimeouts.drainIdleMilliseconds)
        deadlineMilliseconds = min(deadlineMilliseconds, grace)
    }

    /// Gives an idle connection whose peer has not yet taken its last answer the whole time for the next request.
    public mutating func extendIdle(_ context: borrowing ConversationContext) {
        guard case .idle = state, !isOutputBlocked else { return }
        deadlineMilliseconds = context.nowMilliseconds + context.idleMilliseconds
    }

    /// Lets the body's time-out begin anew, if parts of the body that have been read wait for their turn.
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
            // At the beginning of the input that has been tried.
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

    /// Keeps the parser's progress until more arrives; the deadline stands from the head's first byte.
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
                // The whole body is here.
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
                // Answered before the body: it may come or not, so the connection cannot go on.
                body.exchange.isPersistent = false
                body.isHeldBack = true
            } else {
                context.append(Self.continue100)
            }
        }
        return begin(admitted, body, &context)
    }

    /// Returns what is done with a request whose body follows: 503 if there is no room for the body, or what the
    /// handler says.
    ///
    /// Evaluated once a request, since other threads change whether there is room.
    private static func admit(
        _ reception: Reception, _ body: BodyInProgress, _ context: borrowing ConversationContext
    ) -> Reception {
        if case .respond = reception { return reception }
        return context.refuses(body) ? .respond(context.response(to: .overloaded, body.exchange)) : reception
    }

    private static let continue100: StaticString = "HTTP/1.1 100 Continue\r\n\r\n"

    /// Reads what the request is called, and finds out how it may be answered at once.
    ///
    /// - Parameter isQuick: Whether its whole body has arrived, and is short enough for that.
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
            // A way that is known has been tried, or may not be taken now.
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

    /// A request without a body.
    private mutating func begin(
        _ reception: Reception, _ exchange: Exchange, _ context: inout ConversationContext
    ) -> Step? {
        switch reception {
        case .respond(let response): return write(response, exchange, &context)
        case .compute(let work): return compute(work, exchange, &context)
        case .consume(let consumer): return end(consumer.finish(), exchange, &context)
        }
    }

    /// A request whose body follows.
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

    /// A declared length past the limit: whatever the handler says, that body is not read.
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

    /// How much of a body is taken in between two looks at the clock, in bytes.
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
                // It has its answer already; the broken rest only ends the connection.
                state = .ending
                return .flush
            }
            return fail(error, body.exchange, &context)
        }
    }

    /// Takes in the rest of a piece that has been prepared.
    ///
    /// - Returns: Nil where all of it has been taken, or the rest is to be taken as if nothing had been prepared.
    private mutating func receivePrepared(
        _ prepared: PreparedInput, _ body: BodyInProgress, _ input: Span<UInt8>, _ offset: inout Int,
        _ context: inout ConversationContext
    ) -> Step? {
        while offset < input.count {
            guard case .length(let restByteCount) = body.decoder, restByteCount >= input.count - offset else {
                preconditionFailure("Only what belongs to a body of a known length is prepared.")
            }
            guard context.reserve(for: body, taking: input.count - offset, prepared) else {
                // There may be room for a slice.
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

    /// Answers before the body is read; what of it still comes is thrown away, so that the connection can go on.
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
            // One thing at a time: a client that sends everything before it reads would never take all of it.
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

    /// - Returns: Nil where the next request can be read at once.
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

    /// Goes on behind an answer that has been given.
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

    /// Answers an error of HTTP itself; the framing is in doubt, so the connection ends behind it (RFC 9112 §6.3).
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
    /// While output is blocked, that of ``outputBlocked(_:)`` holds: an answer that becomes ready meanwhile gives the
    /// peer no more time to take the one before it. ``outputFlushed(_:)`` sets the state's own deadline.
    private mutating func setDeadline(_ milliseconds: Int) {
        if !isOutputBlocked { deadlineMilliseconds = milliseconds }
    }

    private mutating func close() -> Step {
        state = .closed
        deadlineMilliseconds = Int.max
        return .close
    }
}
