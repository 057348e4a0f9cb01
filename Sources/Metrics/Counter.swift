import Synchronization

/// A counter that one thread at a time increments and any thread reads.
///
/// It uses a load and a store instead of an atomic addition. That costs a tenth, and is correct because each counter
/// belongs to one event loop.
struct Counter: ~Copyable, Sendable {
    private let number = Atomic(0)

    var value: Int { number.load(ordering: .relaxed) }

    func add(_ difference: Int = 1) {
        number.store(number.load(ordering: .relaxed) &+ difference, ordering: .relaxed)
    }
}
