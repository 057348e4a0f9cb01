import Testing

@testable import SocketServer

@Suite struct LoopClockTests {
    @Test("It goes with the monotonic clock, also over long waits that were planned")
    func steady() {
        var clock = LoopClock(monotonicMilliseconds: 5_000)
        clock.advance(toMonotonicMilliseconds: 5_001, planned: 5_100)
        #expect(clock.milliseconds == 5_001)
        clock.advance(toMonotonicMilliseconds: 80_000, planned: 80_000)
        #expect(clock.milliseconds == 80_000)
        clock.advance(toMonotonicMilliseconds: 200_000, planned: Int.max)
        #expect(clock.milliseconds == 200_000)
        #expect(clock.monotonic(200_001) == 200_001)
    }

    @Test("A loop that is a little late, or busy for a moment, has not paused")
    func lateness() {
        var clock = LoopClock(monotonicMilliseconds: 0)
        clock.advance(toMonotonicMilliseconds: 11_000, planned: 10_000)
        #expect(clock.milliseconds == 11_000)
        clock.advance(toMonotonicMilliseconds: 12_000, planned: 0)
        #expect(clock.milliseconds == 12_000)
    }

    @Test("It stands still while the process is stopped, in a wait or between two")
    func pause() {
        var clock = LoopClock(monotonicMilliseconds: 1_000)
        clock.advance(toMonotonicMilliseconds: 21_000, planned: 3_000)
        #expect(clock.milliseconds == 1_000)
        clock.advance(toMonotonicMilliseconds: 21_500, planned: 21_500)
        #expect(clock.milliseconds == 1_500)
        clock.advance(toMonotonicMilliseconds: 30_000, planned: 21_000)
        #expect(clock.milliseconds == 1_500)
        // A deadline at 2,000 of its time comes half a second later.
        #expect(clock.monotonic(2_000) == 30_500)
        #expect(clock.monotonic(Int.max) == Int.max)
    }

    @Test("Its time goes on if it is late again and again, so that each deadline comes")
    func starvation() {
        var clock = LoopClock(monotonicMilliseconds: 0)
        var monotonic = 0
        for _ in 0..<100 {
            // The loop is two seconds late, and then is busy for a moment.
            monotonic += 2_000
            clock.advance(toMonotonicMilliseconds: monotonic, planned: 0)
            monotonic += 1
            clock.advance(toMonotonicMilliseconds: monotonic, planned: monotonic)
        }
        #expect((45_000...55_000).contains(clock.milliseconds))
    }
}
