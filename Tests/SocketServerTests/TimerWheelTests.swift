import Testing

@testable import SocketServer

/// Tests the timer wheel, on a clock that only the tests advance.
@Suite struct TimerWheelTests {
    /// Returns all entries that expire when the clock advances in steps, each with the time at which it expired.
    private static func expire(_ wheel: inout TimerWheel, from start: Int, to end: Int, by step: Int) -> [Int: Int] {
        var expired: [Int: Int] = [:]
        for now in stride(from: start, through: end, by: step) {
            while let index = wheel.popExpired(nowMilliseconds: now) {
                #expect(expired[index] == nil)
                expired[index] = now
            }
        }
        return expired
    }

    @Test("Each deadline comes once, not early, and late by less than two slots", arguments: [0, 1, 12_345_678])
    func expiry(start: Int) {
        var wheel = TimerWheel(nowMilliseconds: start)
        var generator = SystemRandomNumberGenerator()
        let deadlines = (0..<500).map { _ in start + Int.random(in: 0..<200_000, using: &generator) }
        for (index, deadline) in deadlines.enumerated() { wheel.schedule(index, at: deadline) }
        let expired = Self.expire(&wheel, from: start, to: start + 210_000, by: 7)
        #expect(expired.count == deadlines.count)
        for (index, deadline) in deadlines.enumerated() {
            guard let time = expired[index] else { continue }
            #expect(time >= deadline)
            #expect(time < deadline + 2 * TimerWheel.slotMilliseconds + 7)
        }
        let next = wheel.millisecondsToNext(nowMilliseconds: start + 210_000)
        #expect(next == nil)
    }

    @Test("A deadline can be moved either way, and cancelled")
    func moving() {
        var wheel = TimerWheel(nowMilliseconds: 0)
        for index in 0..<4 { wheel.schedule(index, at: 1_000) }
        wheel.schedule(0, at: 5_000)
        wheel.schedule(1, at: 200)
        wheel.schedule(2, at: Int.max)
        #expect(wheel.deadline(of: 2) == Int.max)
        let expired = Self.expire(&wheel, from: 0, to: 10_000, by: 10)
        #expect(expired.keys.sorted() == [0, 1, 3])
        #expect((expired[1] ?? 0) < 400)
        #expect((expired[0] ?? 0) >= 5_000)
    }

    @Test("Entries keep their neighbours when others in their slot go")
    func sharedSlot() {
        for removed in 0..<5 {
            var wheel = TimerWheel(nowMilliseconds: 0)
            for index in 0..<5 { wheel.schedule(index, at: 1_000) }
            wheel.schedule(removed, at: Int.max)
            let expired = Self.expire(&wheel, from: 0, to: 2_000, by: 10)
            #expect(expired.keys.sorted() == (0..<5).filter { $0 != removed })
        }
    }

    @Test("After a long pause everything that is due comes at once")
    func pause() {
        var wheel = TimerWheel(nowMilliseconds: 0)
        for index in 0..<100 { wheel.schedule(index, at: index * 1_000) }
        wheel.schedule(100, at: 100_000_000)
        let expired = Self.expire(&wheel, from: 10_000_000, to: 10_000_000, by: 1)
        #expect(expired.count == 100)
        wheel.schedule(100, at: Int.max)
        let next = wheel.millisecondsToNext(nowMilliseconds: 10_000_000)
        #expect(next == nil)
    }

    @Test("A deadline in the past comes with the next slot")
    func past() {
        var wheel = TimerWheel(nowMilliseconds: 10_000)
        wheel.schedule(0, at: 5)
        #expect(Self.expire(&wheel, from: 10_000, to: 10_200, by: 1).keys.sorted() == [0])
    }

    @Test("The wait ends no later than the next deadline's slot")
    func wait() throws {
        var wheel = TimerWheel(nowMilliseconds: 0)
        wheel.schedule(7, at: 10_000)
        let next = wheel.millisecondsToNext(nowMilliseconds: 0)
        let wait = try #require(next)
        #expect(wait >= 10_000)
        #expect(wait <= 10_000 + 2 * TimerWheel.slotMilliseconds)
        let expired = wheel.popExpired(nowMilliseconds: wait)
        #expect(expired == 7)
    }

    @Test("The entry found first is one of those due first")
    func first() {
        var wheel = TimerWheel(nowMilliseconds: 0)
        for index in 0..<10 { wheel.schedule(index, at: 10_000 - index * 500) }
        #expect(wheel.first { _ in true } == 9)
        #expect(wheel.first { $0 < 5 } == 4)
        #expect(wheel.first { _ in false } == nil)
        #expect(wheel.first(dueBy: 6_000) { _ in true } == 9)
        #expect(wheel.first(dueBy: 5_000) { _ in true } == nil)
    }
}
