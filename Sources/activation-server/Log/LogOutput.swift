import Dispatch
import Locking
import SocketServer

/// Writes log lines to standard error without ever blocking a caller.
///
/// Lines are queued, up to ``pendingByteCountMax``, and a dedicated thread writes them. If the reader of the log is
/// slow or gone, lines are dropped and counted while the service continues. The count is logged once there is room
/// again.
final class LogOutput: Sendable {
    static let pendingByteCountMax = 1_048_576

    private struct State {
        var pending: [UInt8] = []
        var droppedLineCount = 0
        var isWriting = false
        /// Signalled once nothing is pending.
        var flushes: [DispatchSemaphore] = []
    }

    private let state = Locked(State())
    /// Signalled when there is something to write.
    private let work = DispatchSemaphore(value: 0)
    /// Returns the line that replaces that many dropped ones, with its line feed.
    private let droppedLine: @Sendable (Int) -> String
    /// Writes all bytes, or discards them if the reader is gone.
    private let writeAll: @Sendable ([UInt8]) -> Void

    /// - Throws: An error if its thread cannot be started.
    init(
        droppedLine: @escaping @Sendable (Int) -> String, writeAll: @escaping @Sendable ([UInt8]) -> Void
    ) throws(SystemError) {
        self.droppedLine = droppedLine
        self.writeAll = writeAll
        try DedicatedThread.start("log") { [weak self, work] in
            while true {
                work.wait()
                guard let self else { return }
                self.drain()
            }
        }
    }

    /// The signal ends the thread.
    deinit { work.signal() }

    /// Queues a line, including its line feed, or drops it if too much is pending.
    func write(_ line: String) {
        let mustStart = state.withLock { state in
            guard state.pending.count + line.utf8.count <= Self.pendingByteCountMax else {
                state.droppedLineCount += 1
                return false
            }
            state.pending += line.utf8
            defer { state.isWriting = true }
            return !state.isWriting
        }
        if mustStart { work.signal() }
    }

    /// Waits until everything queued has been written, up to a time limit.
    func flush(withinSeconds seconds: Double) {
        let done = DispatchSemaphore(value: 0)
        let mustWait = state.withLock { state in
            if state.isWriting { state.flushes.append(done) }
            return state.isWriting
        }
        if mustWait { _ = done.wait(timeout: .now() + seconds) }
    }

    private func drain() {
        while true {
            let bytes: [UInt8] = state.withLock { state in
                if state.droppedLineCount > 0 {
                    state.pending += droppedLine(state.droppedLineCount).utf8
                    state.droppedLineCount = 0
                }
                defer { state.pending = [] }
                state.isWriting = !state.pending.isEmpty
                if !state.isWriting {
                    for flush in state.flushes { flush.signal() }
                    state.flushes = []
                }
                return state.pending
            }
            if bytes.isEmpty { return }
            writeAll(bytes)
        }
    }
}
