import Locking

/// Renders a page on request, at a limited rate.
///
/// A client that polls now and then always gets a fresh page: up to ``burstCount`` pages are rendered without delay. A
/// flood of requests gets the cached page, which is about ``intervalNanoseconds`` old. So rendering takes a bounded
/// share of the event loops' time.
public final class PageCache: Sendable {
    static let burstCount = 10
    static let intervalNanoseconds = 100_000_000

    private struct State {
        var page: [UInt8]?
        /// The time at which the page was requested.
        var pageNanoseconds = 0
        /// The time at which all pages so far would have been rendered at one per interval.
        var paidNanoseconds = 0
    }

    private let state = Locked(State())
    private let clock: @Sendable () -> Int
    private let render: @Sendable () -> [UInt8]

    /// - Parameters:
    ///   - clock: Returns nanoseconds, 0 or more, on a monotonic clock.
    ///   - render: Renders a page; several threads may call it at the same time.
    public init(clock: @escaping @Sendable () -> Int, render: @escaping @Sendable () -> [UInt8]) {
        self.clock = clock
        self.render = render
    }

    /// Returns a fresh page, or the cached one.
    public func page() -> [UInt8] {
        let now = clock()
        let last: [UInt8]? = state.withLock { state in
            let isDue = state.paidNanoseconds - now <= (Self.burstCount - 1) * Self.intervalNanoseconds
            if !isDue, let page = state.page { return page }
            state.paidNanoseconds = max(state.paidNanoseconds, now) + Self.intervalNanoseconds
            return nil
        }
        if let last { return last }
        let page = render()
        state.withLock { state in
            // Another thread may have rendered a newer one in the meantime.
            if now >= state.pageNanoseconds { (state.page, state.pageNanoseconds) = (page, now) }
        }
        return page
    }
}
