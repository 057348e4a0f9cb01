import Synchronization

/// The state of a piece of work on a compute queue: whether its result is still needed, and whether it has ended.
///
/// Each piece of work has its own. It is cancelled when the connection is lost: the client has disconnected, a deadline
/// has passed, or the server stops. Cancellation is cooperative: work checks ``isCancelled`` after each bounded amount
/// of work (about a millisecond's worth is a good measure) and then returns ``HTTP/Response/cancelled``, which is never
/// sent. Until the work has ended, the memory that it holds remains counted against the budget.
public final class Cancellation: Sendable {
    private static let running = -1
    private static let ended = -2

    /// One of the values above; once cancelled, the number of bytes that the work holds and its connection has left to
    /// it.
    private let state = Atomic(running)

    public init() {}

    /// Whether the work may stop.
    ///
    /// Reading it costs one load. It never becomes false again before the work has ended.
    public var isCancelled: Bool { state.load(ordering: .relaxed) >= 0 }

    /// Cancels the work; any thread may do so, any number of times.
    ///
    /// - Parameter byteCount: The memory that the work holds and releases when it ends, in bytes.
    /// - Returns: Whether the work continues; if it has ended, the caller releases the memory.
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

    /// Marks the work as ended.
    ///
    /// - Returns: The number of bytes to release now.
    public func end() -> Int { max(state.exchange(Self.ended, ordering: .relaxed), 0) }
}

/// Computes an answer on a compute queue.
///
/// Work that takes longer than a few milliseconds checks the cancellation as it proceeds.
public typealias ResponseWork = @Sendable (_ cancellation: Cancellation) -> Response

extension Response {
    /// The result of cancelled work, which is never sent.
    public static var cancelled: Response { Response(.serviceUnavailable, body: .none) }
}
