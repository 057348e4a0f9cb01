/// Decides whether an event loop polls for the next event for a moment before it sleeps.
///
/// Falling asleep and being woken costs a client that sends its next request at once more than the answer itself. While
/// few connections are active, a short spin finds the next request instead; with many, it would only waste the time in
/// which others can run; and between rare requests, it finds nothing. So the loop spins while the last events came from
/// few connections, for as long as nearly every recent spin has found something.
struct SpinPolicy {
    /// The duration of a spin.
    static let durationNanoseconds = 50_000
    /// The largest number of connections that counts as few.
    static let activeCountMax = 2
    /// The number of events over which active connections are counted.
    private static let windowEventCount = 32
    private static let creditMax = 16
    private static let missCost = 4
    /// The number of events after which spinning is tried again when it has not been worthwhile.
    private static let pauseEventCount = 64

    private var credit = creditMax
    /// One bit for each connection of this window, by its slot modulo 64.
    private var activeBits: UInt64 = 0
    private var eventCount = 0
    private var pausedEventCount = 0
    private var areFewActive = false

    /// Records a connection's event.
    mutating func note(connection index: Int) {
        activeBits |= 1 &<< UInt64(truncatingIfNeeded: index)
        eventCount &+= 1
        pausedEventCount &+= 1
        guard eventCount == Self.windowEventCount else { return }
        areFewActive = activeBits.nonzeroBitCount <= Self.activeCountMax
        activeBits = 0
        eventCount = 0
    }

    /// Whether to spin before the next wait; it is read only after events.
    var shouldSpin: Bool { areFewActive && (credit > 0 || pausedEventCount >= Self.pauseEventCount) }

    /// Records the result of a spin.
    mutating func spun(found: Bool) {
        credit = found ? min(credit + 1, Self.creditMax) : max(credit - Self.missCost, 0)
        pausedEventCount = 0
    }
}
