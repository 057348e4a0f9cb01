import CLinux
import HTTP

/// Runs one thread's share of a server: waits for events, reads, lets conversations answer, writes, checks deadlines.
///
/// It blocks only in the wait. All its state belongs to one thread; others reach it through its mailbox.
@safe
struct EventLoop: ~Copyable {
    let index: Int
    let shared: ServerShared
    let epoll: Epoll
    let mailbox: Mailbox
    private var alarm: Alarm
    var table: ConnectionTable
    let readBuffer: UnsafeMutableRawBufferPointer
    var context: ConversationContext
    var wheel: TimerWheel
    /// The listeners, which only the first loop has.
    var listeners: [Listener]
    var acceptance = Acceptance()
    /// The time of the next check for unused buffers, or `Int.max` if there are none.
    private var bufferLookMilliseconds = Int.max
    var batch = AnswerBatch()
    var turns = TurnQueue()
    var spin = SpinPolicy()
    var isStopping = false
    private var clock: LoopClock
    /// The latest time for the next reading of the clock, on the monotonic clock.
    private var plannedMilliseconds = Int.max
    /// The time at which draining ends in any case.
    private var drainEndMilliseconds: Int?

    /// The generation of tokens for other things than connections: mailbox, alarm, and listeners by their indices.
    private static let specialGeneration = UInt32.max
    private static let mailboxToken = ConnectionID(index: UInt32.max, generation: specialGeneration).token
    private static let alarmToken = ConnectionID(index: UInt32.max - 1, generation: specialGeneration).token

    static func listenerToken(_ index: Int) -> UInt64 {
        ConnectionID(index: UInt32(index), generation: specialGeneration).token
    }

    /// The most bytes of a body that are read at once if its pieces are prepared on the compute queue.
    static let bodyReadByteCount = 262_144
    /// The most bytes that are read at once otherwise; what is unused when the connection's turn is over is kept.
    static let readByteCount = 65_536

    /// The input that a connection may keep regardless of the total: more than the heads of probes and of most clients.
    static let smallInputByteCount = 4_096
    /// The longest answer that may be kept in the reserve for small requests until its peer has received it.
    static let smallOutputByteCount = 131_072

    private static let eventCountMax = 256

    init(index: Int, shared: ServerShared, listeners: [Listener]) throws(SystemError) {
        let epoll = try Epoll(eventCountMax: Self.eventCountMax)
        let alarm = try Alarm()
        let mailbox = shared.mailboxes[index]
        try epoll.add(alarm.descriptor, .arrivals, token: Self.alarmToken)
        try epoll.add(mailbox.descriptor, .input, token: Self.mailboxToken)
        for (index, listener) in listeners.enumerated() {
            try epoll.add(listener.descriptor, .input, token: Self.listenerToken(index))
        }
        self.epoll = epoll
        self.mailbox = mailbox
        self.alarm = alarm
        self.index = index
        self.shared = shared
        self.listeners = listeners
        let configuration = shared.configuration
        table = ConnectionTable(capacity: configuration.connectionCountMax)
        unsafe readBuffer = .allocate(byteCount: Self.readByteCount, alignment: 64)
        context = ConversationContext(
            handler: shared.handler, limits: configuration.limits, timeouts: configuration.timeouts,
            requestIDPrefix: UInt64.random(in: 0...UInt64.max),
            observation: shared.makeObserver.map { Observation($0(), clock: Clock.monotonicNanoseconds) },
            budget: shared.budget, clock: Clock.monotonicNanoseconds)
        let now = Clock.monotonicMilliseconds()
        clock = LoopClock(monotonicMilliseconds: now)
        context.setTime(monotonicMilliseconds: now, unixSeconds: Clock.unixSeconds())
        wheel = TimerWheel(nowMilliseconds: now)
    }

    deinit { unsafe readBuffer.deallocate() }

    /// Serves until the server stops, or has drained.
    mutating func run() {
        var eventCount = 0
        while !hasFinished() {
            eventCount = waitForEvents(afterBatchOf: eventCount)
            readClock()
            for event in 0..<eventCount { handle(epoll.event(event), isAlone: eventCount == 1) }
            sendBatch()
            serveNextTurn()
            expireTimers()
            resumeAcceptingIfDue()
            closeListenersIfDue()
            if bufferLookMilliseconds <= context.nowMilliseconds { lookAtBuffers() }
            if let drainEndMilliseconds, drainEndMilliseconds <= context.nowMilliseconds { isStopping = true }
        }
        end()
    }

    /// Waits for events, and returns their number.
    private mutating func waitForEvents(afterBatchOf lastEventCount: Int) -> Int {
        if !turns.isEmpty {
            plannedMilliseconds = clock.monotonicMilliseconds
            return epoll.wait(timeoutMilliseconds: 0)
        }
        // A core must not be withheld from a computation.
        if lastEventCount > 0, spin.shouldSpin, shared.computationCount == 0 {
            plannedMilliseconds = clock.monotonicMilliseconds
            let end = Clock.monotonicNanoseconds() + SpinPolicy.durationNanoseconds
            repeat {
                let eventCount = epoll.wait(timeoutMilliseconds: 0)
                if eventCount > 0 {
                    spin.spun(found: true)
                    return eventCount
                }
            } while Clock.monotonicNanoseconds() < end
            spin.spun(found: false)
        }
        alarm.ring(by: nextDeadlineMilliseconds())
        plannedMilliseconds = alarm.milliseconds
        return epoll.wait(timeoutMilliseconds: -1)
    }

    private func hasFinished() -> Bool {
        guard !isStopping else { return true }
        guard context.isDraining, listeners.isEmpty, table.count == 0 else { return false }
        // Another loop may just have passed a connection.
        return mailbox.closeIfEmpty()
    }

    /// Returns the time before which nothing is due, on the monotonic clock; `Int.max` if nothing is scheduled.
    private mutating func nextDeadlineMilliseconds() -> Int {
        let now = context.nowMilliseconds
        var next = wheel.millisecondsToNext(nowMilliseconds: now).map { now + $0 } ?? Int.max
        next = min(next, acceptance.nextMilliseconds, bufferLookMilliseconds)
        if let drainEndMilliseconds { next = min(next, drainEndMilliseconds) }
        return clock.monotonic(next)
    }

    private mutating func readClock() {
        let now = Clock.monotonicNanoseconds()
        if now / 1_000_000 == clock.monotonicMilliseconds {
            context.lastNanoseconds = now
        } else {
            clock.advance(toMonotonicMilliseconds: now / 1_000_000, planned: plannedMilliseconds)
            context.setTime(
                monotonicMilliseconds: clock.milliseconds, unixSeconds: Clock.unixSeconds(),
                observationNanoseconds: now)
        }
        context.isOverloaded = shared.isOverloaded
    }

    /// Handles an event; `isAlone` is true if it is the only event of the wait.
    private mutating func handle(_ event: Epoll.Event, isAlone: Bool) {
        let id = ConnectionID(token: event.token)
        guard id.generation != Self.specialGeneration else { return handleSpecial(event) }
        // An event of this batch may be for a connection that an earlier one has closed.
        guard table.contains(id) else { return }
        noteConnection(Int(id.index))
        spin.note(connection: Int(id.index))
        let answerCount = batch.answers.count
        batch.isOpen = !isAlone
        context.turn.begin(atNanoseconds: context.lastNanoseconds)
        handle(event, Int(id.index))
        batch.isOpen = false
        sendBatchIfDue(hasGrown: batch.answers.count > answerCount)
    }

    /// Handles an event that does not belong to a connection.
    private mutating func handleSpecial(_ event: Epoll.Event) {
        // Any connection may be affected, or closed.
        sendBatch()
        if event.token == Self.mailboxToken {
            for message in mailbox.takeAll() {
                context.turn.begin(atNanoseconds: Clock.monotonicNanoseconds())
                handle(message)
            }
        } else if event.token == Self.alarmToken {
            alarm.hasRung()
        } else if case let index = Int(ConnectionID(token: event.token).index), index < listeners.count {
            acceptConnections(listeners[index])
        }
    }

    private mutating func handle(_ message: Message) {
        switch message {
        case .adopt(let socket):
            adopt(socket)
        case .computed(let id, let response):
            guard table.contains(id) else { return }
            noteConnection(Int(id.index))
            computed(Int(id.index), response)
        case .prepared(let id, let piece, let input):
            guard table.contains(id) else { return }
            noteConnection(Int(id.index))
            prepared(Int(id.index), piece, input)
        case .produced(let id, let piece, let buffer, let succeeded):
            guard table.contains(id) else { return }
            noteConnection(Int(id.index))
            produced(Int(id.index), piece, buffer, succeeded: succeeded)
        case .resumeAccepting:
            resumeAccepting()
        case .closeIdle:
            closeIdleConnection()
        case .drain(let timeoutMilliseconds):
            drainEndMilliseconds = context.nowMilliseconds + timeoutMilliseconds
            drain()
        case .stop:
            isStopping = true
        }
    }

    /// Records the connection whose conversation runs next, for the access log.
    mutating func noteConnection(_ index: Int) {
        context.connection = Int(table[index].socket.descriptor)
    }

    // MARK: Deadlines

    /// Ensures that the wheel does not miss a connection's deadline.
    ///
    /// An entry whose deadline has become later is not moved, and is found to be early when it comes up, so that a
    /// request costs the wheel nothing.
    mutating func updateDeadline(_ index: Int) {
        let deadline = table[index].conversation.deadlineMilliseconds
        if deadline < wheel.deadline(of: index) { wheel.schedule(index, at: deadline) }
    }

    private mutating func expireTimers() {
        let now = context.nowMilliseconds
        while let index = wheel.popExpired(nowMilliseconds: now) {
            noteConnection(index)
            if table[index].conversation.deadlineMilliseconds <= now, !isQueued(index) {
                context.turn.begin(atNanoseconds: Clock.monotonicNanoseconds())
                catchUp(index)
            }
            guard table[index].isOpen else { continue }
            guard !isQueued(index) else {
                // Its input has arrived, and it only waits for this loop.
                wheel.schedule(index, at: now + Self.queuedRetryMilliseconds)
                continue
            }
            if table[index].conversation.deadlineMilliseconds <= now {
                let step = table[index].conversation.deadlinePassed(&context)
                settle(step, index)
            }
            updateDeadline(index)
        }
    }

    /// Schedules the next check for unused buffers after a buffer has become free.
    mutating func bufferReturned() {
        if bufferLookMilliseconds == Int.max, shared.pieceBuffers.isAboveRest {
            bufferLookMilliseconds = context.nowMilliseconds + 1_000
        }
    }

    private mutating func lookAtBuffers() {
        shared.pieceBuffers.look()
        bufferLookMilliseconds = Int.max
        bufferReturned()
    }

    // MARK: Ending

    private mutating func drain() {
        context.isDraining = true
        beginClosingListeners()
        for index in 0..<table.usedCount {
            table[index].conversation.drain(context)
            updateDeadline(index)
        }
    }

    private mutating func end() {
        closeListeners()
        for index in 0..<table.usedCount where table[index].isOpen { close(index) }
        for message in mailbox.close() {
            if case .adopt(let socket) = message {
                socket.close()
                shared.connectionClosed(loop: self.index)
            }
        }
    }
}

extension ConnectionID {
    init(token: UInt64) {
        index = UInt32(truncatingIfNeeded: token)
        generation = UInt32(truncatingIfNeeded: token >> 32)
    }

    /// The value that epoll returns with each event.
    var token: UInt64 { UInt64(generation) << 32 | UInt64(index) }
}
