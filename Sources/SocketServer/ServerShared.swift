import Dispatch
import HTTP
import Synchronization

/// What the event loops of one server share; all of it may be used from any thread.
final class ServerShared: Sendable {
    let configuration: ServerConfiguration
    let handler: any Handler
    let events: @Sendable (ServerEvent) -> Void
    let makeObserver: RequestObserverMaker?
    let mailboxes: [Mailbox]
    let budget: ByteBudget
    let pieceBuffers: PieceBufferPool
    /// Asks for an idle connection to be closed.
    let closingClaim = ClosingClaim()
    /// Open connections by loop.
    private let connectionCounts: ConnectionCounts
    private let computeQueue = DispatchQueue(label: "activation.compute", attributes: .concurrent)
    private let computationCounter = Atomic(0)
    private let acceptedCounter = Atomic(0)
    private let failedAcceptCounter = Atomic(0)
    private let lingeringCounter = Atomic(0)
    private let isAcceptPaused = Atomic(false)

    init(
        _ configuration: ServerConfiguration, _ handler: any Handler, _ mailboxes: [Mailbox],
        _ events: @escaping @Sendable (ServerEvent) -> Void, _ makeObserver: RequestObserverMaker?
    ) {
        self.configuration = configuration
        self.handler = handler
        self.events = events
        self.makeObserver = makeObserver
        self.mailboxes = mailboxes
        budget = ByteBudget(byteCountMax: configuration.bufferedByteCountMax)
        pieceBuffers = PieceBufferPool(configuration)
        connectionCounts = ConnectionCounts(loopCount: mailboxes.count)
    }

    // MARK: Work

    /// Whether more work would be too much.
    var isOverloaded: Bool { computationCount >= configuration.computationCountMax }

    /// How many cores one large answer may have now.
    ///
    /// All of them where no other request is large. Otherwise they are shared out, also to those whose bodies are still
    /// being read: with all cores at work for one answer and bodies arriving beside it, small requests would wait for
    /// their event loop's turn.
    var coreCountForOne: Int { max(configuration.workerCount / max(budget.largeRequestCount, 1), 1) }

    /// Runs work away from the event loops.
    func compute(_ work: @escaping @Sendable () -> Void) {
        computationCounter.add(1, ordering: .relaxed)
        computeQueue.async { [self] in
            work()
            computationCounter.subtract(1, ordering: .relaxed)
        }
    }

    /// Pieces of work that a compute queue has or has in line.
    var computationCount: Int { computationCounter.load(ordering: .relaxed) }

    /// Whether some of it waits for a core.
    var isWorkWaiting: Bool { computationCount > configuration.workerCount }

    // MARK: Connections

    var connectionCount: Int { connectionCounts.sum }

    /// Connections accepted since the start.
    var acceptedCount: Int { acceptedCounter.load(ordering: .relaxed) }

    func connectionAccepted() { acceptedCounter.add(1, ordering: .relaxed) }

    /// How often accepting has failed for want of descriptors or memory.
    var failedAcceptCount: Int { failedAcceptCounter.load(ordering: .relaxed) }

    func acceptFailed() { failedAcceptCounter.add(1, ordering: .relaxed) }

    /// The loop with the fewest connections.
    var leastLoadedLoop: Int { connectionCounts.indexOfMinimum }

    func connectionOpened(loop: Int) { connectionCounts.add(1, to: loop) }

    /// Counts a connection off; the loop that accepts is told when it waits for that.
    func connectionClosed(loop: Int) {
        connectionCounts.add(-1, to: loop)
        closingClaim.satisfy()
        if isAcceptPaused.exchange(false, ordering: .acquiringAndReleasing) { mailboxes[0].post(.resumeAccepting) }
    }

    /// Connections of all loops that have had their last answer and only wait for their peers to end.
    var lingeringCount: Int { lingeringCounter.load(ordering: .relaxed) }

    func lingeringBegan() { lingeringCounter.add(1, ordering: .relaxed) }

    func lingeringEnded() { lingeringCounter.subtract(1, ordering: .relaxed) }

    func pauseAccepting() { isAcceptPaused.store(true, ordering: .releasing) }
}

/// How many connections each loop has.
final class ConnectionCounts: Sendable {
    private let counts: [Counter]

    private final class Counter: Sendable {
        let value = Atomic(0)
    }

    init(loopCount: Int) { counts = (0..<loopCount).map { _ in Counter() } }

    var sum: Int { counts.reduce(0) { $0 + $1.value.load(ordering: .relaxed) } }

    var indexOfMinimum: Int {
        counts.indices.min { left, right in
            counts[left].value.load(ordering: .relaxed) < counts[right].value.load(ordering: .relaxed)
        } ?? 0
    }

    func add(_ difference: Int, to loop: Int) { counts[loop].value.add(difference, ordering: .relaxed) }
}
