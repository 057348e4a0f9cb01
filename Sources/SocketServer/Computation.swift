import Synchronization

/// Work on a compute queue, which may outlive its connection: sees to it that what it holds is counted to its end.
final class Computation: Sendable {
    private static let running = -1
    private static let ended = -2

    /// One of the above, or how many bytes the work holds that its connection has left to it.
    private let state = Atomic(running)

    /// The connection closes.
    ///
    /// - Parameter heldByteCount: What is counted for it.
    /// - Returns: Whether the work goes on, and counts the bytes off when it ends.
    func abandon(heldByteCount: Int) -> Bool {
        state.exchange(heldByteCount, ordering: .relaxed) == Self.running
    }

    /// The work has ended.
    ///
    /// - Returns: How many bytes are to be counted off now.
    func end() -> Int { max(state.exchange(Self.ended, ordering: .relaxed), 0) }
}
