/// An event loop's clock: milliseconds of the monotonic clock, but for those in which the process was stopped.
///
/// Deadlines limit how long a peer may take. While the process is stopped, starved or being moved to another machine,
/// no peer can do anything about it, and what peers have sent meanwhile may still be on its way when it goes on. But if
/// the loop is late again and again, its time goes on, so that deadlines, and the end of a drain, come in the end.
struct LoopClock {
    /// A loop that wakes up later than planned by more than this has not been running.
    static let latenessMillisecondsMax = 1_000

    /// How many pauses are left out within a second of the loop's time.
    static let pauseCountMax = 3

    /// The last reading of the monotonic clock.
    private(set) var monotonicMilliseconds: Int
    /// The sum of all pauses.
    private(set) var pausedMilliseconds = 0
    /// Pauses within the present second of the loop's time, which the first of them has begun.
    private var pauseCount = 0
    private var pauseWindowEndMilliseconds = Int.min

    init(monotonicMilliseconds: Int) { self.monotonicMilliseconds = monotonicMilliseconds }

    /// The loop's time.
    var milliseconds: Int { monotonicMilliseconds - pausedMilliseconds }

    /// Takes a reading of the monotonic clock.
    ///
    /// - Parameter planned: When the loop meant to read the clock at the latest, on the monotonic clock. If it is much
    ///   later, the whole time since the last reading counts as a pause: when the pause began is not known.
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

    /// When the loop's time will be that, on the monotonic clock, unless there is another pause; `Int.max` is never.
    func monotonic(_ milliseconds: Int) -> Int { milliseconds == .max ? .max : milliseconds + pausedMilliseconds }
}
