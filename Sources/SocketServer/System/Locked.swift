import Synchronization

/// A value that one thread at a time may use.
///
/// A `Mutex`, with an order of turns beside it that ThreadSanitizer can see: it cannot look into the standard library's
/// futex and would report each use as a race.
final class Locked<Value: Sendable>: Sendable {
    private let mutex: Mutex<Value>
    private let turn = Atomic(0)

    init(_ value: Value) { mutex = Mutex(value) }

    func withLock<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
        mutex.withLock { value in
            let turn = self.turn.load(ordering: .acquiring)
            defer { self.turn.store(turn &+ 1, ordering: .releasing) }
            return body(&value)
        }
    }
}
