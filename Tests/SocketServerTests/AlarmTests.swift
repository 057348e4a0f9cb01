import Testing

@testable import SocketServer

/// Watches an alarm as an event loop does.
private final class WatchedAlarm {
    private let epoll: Epoll
    private var alarm: Alarm

    init() throws {
        epoll = try Epoll(eventCountMax: 1)
        alarm = try Alarm()
        try epoll.add(alarm.descriptor, .arrivals, token: 0)
    }

    func ring(by milliseconds: Int) { alarm.ring(by: milliseconds) }

    func hasRung() { alarm.hasRung() }

    /// Whether it fires now.
    var isRinging: Bool { epoll.wait(timeoutMilliseconds: 0) == 1 }

    /// Waits without a limit.
    func waitUntilItRings() { while epoll.wait(timeoutMilliseconds: -1) != 1 {} }
}

@Suite struct AlarmTests {
    private var now: Int { Clock.monotonicMilliseconds() }
    private var farAway: Int { now + 1_000_000_000 }

    @Test func `it rings when its time has come, and is told of once`() throws {
        let alarm = try WatchedAlarm()
        #expect(!alarm.isRinging)
        alarm.ring(by: now + 1)
        alarm.waitUntilItRings()
        #expect(!alarm.isRinging)
    }

    @Test func `a time that has passed is rung for at once`() throws {
        for time in [0, now - 1_000, now] {
            let alarm = try WatchedAlarm()
            alarm.ring(by: time)
            alarm.waitUntilItRings()
        }
    }

    @Test func `the earliest of its times counts`() throws {
        let alarm = try WatchedAlarm()
        alarm.ring(by: farAway)
        #expect(!alarm.isRinging)
        alarm.ring(by: now)
        alarm.ring(by: farAway)
        alarm.ring(by: Int.max)
        alarm.waitUntilItRings()
    }

    @Test func `once it has rung it can be set anew, also to a later time`() throws {
        let alarm = try WatchedAlarm()
        alarm.ring(by: now)
        alarm.waitUntilItRings()
        alarm.hasRung()
        alarm.ring(by: farAway)
        #expect(!alarm.isRinging)
        alarm.ring(by: now + 1)
        alarm.waitUntilItRings()
    }

    @Test func `never is not set`() throws {
        let alarm = try WatchedAlarm()
        alarm.ring(by: Int.max)
        #expect(!alarm.isRinging)
    }
}
