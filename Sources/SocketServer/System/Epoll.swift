import CLinux
import Glibc

/// The kernel's list of descriptors that one event loop watches.
@safe
struct Epoll: ~Copyable {
    /// The events to be reported; errors and hang-ups are always reported.
    struct Interest: OptionSet, Equatable {
        let rawValue: UInt32

        /// Input, which is reported by each wait for as long as there is some.
        static let input = Interest(rawValue: EPOLLIN.rawValue)
        /// Input, which is reported once when it arrives (edge-triggered), and again after each
        /// ``Epoll/modify(_:_:token:)``.
        ///
        /// That saves the kernel a second check of each descriptor. A caller that leaves some input unread has to
        /// modify the interest to have it reported again.
        static let arrivals = Interest(
            rawValue: EPOLLIN.rawValue | EPOLLPRI.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue)
        /// The end of the peer's input, which is reported once, as ``arrivals`` are.
        static let departure = Interest(rawValue: EPOLLRDHUP.rawValue | EPOLLET.rawValue)
        /// Space for output, which is reported by each wait for as long as there is some.
        static let output = Interest(rawValue: EPOLLOUT.rawValue)
    }

    /// An event of one descriptor.
    struct Event {
        /// The token with which the descriptor was added.
        let token: UInt64
        private let bits: UInt32

        init(token: UInt64, bits: UInt32) {
            self.token = token
            self.bits = bits
        }

        var hasInput: Bool { bits & EPOLLIN.rawValue != 0 }
        var takesOutput: Bool { bits & EPOLLOUT.rawValue != 0 }
        /// Whether the peer has shut down its side: it sends nothing more, but may still be there.
        var hasInputEnded: Bool { bits & EPOLLRDHUP.rawValue != 0 }
        /// Whether the peer has disconnected, so that nothing can be sent any more.
        var isDisconnected: Bool { bits & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 }
        /// Whether a read may stop before all input has been read: at the end of input, at an error, or at an urgent
        /// byte (MSG_OOB), which the kernel removes from the stream.
        var hasMark: Bool { bits & (EPOLLRDHUP.rawValue | EPOLLPRI.rawValue) != 0 || isDisconnected }
    }

    private let descriptor: Int32
    private let events: UnsafeMutableBufferPointer<epoll_event>

    /// Creates an empty list.
    ///
    /// - Parameter eventCountMax: The most events that one wait returns; the rest are returned by the next.
    init(eventCountMax: Int) throws(SystemError) {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard descriptor >= 0 else { throw SystemError("epoll_create1") }
        unsafe events = .allocate(capacity: eventCountMax)
        unsafe events.initialize(repeating: epoll_event())
    }

    deinit {
        _ = close(descriptor)
        unsafe events.deallocate()
    }

    func add(_ watched: Int32, _ interest: Interest, token: UInt64) throws(SystemError) {
        try control(EPOLL_CTL_ADD, watched, interest, token)
    }

    func modify(_ watched: Int32, _ interest: Interest, token: UInt64) throws(SystemError) {
        try control(EPOLL_CTL_MOD, watched, interest, token)
    }

    private func control(
        _ operation: Int32, _ watched: Int32, _ interest: Interest, _ token: UInt64
    ) throws(SystemError) {
        var event = unsafe epoll_event(events: interest.rawValue, data: epoll_data_t(u64: token))
        // SAFETY: the kernel copies the event during the call.
        guard unsafe epoll_ctl(descriptor, operation, watched, &event) == 0 else { throw SystemError("epoll_ctl") }
    }

    /// Waits for events.
    ///
    /// - Parameter timeoutMilliseconds: 0 returns at once, -1 waits without a limit.
    /// - Returns: The number of events for ``event(_:)``. An interrupted wait is repeated: when a stopped process
    ///   continues (SIGCONT), "no event" would be wrong, since many may have occurred meanwhile.
    func wait(timeoutMilliseconds: Int32) -> Int {
        let count = retryingInterrupted {
            // SAFETY: the kernel writes at most `events.count` events to `events`, which this value owns.
            unsafe epoll_wait(descriptor, events.baseAddress, Int32(events.count), timeoutMilliseconds)
        }
        return max(Int(count), 0)
    }

    /// Returns an event of the last wait.
    func event(_ index: Int) -> Event {
        // SAFETY: all elements are initialized from the start; the union's 64-bit view is the one that was written.
        unsafe Event(token: events[index].data.u64, bits: events[index].events)
    }
}
