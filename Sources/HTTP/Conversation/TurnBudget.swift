/// Limits a connection's share of an event loop's time.
///
/// A connection that has used its turn goes to the end of the queue, with its unused input, and the loop serves the
/// others. Its overrun is bounded by the work between two readings of the clock: one request, or 16 KiB of a body.
public struct TurnBudget: Sendable {
    /// The duration of a turn.
    public static let nanoseconds = 500_000

    private let clock: @Sendable () -> Int
    private var endNanoseconds = Int.max

    /// Creates the budget.
    ///
    /// - Parameter clock: Nanoseconds on a monotonic clock.
    public init(clock: @escaping @Sendable () -> Int = { 0 }) { self.clock = clock }

    /// Begins a turn.
    public mutating func begin(atNanoseconds now: Int) { endNanoseconds = now + Self.nanoseconds }

    /// Whether the turn is over; reads the clock.
    public var isOver: Bool { clock() >= endNanoseconds }

    /// Returns whether the turn was over at a time that is known.
    func isOver(atNanoseconds now: Int) -> Bool { now >= endNanoseconds }
}
