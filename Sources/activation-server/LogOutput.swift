import Dispatch
import Locking

/// Writes log lines to standard error without ever making a caller wait.
///
/// Lines queue up, at most ``pendingByteCountMax``, and a queue of its own writes them. Where the reader of the log is
/// slow or gone, lines are dropped and counted; the service goes on. The count is logged once there is room again.
final class LogOutput: Sendable {
    static let pendingByteCountMax = 1_048_576

    private struct State {
        var pending: [UInt8] = []
        var droppedLineCount = 0
        var isWriting = false
    }

    private let state = Locked(State())
    private let queue = DispatchQueue(label: "log")
    /// The line that stands for so many dropped ones, its line feed included.
    private let droppedLine: @Sendable (Int) -> String
    /// Writes all bytes, or gives them up where nobody can read them any more.
    private let writeAll: @Sendable ([UInt8]) -> Void

    init(droppedLine: @escaping @Sendable (Int) -> String, writeAll: @escaping @Sendable ([UInt8]) -> Void) {
        self.droppedLine = droppedLine
        self.writeAll = writeAll
    }

    /// Queues a line, its line feed included; drops it where too much is pending.
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
        if mustStart { queue.async { self.drain() } }
    }

    /// Waits until what is queued has been written, at most so long.
    func flush(withinSeconds seconds: Double) {
        let done = DispatchSemaphore(value: 0)
        queue.async { done.signal() }
        _ = done.wait(timeout: .now() + seconds)
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
                return state.pending
            }
            if bytes.isEmpty { return }
            writeAll(bytes)
        }
    }
}
