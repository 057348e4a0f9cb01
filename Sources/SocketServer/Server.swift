import Dispatch
import HTTP
import Locking

/// An HTTP/1.1 server: event loops, each a thread of its own, that call a handler for the answers.
///
/// It serves from ``start(_:handler:events:)`` on. To end it, drain it; or drop the requests in progress with
/// ``stop()``.
public final class Server: Sendable {
    let shared: ServerShared
    private let loops = DispatchGroup()
    /// The numeric address that is listened on, and the port, which is a free one if 0 was configured.
    public let host: String
    public let port: UInt16

    /// `http://` with host and port, as a link.
    public var url: String { host.contains(":") ? "http://[\(host)]:\(port)" : "http://\(host):\(port)" }

    /// The number of connections that are open now.
    public var connectionCount: Int { shared.connectionCount }

    /// The number of connections accepted since the start.
    public var acceptedCount: Int { shared.acceptedCount }

    /// The number of times that accepting has failed for lack of descriptors or memory; it is tried again a moment
    /// later.
    public var failedAcceptCount: Int { shared.failedAcceptCount }

    /// The number of bytes that requests hold now, of those that the configuration allows.
    public var bufferedByteCount: Int { shared.budget.byteCount }

    /// The number of pieces of work that compute queues are running or have queued.
    public var computationCount: Int { shared.computationCount }

    /// The most connections possible: as configured, or as the descriptor limit allows.
    public var connectionCountMax: Int { shared.configuration.connectionCountMax }

    /// Listens and serves.
    ///
    /// - Parameters:
    ///   - handler: Answers the requests, on all event loops at the same time.
    ///   - events: Receives events of the server as a whole, on any thread; it must not block.
    ///   - makeObserver: Creates the observer of the requests of one event loop; called once for each, on its thread.
    /// - Returns: The server, once connections are accepted.
    public static func start(
        _ configuration: ServerConfiguration, handler: any Handler,
        events: @escaping @Sendable (ServerEvent) -> Void = { _ in }, makeObserver: RequestObserverMaker? = nil
    ) throws(ServerError) -> Server {
        precondition(configuration.workerCount > 0, "A server has at least one event loop.")
        var configuration = configuration
        LargeMemory.mapByItself()
        configuration.connectionCountMax = try raiseDescriptorLimit(configuration, events)
        let listeners = try Listener.open(host: configuration.host, port: configuration.port)
        let server: Server
        do {
            server = try Server(configuration, handler, events, makeObserver, listeners)
        } catch {
            for listener in listeners { listener.close() }
            throw .resources(error)
        }
        do {
            try server.startLoops(listeners)
        } catch {
            throw .resources(error)
        }
        return server
    }

    private init(
        _ configuration: ServerConfiguration, _ handler: any Handler,
        _ events: @escaping @Sendable (ServerEvent) -> Void, _ makeObserver: RequestObserverMaker?,
        _ listeners: [Listener]
    ) throws(SystemError) {
        host = listeners[0].host
        port = listeners[0].port
        var mailboxes: [Mailbox] = []
        for _ in 0..<configuration.workerCount { mailboxes.append(try Mailbox()) }
        shared = ServerShared(configuration, handler, mailboxes, events, makeObserver)
    }

    /// Starts the loops; if one cannot start, ends those that have started, and closes the listeners.
    private func startLoops(_ listeners: [Listener]) throws(SystemError) {
        // The first loop owns the listeners, and starts last, so that no connection waits for the other loops.
        for index in shared.mailboxes.indices.reversed() {
            do {
                try startLoop(index, index == 0 ? listeners : [])
            } catch {
                for listener in listeners { listener.close() }
                stop()
                waitUntilStopped()
                throw error
            }
        }
    }

    /// Starts a loop on a thread of its own; the loop is created there and never leaves it.
    private func startLoop(_ index: Int, _ listeners: [Listener]) throws(SystemError) {
        let start = LoopStart()
        loops.enter()
        do {
            try DedicatedThread.start("loop \(index)") { [shared, loops] in
                Self.runLoop(index, shared, listeners, start)
                loops.leave()
            }
        } catch {
            loops.leave()
            throw error
        }
        try start.wait()
    }

    private static func runLoop(_ index: Int, _ shared: ServerShared, _ listeners: [Listener], _ start: LoopStart) {
        do throws(SystemError) {
            var loop = try EventLoop(index: index, shared: shared, listeners: listeners)
            start.finish(nil)
            loop.run()
        } catch {
            start.finish(error)
        }
    }

    /// Passes a loop's failure to start to the thread that starts it.
    private final class LoopStart: Sendable {
        private let error = Locked<SystemError?>(nil)
        private let isDone = DispatchSemaphore(value: 0)

        func finish(_ error: SystemError?) {
            self.error.withLock { $0 = error }
            isDone.signal()
        }

        func wait() throws(SystemError) {
            isDone.wait()
            if let error = error.withLock({ $0 }) { throw error }
        }
    }

    /// Shuts down gracefully.
    ///
    /// Listeners close, requests in progress and those that still arrive on kept connections are answered with
    /// `Connection: close`, and idle connections close; then the server has stopped.
    ///
    /// - Parameter timeoutSeconds: The time after which requests still in progress are dropped.
    public func drain(timeoutSeconds: Double) {
        // The loops measure the time: a timer of Dispatch needs descriptors, and without any the process would crash.
        let timeout = Int(min(timeoutSeconds, 1e9) * 1_000)
        for mailbox in shared.mailboxes { mailbox.post(.drain(timeoutMilliseconds: timeout)) }
    }

    /// Drops all connections.
    public func stop() {
        for mailbox in shared.mailboxes { mailbox.post(.stop) }
    }

    /// Returns when all connections are closed and all threads have ended.
    public func waitUntilStopped() { loops.wait() }

    /// The number of descriptors that are not connections: listeners, log, those that the system opens on its own; and
    /// for each loop its list of watched descriptors, its mailbox and its alarm.
    private static let reservedDescriptorCount = 64
    private static let loopDescriptorCount = 3
    /// The number of reserved descriptors that are indispensable.
    private static let neededDescriptorCount = 16

    /// Raises the descriptor limit as far as the system allows.
    ///
    /// - Returns: The number of connections that are possible, at most the configured number.
    /// - Throws: If the limit leaves no connection in addition to the event loops.
    private static func raiseDescriptorLimit(
        _ configuration: ServerConfiguration, _ events: (ServerEvent) -> Void
    ) throws(ServerError) -> Int {
        let (before, after): (Int, Int)
        do {
            (before, after) = try DescriptorLimit.raise()
        } catch {
            throw .resources(error)
        }
        if after > before { events(.descriptorLimitRaised(from: before, to: after)) }
        let ofLoops = loopDescriptorCount * configuration.workerCount
        guard after > ofLoops + neededDescriptorCount else {
            throw .tooFewDescriptors(
                limit: after, needed: ofLoops + neededDescriptorCount + 1, loopCount: configuration.workerCount)
        }
        let possible = max(after - ofLoops - reservedDescriptorCount, 1)
        if possible < configuration.connectionCountMax { events(.connectionLimitLowered(to: possible)) }
        return min(possible, configuration.connectionCountMax)
    }
}

/// Creates the observer of one event loop.
public typealias RequestObserverMaker = @Sendable () -> any RequestObserver
