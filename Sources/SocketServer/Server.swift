import Dispatch
import HTTP
import Locking

/// An HTTP/1.1 server: event loops, each a thread of its own, that let a handler answer.
///
/// It serves from ``start(_:handler:events:)`` on. To end it, drain it; or drop what is under way with ``stop()``.
public final class Server: Sendable {
    let shared: ServerShared
    private let loops = DispatchGroup()
    /// The address that is listened on, in numbers, and the port, a free one where 0 was asked for.
    public let host: String
    public let port: UInt16

    /// `http://` with host and port, for people to click on.
    public var url: String { host.contains(":") ? "http://[\(host)]:\(port)" : "http://\(host):\(port)" }

    /// Connections that are open now.
    public var connectionCount: Int { shared.connectionCount }

    /// Connections accepted since the start.
    public var acceptedCount: Int { shared.acceptedCount }

    /// How often accepting has failed for want of descriptors or memory; each time it is tried again a moment later.
    public var failedAcceptCount: Int { shared.failedAcceptCount }

    /// Bytes that requests hold now, of those that the configuration allows.
    public var bufferedByteCount: Int { shared.budget.byteCount }

    /// Pieces of work that a compute queue has or has in line.
    public var computationCount: Int { shared.computationCount }

    /// Most connections possible: as configured, or what the descriptor limit allows.
    public var connectionCountMax: Int { shared.configuration.connectionCountMax }

    /// Listens and serves.
    ///
    /// - Parameters:
    ///   - handler: Answers the requests, on all event loops at the same time.
    ///   - events: Told of what concerns the server as a whole, on any thread; must not block.
    ///   - makeObserver: Makes who is told of the requests of one event loop; called once for each, on its thread.
    /// - Returns: Once connections are accepted.
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

    /// Starts the loops; if one cannot start, ends those that have, and closes the listeners.
    private func startLoops(_ listeners: [Listener]) throws(SystemError) {
        // The first loop owns the listeners, and starts last: no connection waits for the other loops.
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

    /// Starts a loop on a thread of its own; the loop is made there and never leaves it.
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

    /// Hands a loop's failure to start to the thread that starts it.
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

    /// Shuts down in peace: listeners close, requests under way and those that kept connections still bring are
    /// answered with `Connection: close`, idle connections close; then the server has stopped.
    ///
    /// - Parameter timeoutSeconds: What is still under way after that is dropped.
    public func drain(timeoutSeconds: Double) {
        // The loops keep the time: a timer of Dispatch needs descriptors, and without any the process would crash.
        let timeout = Int(min(timeoutSeconds, 1e9) * 1_000)
        for mailbox in shared.mailboxes { mailbox.post(.drain(timeoutMilliseconds: timeout)) }
    }

    /// Drops everything.
    public func stop() {
        for mailbox in shared.mailboxes { mailbox.post(.stop) }
    }

    /// Returns when all connections are closed and all threads have ended.
    public func waitUntilStopped() { loops.wait() }

    /// Descriptors that are not connections: listeners, log, what the system opens by itself; and for each loop its
    /// list of watched descriptors, its mailbox and its alarm.
    private static let reservedDescriptorCount = 64
    private static let loopDescriptorCount = 3
    /// Of the reserved ones, those without which nothing can be served.
    private static let neededDescriptorCount = 16

    /// - Returns: How many connections are possible, at most what is configured.
    /// - Throws: If the limit leaves no connection beside the event loops.
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

/// Makes the observer of one event loop.
public typealias RequestObserverMaker = @Sendable () -> any RequestObserver
