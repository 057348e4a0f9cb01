import CLinux
import Glibc

/// Ends an event loop's wait at a given time, by a timerfd.
///
/// It is armed only if it has to fire earlier than it already will. With a timeout, each wait would set and cancel a
/// timer of the kernel, request by request, though deadlines are seconds away and hardly ever come.
///
/// Watched for ``Epoll/Interest/arrivals``, it is reported once each time that it fires, and need not be cleared.
struct Alarm: ~Copyable {
    /// The time at which it fires, in milliseconds of the monotonic clock; `Int.max` for never.
    private(set) var milliseconds = Int.max
    let descriptor: Int32

    init() throws(SystemError) {
        descriptor = timerfd_create(CLOCK_MONOTONIC, Int32(TFD_NONBLOCK | TFD_CLOEXEC))
        guard descriptor >= 0 else { throw SystemError("timerfd_create") }
    }

    deinit { _ = close(descriptor) }

    /// Arms the timer for this time unless it already fires earlier; `Int.max` is never.
    mutating func ring(by milliseconds: Int) {
        guard milliseconds < self.milliseconds else { return }
        self.milliseconds = milliseconds
        var setting = itimerspec()
        // A time of zero would disarm it.
        setting.it_value = timespec(tv_sec: milliseconds / 1_000, tv_nsec: milliseconds % 1_000 * 1_000_000 + 1)
        // SAFETY: the kernel copies the setting during the call.
        _ = unsafe timerfd_settime(descriptor, Int32(TFD_TIMER_ABSTIME), &setting, nil)
    }

    /// Records that it has fired, so that it can be armed again.
    mutating func hasRung() { milliseconds = Int.max }
}
