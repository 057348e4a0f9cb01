import Synchronization

/// A value that only one thread at a time can access.
///
/// It is a `Mutex` plus an ordering that ThreadSanitizer can see: the standard library's futex code is not
/// instrumented, so that without it every access under the lock would be reported as a race.
public final class Locked<Value: Sendable>: Sendable {
    @usableFromInline let mutex: Mutex<Value>
    /// Each holder's release is acquired by the next one.
    @usableFromInline let turn = Atomic(0)

    public init(_ value: Value) { mutex = Mutex(value) }

    /// Runs `body` while no other thread has access.
    ///
    /// `body` must not lock the same value again, which would deadlock.
    ///
    /// - Throws: The error that `body` throws.
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
