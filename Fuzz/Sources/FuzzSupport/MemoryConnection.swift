import HTTP

/// A conversation and its peer in memory: plays the part of the event loop, and keeps all that is answered.
public struct MemoryConnection: ~Copyable {
    public let recorder = Recorder()
    private var context: ConversationContext
    private var conversation: Conversation
    private var unused: [UInt8] = []
    private var work: (@Sendable () -> Response)?
    private var stream: (any BodyProducer, StreamFraming)?
    private var now = 0
    /// All that the peer has received.
    public private(set) var received: [UInt8] = []
    public private(set) var isClosed = false
    public private(set) var isShutDown = false
    /// Whether the peer takes what is sent.
    public private(set) var takesOutput = true
    /// Whether computations and streams are carried out at once.
    public var worksAtOnce = true

    /// - Parameter spareHeaderByteCount: How much longer than usual header sections may be.
    public init(variesAnswers: Bool = false, spareHeaderByteCount: Int = 0) {
        var limits = RequestLimits()
        limits.requestLineByteCountMax = 200
        limits.headerByteCountMax = 400 + spareHeaderByteCount
        limits.fieldCountMax = Self.fieldCountMax
        limits.bodyByteCountMax = 1_000
        context = ConversationContext(
            handler: RecordingHandler(recorder: recorder, variesAnswers: variesAnswers), limits: limits,
            timeouts: ConnectionTimeouts())
        conversation = Conversation(context)
    }

    /// Most fields that a request may have.
    static let fieldCountMax = 10

    // MARK: Events

    public mutating func send(_ bytes: some Sequence<UInt8>) {
        unused += bytes
        go()
    }

    public mutating func endInput() {
        guard !isClosed, conversation.takesInput else { return }
        perform(conversation.endOfInput(&context))
    }

    public mutating func advance(milliseconds: Int) {
        now += milliseconds
        context.setTime(monotonicMilliseconds: now, unixSeconds: 0)
        guard !isClosed, conversation.deadlineMilliseconds <= now else { return }
        perform(conversation.deadlinePassed(&context))
        precondition(isClosed || conversation.deadlineMilliseconds > now, "A deadline that passed has no effect.")
    }

    public mutating func drain() {
        context.isDraining = true
        conversation.drain(context)
    }

    public mutating func setOverloaded(_ isOverloaded: Bool) {
        context.isOverloaded = isOverloaded
        guard isOverloaded, !isClosed else { return }
        perform(conversation.overload(&context))
    }

    public mutating func blockOutput() { takesOutput = false }

    public mutating func unblockOutput() {
        guard !takesOutput, !isClosed else { return }
        takesOutput = true
        perform(.flush)
        go()
    }

    public mutating func finishWork() {
        guard !isClosed else { return }
        if let work {
            self.work = nil
            perform(conversation.respond(with: work(), &context))
        } else if takesOutput, let (producer, framing) = stream {
            stream = nil
            pump(producer, framing)
        }
        go()
    }

    // MARK: The event loop's part

    private mutating func go() {
        while !isClosed, conversation.takesInput, !unused.isEmpty {
            let input = unused
            let (used, step) = conversation.receive(input.span, &context)
            precondition(used <= input.count, "More is used than was given.")
            unused.removeFirst(used)
            perform(step)
            if case .read = step, used == 0 || conversation.takesInput { break }
        }
    }

    private mutating func pump(_ producer: any BodyProducer, _ framing: StreamFraming) {
        for piece in 0..<producer.pieceCount {
            var buffer = [UInt8](repeating: 0, count: StreamFraming.prefixByteCount)
            buffer.append(addingCapacity: producer.pieceByteCountMax) { _ = producer.produce(piece, into: &$0) }
            let start = framing.seal(&buffer, isLast: piece == producer.pieceCount - 1)
            received += buffer[start...]
        }
        perform(conversation.streamEnded(succeeded: true, &context))
    }

    private mutating func perform(_ first: Conversation.Step) {
        var step = first
        while true {
            if case .abort = step {
                isClosed = true
                return
            }
            guard takesOutput || (context.output.isEmpty && context.largeBody == nil) else {
                if case .compute(_, let work) = step { self.work = work }
                if case .stream(let producer, let framing) = step { stream = (producer, framing) }
                if !conversation.isOutputBlocked { conversation.outputBlocked(context) }
                return
            }
            precondition(!isShutDown || context.output.isEmpty, "Something is sent after the end.")
            received += Array(copying: context.output.span) + (context.largeBody ?? [])
            context.output.removeAll()
            context.largeBody = nil
            switch step {
            case .read, .yield: return
            case .flush: step = conversation.outputFlushed(context)
            case .compute(_, let work):
                self.work = work
                return worksAtOnce ? finishWork() : ()
            case .stream(let producer, let framing):
                stream = (producer, framing)
                return worksAtOnce ? finishWork() : ()
            case .shutDown:
                isShutDown = true
                return
            case .close, .abort:
                isClosed = true
                return
            }
        }
    }
}
