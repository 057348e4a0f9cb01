import Foundation

/// Collects what a program writes to one of its outputs.
///
/// `@unchecked Sendable`: `bytes` and `hasEnded` are only touched under the lock of `changed`.
final class CollectedOutput: @unchecked Sendable {
    private let changed = NSCondition()
    private var bytes: [UInt8] = []
    private var hasEnded = false

    /// Reads everything from `descriptor` on a dedicated thread, and closes it at its end.
    ///
    /// Foundation's `FileHandle` would close it while Dispatch still watches it, and so lose the output of the next
    /// file with the same number.
    init(reading descriptor: Int32) {
        Thread.detachNewThread { [self] in
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = read(descriptor, &buffer, buffer.count)
                if count > 0 { append(buffer[..<count]) } else if count == 0 || errno != EINTR { break }
            }
            close(descriptor)
            end()
        }
    }

    var text: String { changed.withLock { String(decoding: bytes, as: UTF8.self) } }

    private func end() {
        changed.withLock {
            hasEnded = true
            changed.broadcast()
        }
    }

    /// Waits for the end; returns false if it does not come in time.
    func waitForEnd() -> Bool {
        wait { hasEnded ? true : nil } ?? false
    }

    /// Waits until `find` finds something in the text; returns nil at the end of the text or of the time.
    func waitFor<Found>(_ find: (String) -> Found?) -> Found? {
        let result: Found?? = wait {
            if let found = find(String(decoding: bytes, as: UTF8.self)) { return .some(found) }
            return hasEnded ? .some(nil) : nil
        }
        return result ?? nil
    }

    private func append(_ data: ArraySlice<UInt8>) {
        changed.withLock {
            bytes += data
            changed.broadcast()
        }
    }

    private func wait<Result>(for condition: () -> Result?) -> Result? {
        let deadline = Date(timeIntervalSinceNow: ChildProcess.patienceSeconds)
        changed.lock()
        defer { changed.unlock() }
        while true {
            if let result = condition() { return result }
            guard changed.wait(until: deadline) else { return condition() }
        }
    }
}
