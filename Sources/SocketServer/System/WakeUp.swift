import CLinux
import Glibc

/// Ends an event loop's wait from another thread: an eventfd.
///
/// Whoever owns it closes it, once.
struct WakeUp: Sendable {
    let descriptor: Int32

    init() throws(SystemError) {
        descriptor = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
        guard descriptor >= 0 else { throw SystemError("eventfd") }
    }

    func signal() {
        var one: UInt64 = 1
        // SAFETY: an eventfd takes eight bytes. A full counter would block, and then it is signalled already.
        _ = retryingInterrupted { unsafe write(descriptor, &one, 8) }
    }

    /// Takes the signals back.
    func clear() {
        var count: UInt64 = 0
        // SAFETY: an eventfd gives eight bytes.
        _ = retryingInterrupted { unsafe read(descriptor, &count, 8) }
    }

    func close() { _ = Glibc.close(descriptor) }
}
