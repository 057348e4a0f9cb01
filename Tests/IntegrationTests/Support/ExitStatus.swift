import Foundation

/// The exit status of a program, once it has ended.
///
/// `@unchecked Sendable`: `status` is only touched under the lock of `changed`.
final class ExitStatus: @unchecked Sendable {
    private let changed = NSCondition()
    private var status: Int32?

    /// Waits on a dedicated thread for the program's end and stores its status.
    func await(_ processIdentifier: pid_t) {
        // It stays a zombie until its status is stored, so that its identifier cannot be reused.
        var information = siginfo_t()
        while waitid(P_PID, id_t(processIdentifier), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        changed.withLock {
            var code: Int32 = 0
            waitpid(processIdentifier, &code, 0)
            let signal = code & 0x7F
            status = signal == 0 ? (code >> 8) & 0xFF : 128 + signal
            changed.broadcast()
        }
    }

    /// Runs `action` if the program has not ended, and keeps its identifier from being reused meanwhile.
    func whileRunning(_ action: () -> Void) {
        changed.withLock { if status == nil { action() } }
    }

    /// Waits for the end; returns nil if it does not come in time.
    func wait() -> Int32? {
        let deadline = Date(timeIntervalSinceNow: ChildProcess.patienceSeconds)
        return changed.withLock {
            while status == nil, changed.wait(until: deadline) {}
            return status
        }
    }
}
