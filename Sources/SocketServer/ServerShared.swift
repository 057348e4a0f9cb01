import Dispatch
import HTTP
import Synchronization

/// The state that the event loops of one server share; any thread may use all of it.
final class ServerShared: Sendable {
    let configuration: ServerConfiguration
    let handler: any Handler
    let events: @Sendable (ServerEvent) -> Void
    let makeObserver: RequestObserverMaker?
    let mailboxes: [Mailbox]
    let budget: ByteBudget
    let pieceBuffers: PieceBufferPool
    /// The request to close an idle connection.
    let closingClaim = ClosingClaim()
    /// The numbers of open connections by loop.
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

    /// Whether the limit of work has been reached.
    var isOverloaded: Bool { computationCount >= configuration.computationCountMax }

    /// The number of cores that one large answer may use now.
    ///
    /// It is all of them if no other request is large. Otherwise they are divided, also among requests whose bodies are
    /// still being read: if all cores worked for one answer while other bodies arrived, small requests would wait for
    /// their event loop's turn.
    var coreCountForOne: Int { max(configuration.workerCount / max(budget.largeRequestCount, 1), 1) }

    /// Runs work on the compute queue.
    func compute(_ work: @escaping @Sendable () -> Void) {
        computationCounter.add(1, ordering: .relaxed)
        computeQueue.async { [self] in
            work()
            computationCounter.subtract(1, ordering: .relaxed)
        }
    }

    /// The number of pieces of work that compute queues are running or have queued.
    var computationCount: Int { computationCounter.load(ordering: .relaxed) }

    /// Whether some work waits for a core.
    var isWorkWaiting: Bool { computationCount > configuration.workerCount }

    // MARK: Connections

    var connectionCount: Int { connectionCounts.sum }

    /// The number of connections accepted since the start.
    var acceptedCount: Int { acceptedCounter.load(ordering: .relaxed) }

    func connectionAccepted() { acceptedCounter.add(1, ordering: .relaxed) }

    /// The number of times that accepting has failed for lack of descriptors or memory.
    var failedAcceptCount: Int { failedAcceptCounter.load(ordering: .relaxed) }

    func acceptFailed() { failedAcceptCounter.add(1, ordering: .relaxed) }

    /// The index of the loop with the fewest connections.
    var leastLoadedLoop: Int { connectionCounts.indexOfMinimum }

    func connectionOpened(loop: Int) { connectionCounts.add(1, to: loop) }

    /// Subtracts a connection from the count, and notifies the loop that accepts if it waits for that.
    func connectionClosed(loop: Int) {
        connectionCounts.add(-1, to: loop)
        closingClaim.satisfy()
        if isAcceptPaused.exchange(false, ordering: .acquiringAndReleasing) { mailboxes[0].post(.resumeAccepting) }
    }

    /// The number of connections of all loops whose last answer has been sent, and that only wait for their peers to
    /// end.
    var lingeringCount: Int { lingeringCounter.load(ordering: .relaxed) }

    func lingeringBegan() { lingeringCounter.add(1, ordering: .relaxed) }

    func lingeringEnded() { lingeringCounter.subtract(1, ordering: .relaxed) }

    func pauseAccepting() { isAcceptPaused.store(true, ordering: .releasing) }
}

/// The number of connections of each loop.
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
