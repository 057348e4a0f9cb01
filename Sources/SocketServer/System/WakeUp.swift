import CLinux
import Glibc

/// Ends an event loop's wait from another thread, by an eventfd.
///
/// Its owner closes it, exactly once.
struct WakeUp: Sendable {
    let descriptor: Int32

    init() throws(SystemError) {
        descriptor = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
        guard descriptor >= 0 else { throw SystemError("eventfd") }
    }

    func signal() {
        var one: UInt64 = 1
        // SAFETY: an eventfd accepts eight bytes. A full counter would block, but then it is already signalled.
        _ = retryingInterrupted { unsafe write(descriptor, &one, 8) }
    }

    /// Clears the signals.
    func clear() {
        var count: UInt64 = 0
        // SAFETY: an eventfd returns eight bytes.
        _ = retryingInterrupted { unsafe read(descriptor, &count, 8) }
    }

    func close() { _ = Glibc.close(descriptor) }
}
