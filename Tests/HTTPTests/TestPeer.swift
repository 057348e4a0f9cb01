@testable import HTTP

/// Runs a conversation with its peer in memory: it sends, keeps all answers, and acts as the event loop.
final class TestPeer {
    var context: ConversationContext
    var conversation: Conversation
    private var unused: [UInt8] = []
    private var work: (@Sendable () -> Response)?
    private var stream: (any BodyProducer, StreamFraming)?
    /// All text that the peer has received.
    private(set) var received = ""
    private(set) var isShutDown = false
    private(set) var isClosed = false
    private(set) var isAborted = false
    /// Whether the peer receives what is sent; while it does not, output accumulates.
    var takesOutput = true
    /// Whether computations and streams are carried out immediately.
    var worksAtOnce = true
    private var now = 0

    init(limits: RequestLimits = RequestLimits(), timeouts: ConnectionTimeouts = ConnectionTimeouts()) {
        context = ConversationContext(handler: EchoHandler(), limits: limits, timeouts: timeouts)
        conversation = Conversation(context)
    }

    func send(_ text: String) { send(text.latin1[...]) }

    func send(_ bytes: ArraySlice<UInt8>) {
        unused += bytes
        go()
    }

    /// Lets the conversation continue with its unused input.
    private func go() {
        while !isClosed, conversation.takesInput, !unused.isEmpty {
            let input = unused
            let (used, step) = conversation.receive(input.span, &context)
            unused.removeFirst(used)
            perform(step)
            if case .read = step, used == 0 || conversation.takesInput { break }
        }
    }

    func endInput() {
        guard !isClosed, conversation.takesInput else { return }
        perform(conversation.endOfInput(&context))
    }

    /// Advances the clock.
    func advance(toMilliseconds time: Int) {
        now = time
        context.setTime(monotonicMilliseconds: time, unixSeconds: 0)
        while !isClosed, conversation.deadlineMilliseconds <= time { perform(conversation.deadlinePassed(&context)) }
    }

    func drain() {
        context.isDraining = true
        conversation.drain(context)
    }

    func setOverloaded(_ isOverloaded: Bool) {
        context.isOverloaded = isOverloaded
        if isOverloaded { perform(conversation.overload(&context)) }
    }

    /// Makes the peer receive output again.
    func takeOutput() {
        takesOutput = true
        perform(.flush)
        go()
    }

    /// Does the pending work.
    func finishWork() {
        guard let work else { return }
        self.work = nil
        context.isInputWaiting = unused.contains { $0 != 0x0D && $0 != 0x0A }
        perform(conversation.respond(with: work(), &context))
        context.isInputWaiting = false
        go()
    }

    /// Sends the pending stream.
    func finishStream() {
        guard let (producer, framing) = stream else { return }
        stream = nil
        var succeeded = true
        for piece in 0..<producer.pieceCount {
            var buffer = [UInt8](repeating: 0, count: StreamFraming.prefixByteCount)
            buffer.append(addingCapacity: producer.pieceByteCountMax) {
                succeeded = producer.produce(piece, into: &$0)
            }
            guard succeeded else { break }
            let start = framing.seal(&buffer, isLast: piece == producer.pieceCount - 1)
            received += String(decoding: buffer[start...], as: UTF8.self)
        }
        perform(conversation.streamEnded(succeeded: succeeded, &context))
        go()
    }

    private func perform(_ first: Conversation.Step) {
        var step = first
        while true {
            if case .abort = step {
                isAborted = true
                isClosed = true
                return
            }
            let isSent = takesOutput || (context.output.isEmpty && context.largeBody == nil)
            if isSent {
                received += context.output.takeText() + String(decoding: context.largeBody ?? [], as: UTF8.self)
                context.largeBody = nil
            } else if !conversation.isOutputBlocked {
                conversation.outputBlocked(context)
            }
            switch step {
            case .read, .yield: return
            case .flush:
                guard isSent else { return }
                step = conversation.outputFlushed(context)
            case .compute(_, let work):
                self.work = work
                return worksAtOnce ? finishWork() : ()
            case .stream(let producer, let framing):
                stream = (producer, framing)
                return worksAtOnce ? finishStream() : ()
            case .shutDown:
                isShutDown = true
                return
            case .close:
                isClosed = true
                return
            case .abort: preconditionFailure("It needs no output to be taken.")
            }
        }
    }

    // MARK: Received answers

    /// The status codes of all responses, in order.
    var statuses: [Int] {
        received.components(separatedBy: "HTTP/1.1 ").dropFirst().compactMap { Int($0.prefix(3)) }
    }
}

extension String {
    /// Returns the parts between occurrences of a separator.
    fileprivate func components(separatedBy separator: String) -> [Substring] {
        var parts: [Substring] = []
        var rest = self[...]
        while let range = rest.firstRange(of: separator) {
            parts.append(rest[..<range.lowerBound])
            rest = rest[range.upperBound...]
        }
        return parts + [rest]
    }
}
