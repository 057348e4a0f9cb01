import Testing

@testable import HTTP

/// Tests which requests may use how much of the memory.
@Suite struct ByteBudgetTests {
    @Test(arguments: [(4 << 20, 1 << 20), (16 << 20, 4 << 20), (128 << 20, 32 << 20), (512 << 20, 64 << 20)])
    func `a quarter is kept for small requests, and not more than 64 MiB`(byteCountMax: Int, reserveByteCount: Int) {
        let budget = ByteBudget(byteCountMax: byteCountMax)
        #expect(budget.reserveByteCount == reserveByteCount)
        var (large, small) = (Reservation(), Reservation())
        #expect(large.grow(by: byteCountMax - reserveByteCount + 1, .large, of: budget) == false)
        #expect(large.grow(by: byteCountMax - reserveByteCount, .large, of: budget) == true)
        #expect(large.grow(by: 1, .large, of: budget) == false)
        #expect(!budget.hasRoom(for: 1, .large))
        #expect(budget.hasRoom(for: reserveByteCount, .small))
        #expect(budget.hasRoom(for: reserveByteCount / 2, .answer))
        #expect(!budget.hasRoom(for: reserveByteCount / 2 + 1, .answer))
        #expect(small.grow(by: reserveByteCount, .small, of: budget) == true)
        #expect(small.grow(by: 1, .small, of: budget) == false)
        #expect(budget.byteCount == byteCountMax)
    }

    @Test func `what is refused changes nothing, and what is given back can be taken again`() {
        let budget = ByteBudget(byteCountMax: 100)
        var (first, second) = (Reservation(), Reservation())
        #expect(first.grow(by: 60, .small, of: budget) == true)
        #expect(second.grow(by: 41, .small, of: budget) == false)
        #expect((first.byteCount, second.byteCount, budget.byteCount) == (60, 0, 60))
        first.settle(at: 10, of: budget)
        #expect(second.grow(by: 90, .small, of: budget) == true)
        // Memory actually held counts even if there is no space for it.
        second.settle(at: 95, of: budget)
        #expect(budget.byteCount == 105)
        first.settle(at: 0, of: budget)
        second.settle(at: 0, of: budget)
        #expect(budget.byteCount == 0)
    }

    @Test func `requests that hold a mebibyte are counted`() {
        let budget = ByteBudget(byteCountMax: 1 << 30)
        var reservation = Reservation()
        #expect(reservation.grow(by: 1 << 20, .large, of: budget) == true)
        #expect(budget.largeRequestCount == 1)
        #expect(reservation.grow(by: 1 << 20, .large, of: budget) == true)
        #expect(budget.largeRequestCount == 1)
        reservation.settle(at: 1 << 19, of: budget)
        #expect(budget.largeRequestCount == 0)
    }

    @Test func `a part that is left to work is given back by that, and each counts as large by its own size`() {
        let budget = ByteBudget(byteCountMax: 10_000_000)
        var reservation = Reservation()
        #expect(reservation.grow(by: 3_000_000, .large, of: budget) == true)
        reservation.leave(1_500_000, of: budget)
        #expect((reservation.byteCount, budget.byteCount, budget.largeRequestCount) == (1_500_000, 3_000_000, 2))
        reservation.leave(1_000, of: budget)
        reservation.settle(at: 0, of: budget)
        #expect((budget.byteCount, budget.largeRequestCount) == (1_501_000, 1))
        budget.set(from: 1_500_000, to: 0)
        budget.set(from: 1_000, to: 0)
        #expect((budget.byteCount, budget.largeRequestCount) == (0, 0))
    }
}
