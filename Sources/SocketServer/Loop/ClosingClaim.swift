import Synchronization

/// The accepting loop's request to close one connection, so that a waiting one can be accepted.
///
/// All loops look for a connection to close, some of them late. A loop takes the claim before it closes one, so that
/// each claim closes one connection at most, however often the loops have been notified meanwhile. A connection that
/// closes on its own satisfies the claim too.
final class ClosingClaim: Sendable {
    private static let none: UInt8 = 0
    private static let open: UInt8 = 1
    /// The state in which a loop is about to close a connection.
    private static let taken: UInt8 = 2

    private let state = Atomic(none)

    /// Requests that a connection be closed, unless a request is already open.
    func make() {
        _ = state.compareExchange(expected: Self.none, desired: Self.open, ordering: .acquiringAndReleasing)
    }

    /// Whether a loop may still take the claim.
    var isOpen: Bool { state.load(ordering: .acquiring) == Self.open }

    /// Takes the claim, before a connection is closed for it.
    ///
    /// - Returns: False if another loop has taken it, or it has been satisfied; then no connection is to be closed.
    func take() -> Bool {
        state.compareExchange(expected: Self.open, desired: Self.taken, ordering: .acquiringAndReleasing).exchanged
    }

    /// Ends the claim: a connection has been closed, or there is no longer one that waits to be accepted.
    func satisfy() {
        // There is nearly always no claim.
        if state.load(ordering: .acquiring) != Self.none { state.store(Self.none, ordering: .releasing) }
    }
}
