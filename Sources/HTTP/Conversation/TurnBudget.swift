/// A connection's share of an event loop's time.
///
/// A connection that has used it goes to the back of the queue, with what it has left, and the loop serves the others.
/// What bounds its overrun is the work between two looks at the clock: one request, or 16 KiB of a body.
public struct TurnBudget: Sendable {
    /// How long a turn is.
    public static let nanoseconds = 500_000

    private let clock: @Sendable () -> Int
    private var endNanoseconds = Int.max

    /// - Parameter clock: Nanoseconds on a clock that never jumps.
    public init(clock: @escaping @Sendable () -> Int = { 0 }) { self.clock = clock }

    /// Begins a turn.
    public mutating func begin(atNanoseconds now: Int) { endNanoseconds = now + Self.nanoseconds }

    /// Whether the turn is over; looks at the clock.
    public var isOver: Bool { clock() >= endNanoseconds }

    /// Whether the turn was over at a time that is known.
    func isOver(atNanoseconds now: Int) -> Bool { now >= endNanoseconds }
}
