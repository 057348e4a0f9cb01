import Testing

@testable import SocketServer

@Suite struct SpinPolicyTests {
    /// Returns a policy that has seen a window of events from this many connections in turn.
    private static func policy(activeCount: Int) -> SpinPolicy {
        var policy = SpinPolicy()
        for event in 0..<64 { policy.note(connection: event % activeCount) }
        return policy
    }

    @Test(
        "It spins while the last events came from few connections",
        arguments: [(1, true), (2, true), (3, false), (64, false)])
    func activity(activeCount: Int, spins: Bool) {
        let policy = Self.policy(activeCount: activeCount)
        #expect(policy.shouldSpin == spins)
    }

    @Test("It does not spin before it has seen enough")
    func start() {
        var policy = SpinPolicy()
        policy.note(connection: 0)
        #expect(!policy.shouldSpin)
    }

    @Test("It stops when spinning finds nothing, tries again after a while, and goes on when that pays")
    func misses() {
        var policy = Self.policy(activeCount: 1)
        for _ in 0..<4 {
            #expect(policy.shouldSpin)
            policy.spun(found: false)
        }
        #expect(!policy.shouldSpin)
        for _ in 0..<64 { policy.note(connection: 0) }
        #expect(policy.shouldSpin)
        policy.spun(found: true)
        #expect(policy.shouldSpin)
        policy.spun(found: false)
        #expect(!policy.shouldSpin)
    }

    @Test("Where every second spin finds nothing it rarely spins, where every tenth does, nearly always")
    func ratio() {
        func spinCount(eventCount: Int, missEvery interval: Int) -> Int {
            var policy = Self.policy(activeCount: 1)
            var spinCount = 0
            for _ in 0..<eventCount {
                policy.note(connection: 0)
                guard policy.shouldSpin else { continue }
                spinCount += 1
                policy.spun(found: spinCount % interval != 0)
            }
            return spinCount
        }
        #expect(spinCount(eventCount: 10_000, missEvery: 2) < 500)
        #expect(spinCount(eventCount: 10_000, missEvery: 10) > 9_500)
    }
}
