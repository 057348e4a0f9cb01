import HTTP

/// Controls whether and when new connections are accepted.
struct Acceptance {
    /// The time of the next attempt while it is paused, even if nothing closes.
    var retryMilliseconds: Int?
    /// Whether accepting is paused; then the listeners are not watched.
    var isPaused = false
    /// The time at which, while draining, the listeners may be closed, once their queues are empty.
    var closingMilliseconds: Int?
    var failureReports = ReportLimit()
    var pauseReports = ReportLimit()

    /// The time of the next action that needs no event; `Int.max` for never.
    var nextMilliseconds: Int {
        if isPaused { return retryMilliseconds ?? Int.max }
        return closingMilliseconds ?? Int.max
    }

    /// The delay before another attempt.
    static let retryDelayMilliseconds = 100
    /// The most connections that one event accepts, so that existing connections get their turn.
    static let batchCount = 64
    /// The time for handshakes that have begun when the listeners are about to close: longer than a lost segment takes
    /// to be sent again.
    static let handshakeMilliseconds = 500
}

/// Accepts connections on the first loop, and hands each to the loop that has the fewest.
///
/// With SO_REUSEPORT the kernel could do that, but then any other process of this user could take a share unnoticed.
extension EventLoop {
    /// Accepts the connections that wait on a listener, at most ``Acceptance/batchCount``.
    ///
    /// - Returns: Whether no more are waiting there.
    @discardableResult
    mutating func acceptConnections(_ listener: Listener) -> Bool {
        guard !acceptance.isPaused else { return false }
        guard makeRoom() else {
            pauseAccepting()
            return false
        }
        for _ in 0..<Acceptance.batchCount {
            switch listener.accept() {
            case .connection(let socket):
                shared.connectionAccepted()
                place(socket)
                shared.closingClaim.satisfy()
            case .failed: continue
            case .wouldBlock:
                shared.closingClaim.satisfy()
                return true
            case .exhausted(let error):
                retryAcceptingLater(error)
                return false
            }
            // It is unknown whether another one waits; if so, its event makes space for it.
            guard hasRoom else { return false }
        }
        return false
    }

    private var hasRoom: Bool { shared.connectionCount < shared.configuration.connectionCountMax }

    /// Passes a connection to a loop.
    private mutating func place(_ socket: Socket) {
        let target = shared.leastLoadedLoop
        shared.connectionOpened(loop: target)
        if target == index {
            adopt(socket)
        } else if !shared.mailboxes[target].post(.adopt(socket)) {
            // That loop has already drained.
            shared.connectionClosed(loop: target)
            shared.connectionOpened(loop: index)
            adopt(socket)
        }
    }

    mutating func adopt(_ socket: Socket) {
        guard !table.isFull else {
            socket.close()
            return shared.connectionClosed(loop: index)
        }
        let place = table.insert(socket, Conversation(context))
        do {
            try epoll.add(socket.descriptor, table[place].interest, token: id(place).token)
        } catch {
            return close(place)
        }
        updateDeadline(place)
    }

    // MARK: Limits

    /// Returns whether another connection is allowed, if necessary in place of an idle one.
    private mutating func makeRoom() -> Bool {
        guard !hasRoom else { return true }
        claimClosing()
        return hasRoom
    }

    /// Closes an idle connection of this loop, or notifies the other loops to close one of theirs.
    private mutating func claimClosing() {
        shared.closingClaim.make()
        closeIdleConnection()
        guard shared.closingClaim.isOpen else { return }
        for other in shared.mailboxes.indices where other != index { shared.mailboxes[other].post(.closeIdle) }
    }

    /// Closes approximately the longest idle connection if the accepting loop has claimed one and this loop has any.
    ///
    /// Lingering connections are closed first, those of all loops before any idle one. A connection whose request has
    /// arrived and only waits for its turn is not idle.
    mutating func closeIdleConnection() {
        guard shared.closingClaim.isOpen, let connection = connectionToClose, shared.closingClaim.take() else { return }
        close(connection)
    }

    private var connectionToClose: Int? {
        guard shared.lingeringCount == 0 else {
            // If this loop has none, another one has. Their deadlines are near, so few entries have to be searched.
            let limit = context.nowMilliseconds + ConnectionTimeouts.lingerPauseMilliseconds
            return wheel.first(dueBy: limit) { table[$0].isLingering }
        }
        return wheel.first { table[$0].conversation.isIdle && !isQueued($0) && !table[$0].socket.hasInput }
    }

    private mutating func pauseAccepting() {
        if let count = acceptance.pauseReports.note(nowMilliseconds: context.nowMilliseconds) {
            shared.events(.acceptPaused(connectionCount: shared.connectionCount, count: count))
        }
        watchListeners([])
        // A connection may become idle instead of closing.
        acceptance.retryMilliseconds = context.nowMilliseconds + Acceptance.retryDelayMilliseconds
        shared.pauseAccepting()
        // A connection may have closed between the count and the pause.
        if hasRoom { resumeAccepting() }
    }

    mutating func resumeAccepting() {
        acceptance.retryMilliseconds = nil
        if acceptance.isPaused { watchListeners(.input) }
    }

    private mutating func retryAcceptingLater(_ error: SystemError) {
        shared.acceptFailed()
        if let count = acceptance.failureReports.note(nowMilliseconds: context.nowMilliseconds) {
            shared.events(.acceptFailed(error, count: count))
        }
        claimClosing()
        watchListeners([])
        acceptance.retryMilliseconds = context.nowMilliseconds + Acceptance.retryDelayMilliseconds
    }

    mutating func resumeAcceptingIfDue() {
        guard let retry = acceptance.retryMilliseconds, retry <= context.nowMilliseconds else { return }
        resumeAccepting()
    }

    private mutating func watchListeners(_ interest: Epoll.Interest) {
        acceptance.isPaused = interest.isEmpty
        for (index, listener) in listeners.enumerated() {
            do {
                try epoll.modify(listener.descriptor, interest, token: Self.listenerToken(index))
            } catch {
                shared.events(.acceptFailed(error, count: 1))
            }
        }
    }

    // MARK: Ending

    /// Stops new connections; those that the kernel has, or is setting up, are still accepted.
    mutating func beginClosingListeners() {
        guard !listeners.isEmpty else { return }
        var areNewDropped = true
        for listener in listeners { areNewDropped = listener.dropNewConnections() && areNewDropped }
        acceptance.closingMilliseconds =
            context.nowMilliseconds + (areNewDropped ? Acceptance.handshakeMilliseconds : 0)
    }

    /// Closes the listeners when it is time, each once its queue is empty: no connection accepted by the kernel is
    /// lost.
    ///
    /// A listener stays open while there is no space or no descriptor for a connection that waits.
    mutating func closeListenersIfDue() {
        guard let closing = acceptance.closingMilliseconds, closing <= context.nowMilliseconds, !listeners.isEmpty
        else { return }
        // Each is tried once, so that a steady flow of connections delays neither the other listeners nor the end.
        for index in listeners.indices.reversed() where acceptConnections(listeners[index]) {
            listeners[index].close()
            listeners.remove(at: index)
        }
        if listeners.isEmpty { acceptance = Acceptance() }
    }

    /// Closes the listeners at once.
    mutating func closeListeners() {
        for listener in listeners { listener.close() }
        listeners = []
        acceptance = Acceptance()
    }
}
