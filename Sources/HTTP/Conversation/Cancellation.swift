import Synchronization

/// The state of a piece of work on a compute queue: whether it is still wanted, and whether it has ended.
///
/// There is one for each piece of work. It is cancelled when the connection is lost: the client has left, a deadline
/// has passed, or the server stops. Cancelling is a request: work looks at ``isCancelled`` after each bounded amount of
/// work (a millisecond's worth is a good measure) and then returns ``HTTP/Response/cancelled``, which is never sent.
/// Until the work has ended, the memory that it holds stays counted against the budget.
public final class Cancellation: Sendable {
    private static let running = -1
    private static let ended = -2

    /// One of the above; once cancelled, how many bytes the work holds that its connection has left to it.
    private let state = Atomic(running)

    public init() {}

    /// Whether the work may stop.
    ///
    /// It costs a load, and never becomes false again before the work has ended.
    public var isCancelled: Bool { state.load(ordering: .relaxed) >= 0 }

    /// Asks the work to stop; any thread may do so, any number of times.
    ///
    /// - Parameter byteCount: Memory that the work holds, which it counts off when it ends, in bytes.
    /// - Returns: Whether the work goes on; if it has ended, the caller counts the memory off.
    @discardableResult
    public func cancel(leaving byteCount: Int = 0) -> Bool {
        var current = state.load(ordering: .relaxed)
        while current != Self.ended {
            let (isExchanged, original) = state.weakCompareExchange(
                expected: current, desired: max(current, 0) + byteCount, ordering: .relaxed)
            if isExchanged { return true }
            current = original
        }
        return false
    }

    /// Notes that the work has ended.
    ///
    /// - Returns: How many bytes are to be counted off now.
    public func end() -> Int { max(state.exchange(Self.ended, ordering: .relaxed), 0) }
}

/// Computes an answer on a compute queue.
///
/// What takes longer than a few milliseconds looks at the cancellation on its way.
public typealias ResponseWork = @Sendable (_ cancellation: Cancellation) -> Response

extension Response {
    /// What cancelled work returns, for no one to read.
    public static var cancelled: Response { Response(.serviceUnavailable, body: .none) }
}
