import Synchronization

/// A value that one thread at a time may use.
///
/// A `Mutex`, with an order of turns beside it that ThreadSanitizer can see: the futex in the standard library's own is
/// not compiled for it, and so what the lock guards would be reported as a race.
public final class Locked<Value: Sendable>: Sendable {
    @usableFromInline let mutex: Mutex<Value>
    /// Each holder's release is acquired by the next one.
    @usableFromInline let turn = Atomic(0)

    public init(_ value: Value) { mutex = Mutex(value) }

    /// Runs `body` while no other thread does.
    ///
    /// It must not lock the same value again: that waits forever.
    ///
    /// - Throws: What `body` throws.
    @inlinable
    public func withLock<Result: Sendable, Failure: Error>(
        _ body: (inout Value) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try mutex.withLock { value throws(Failure) in
            let turn = self.turn.load(ordering: .acquiring)
            defer { self.turn.store(turn &+ 1, ordering: .releasing) }
            return try body(&value)
        }
    }
}
