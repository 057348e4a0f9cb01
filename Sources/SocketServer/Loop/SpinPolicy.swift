/// Whether an event loop looks for the next event for a moment before it sleeps.
///
/// Falling asleep and being woken costs a client that asks again at once more than the answer itself. While few
/// connections are active a short spin finds the next request instead; with many it would only burn the time that a
/// wait lets pass; and between rare requests it finds nothing. So it spins while the last events came from few
/// connections, for as long as nearly every spin has lately found something.
struct SpinPolicy {
    /// How long to look.
    static let durationNanoseconds = 50_000
    /// More connections than these are many.
    static let activeCountMax = 2
    /// Over how many events active connections are counted.
    private static let windowEventCount = 32
    private static let creditMax = 16
    private static let missCost = 4
    /// After it has not paid, how many events pass until it is tried again.
    private static let pauseEventCount = 64

    private var credit = creditMax
    /// One bit for each connection of this window, by its place modulo 64.
    private var activeBits: UInt64 = 0
    private var eventCount = 0
    private var pausedEventCount = 0
    private var areFewActive = false

    /// Tells of a connection's event.
    mutating func note(connection index: Int) {
        activeBits |= 1 &<< UInt64(truncatingIfNeeded: index)
        eventCount &+= 1
        pausedEventCount &+= 1
        guard eventCount == Self.windowEventCount else { return }
        areFewActive = activeBits.nonzeroBitCount <= Self.activeCountMax
        activeBits = 0
        eventCount = 0
    }

    /// Whether to spin before the next wait; asked only behind events.
    var shouldSpin: Bool { areFewActive && (credit > 0 || pausedEventCount >= Self.pauseEventCount) }

    /// Tells what came of a spin.
    mutating func spun(found: Bool) {
        credit = found ? min(credit + 1, Self.creditMax) : max(credit - Self.missCost, 0)
        pausedEventCount = 0
    }
}
