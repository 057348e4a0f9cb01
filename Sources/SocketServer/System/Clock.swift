import Glibc

/// Reads the kernel's clocks.
enum Clock {
    /// Returns milliseconds on a monotonic clock.
    static func monotonicMilliseconds() -> Int {
        var time = timespec()
        // SAFETY: the kernel writes one timespec.
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int(time.tv_sec) * 1_000 + Int(time.tv_nsec) / 1_000_000
    }

    /// Returns nanoseconds on the same clock.
    static func monotonicNanoseconds() -> Int {
        var time = timespec()
        // SAFETY: the kernel writes one timespec.
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
    }

    /// Returns seconds since 1970, UTC.
    static func unixSeconds() -> Int {
        var time = timespec()
        // SAFETY: the kernel writes one timespec.
        _ = unsafe clock_gettime(CLOCK_REALTIME_COARSE, &time)
        return Int(time.tv_sec)
    }
}
