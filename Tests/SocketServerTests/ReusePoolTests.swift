import Locking
import Testing

@Suite struct ReusePoolTests {
    /// Keeps the looks that a pool has asked for until they are run.
    private final class Looks: Sendable {
        private let waiting = Locked<[@Sendable () -> Void]>([])

        var count: Int { waiting.withLock { $0.count } }

        func pool(countMax: Int, restingCount: Int) -> ReusePool<Int> {
            ReusePool(countMax: countMax, restingCount: restingCount) { work in
                self.waiting.withLock { $0.append(work) }
            }
        }

        /// Runs those that wait now.
        func run() {
            let now = waiting.withLock { waiting in
                defer { waiting = [] }
                return waiting
            }
            for look in now { look() }
        }
    }

    @Test func `what was used last is taken first, and no more is kept than the limit says`() {
        let looks = Looks()
        let pool = looks.pool(countMax: 2, restingCount: 2)
        for element in 1...3 { pool.put(element) }
        #expect([pool.take(), pool.take(), pool.take()] == [2, 1, nil])
        #expect(looks.count == 0)
    }

    @Test func `what nobody has needed from one look to the next is freed, down to what stays`() {
        let looks = Looks()
        let pool = looks.pool(countMax: 9, restingCount: 1)
        for element in 1...5 { pool.put(element) }
        // Asked for once, however many come.
        #expect(looks.count == 1)
        // Three at a time are in use.
        for _ in 0..<2 {
            let taken = [pool.take(), pool.take(), pool.take()]
            for element in taken { pool.put(element!) }
        }
        #expect(pool.count == 5)
        looks.run()
        // Two were never taken.
        #expect(pool.count == 3)
        looks.run()
        #expect(pool.count == 1)
        #expect(looks.count == 0)
        // It begins anew.
        pool.put(6)
        #expect(looks.count == 1)
    }

    @Test func `what is needed again and again stays`() {
        let looks = Looks()
        let pool = looks.pool(countMax: 9, restingCount: 0)
        for element in 1...3 { pool.put(element) }
        for _ in 0..<4 {
            let taken = (0..<2).map { _ in pool.take() }
            looks.run()
            for element in taken { pool.put(element!) }
        }
        #expect(pool.count == 2)
    }

    @Test func `a look may come when all is in use`() {
        let looks = Looks()
        let pool = looks.pool(countMax: 9, restingCount: 0)
        pool.put(1)
        let taken = pool.take()
        looks.run()
        #expect((pool.count, looks.count) == (0, 0))
        pool.put(taken!)
        #expect((pool.count, looks.count) == (1, 1))
        looks.run()
        #expect((pool.count, looks.count) == (0, 0))
    }

    @Test func `a look that comes after the pool's end does nothing`() {
        let looks = Looks()
        weak var ended: ReusePool<Int>?
        do {
            let pool = looks.pool(countMax: 9, restingCount: 0)
            ended = pool
            pool.put(1)
        }
        #expect(ended == nil)
        looks.run()
        #expect(looks.count == 0)
    }

    @Test func `without being told otherwise, a pool is emptied by itself`() async throws {
        let pool = ReusePool<Int>(countMax: 9, restingCount: 1)
        for element in 1...9 { pool.put(element) }
        while pool.count > 1 { try await Task.sleep(for: .milliseconds(50)) }
        #expect(pool.take() == 9)
    }
}
