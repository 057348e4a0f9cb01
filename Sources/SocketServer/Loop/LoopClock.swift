/// Measures an event loop's time: milliseconds of the monotonic clock, excluding those in which the process was
/// stopped.
///
/// Deadlines limit the time that a peer may take. While the process is stopped, starved or being moved to another
/// machine, no peer can influence that, and what peers have sent meanwhile may still be in transit when it continues.
/// But if the loop is late repeatedly, its time advances, so that deadlines, and the end of a drain, still occur.
struct LoopClock {
    /// The lateness beyond which a loop has not been running.
    static let latenessMillisecondsMax = 1_000

    /// The most pauses that are excluded within a second of the loop's time.
    static let pauseCountMax = 3

    /// The last reading of the monotonic clock.
    private(set) var monotonicMilliseconds: Int
    /// The sum of all pauses.
    private(set) var pausedMilliseconds = 0
    /// The number of pauses within the current second of the loop's time, which the first of them has begun.
    private var pauseCount = 0
    private var pauseWindowEndMilliseconds = Int.min

    init(monotonicMilliseconds: Int) { self.monotonicMilliseconds = monotonicMilliseconds }

    /// The loop's time.
    var milliseconds: Int { monotonicMilliseconds - pausedMilliseconds }

    /// Advances to a reading of the monotonic clock.
    ///
    /// - Parameter planned: The latest time for this reading, on the monotonic clock. If the reading is much later, the
    ///   whole time since the last reading counts as a pause, since the start of the pause is unknown.
    mutating func advance(toMonotonicMilliseconds now: Int, planned: Int) {
        if now - max(planned, monotonicMilliseconds) > Self.latenessMillisecondsMax {
            notePause(milliseconds: now - monotonicMilliseconds)
        }
        monotonicMilliseconds = now
    }

    private mutating func notePause(milliseconds pause: Int) {
        if milliseconds >= pauseWindowEndMilliseconds {
            pauseCount = 0
            pauseWindowEndMilliseconds = milliseconds + 1_000
        }
        pauseCount += 1
        if pauseCount <= Self.pauseCountMax { pausedMilliseconds += pause }
    }

    /// Returns when the loop's time will reach this time, on the monotonic clock and without further pauses; `Int.max`
    /// is never.
    func monotonic(_ milliseconds: Int) -> Int { milliseconds == .max ? .max : milliseconds + pausedMilliseconds }
}
