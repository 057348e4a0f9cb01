import Locking

/// Renders a page on request, at a limited rate.
///
/// A reader who asks now and then always gets a fresh page: up to ``burstCount`` pages are rendered as fast as they are
/// asked for. A flood gets the last page again, which is then about ``intervalNanoseconds`` old. So the pages that are
/// rendered cost the event loops, which call this, a bounded part of their time.
public final class PageCache: Sendable {
    static let burstCount = 10
    static let intervalNanoseconds = 100_000_000

    private struct State {
        var page: [UInt8]?
        /// When the page was asked for.
        var pageNanoseconds = 0
        /// When all pages so far would have been rendered, had they come one an interval.
        var paidNanoseconds = 0
    }

    private let state = Locked(State())
    private let clock: @Sendable () -> Int
    private let render: @Sendable () -> [UInt8]

    /// - Parameters:
    ///   - clock: Nanoseconds, 0 or more, on a clock that never jumps.
    ///   - render: Makes a page; several threads may call it at a time.
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
            // Another thread may have rendered a newer one meanwhile.
            if now >= state.pageNanoseconds { (state.page, state.pageNanoseconds) = (page, now) }
        }
        return page
    }
}
