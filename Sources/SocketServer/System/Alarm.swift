import CLinux
import Glibc

/// Ends an event loop's wait at a time: a timerfd.
///
/// It is set only where it has to ring earlier than it is going to. With a time limit, each wait would set a timer of
/// the kernel and take it back, request by request, though deadlines are seconds away and hardly ever come.
///
/// Whoever watches it for ``Epoll/Interest/arrivals`` is told once each time that it rings, with nothing to take back.
struct Alarm: ~Copyable {
    /// When it rings, in milliseconds of the monotonic clock; `Int.max` for never.
    private(set) var milliseconds = Int.max
    let descriptor: Int32

    init() throws(SystemError) {
        descriptor = timerfd_create(CLOCK_MONOTONIC, Int32(TFD_NONBLOCK | TFD_CLOEXEC))
        guard descriptor >= 0 else { throw SystemError("timerfd_create") }
    }

    deinit { _ = close(descriptor) }

    /// Has it ring at a time, or before, where it is set to ring earlier; `Int.max` is never.
    mutating func ring(by milliseconds: Int) {
        guard milliseconds < self.milliseconds else { return }
        self.milliseconds = milliseconds
        var setting = itimerspec()
        // A time of zero would switch it off.
        setting.it_value = timespec(tv_sec: milliseconds / 1_000, tv_nsec: milliseconds % 1_000 * 1_000_000 + 1)
        // SAFETY: the kernel copies the setting during the call.
        _ = unsafe timerfd_settime(descriptor, Int32(TFD_TIMER_ABSTIME), &setting, nil)
    }

    /// Takes note that it has rung, so that it can be set anew.
    mutating func hasRung() { milliseconds = Int.max }
}
