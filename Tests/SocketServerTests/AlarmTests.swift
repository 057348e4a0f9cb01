import Glibc
import Testing

@testable import SocketServer

@Suite struct AlarmTests {
    /// - Parameters:
    ///   - descriptor: An alarm's.
    ///   - timeoutMilliseconds: How long to wait for it; 0 looks once, -1 waits for as long as it takes.
    private func rings(_ descriptor: Int32, timeoutMilliseconds: Int32) -> Bool {
        var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&watched, 1, timeoutMilliseconds) == 1
    }

    private var now: Int { Clock.monotonicMilliseconds() }
    private var farAway: Int { now + 1_000_000_000 }

    @Test func `it rings when its time has come, once`() throws {
        var alarm = try Alarm()
        #expect(!rings(alarm.descriptor, timeoutMilliseconds: 0))
        alarm.ring(by: now + 1)
        #expect(rings(alarm.descriptor, timeoutMilliseconds: -1))
        alarm.clear()
        #expect(!rings(alarm.descriptor, timeoutMilliseconds: 0))
    }

    @Test(arguments: [0, -1_000]) func `a time that has passed is rung for at once`(offset: Int) throws {
        var alarm = try Alarm()
        alarm.ring(by: offset == 0 ? 0 : now + offset)
        #expect(rings(alarm.descriptor, timeoutMilliseconds: -1))
    }

    @Test func `the earliest of its times counts`() throws {
        var alarm = try Alarm()
        alarm.ring(by: farAway)
        #expect(!rings(alarm.descriptor, timeoutMilliseconds: 0))
        alarm.ring(by: now)
        alarm.ring(by: farAway)
        alarm.ring(by: Int.max)
        #expect(rings(alarm.descriptor, timeoutMilliseconds: -1))
    }

    @Test func `once it has rung it can be set anew, also to a later time`() throws {
        var alarm = try Alarm()
        alarm.ring(by: now)
        #expect(rings(alarm.descriptor, timeoutMilliseconds: -1))
        alarm.clear()
        alarm.ring(by: farAway)
        #expect(!rings(alarm.descriptor, timeoutMilliseconds: 0))
        alarm.ring(by: now + 1)
        #expect(rings(alarm.descriptor, timeoutMilliseconds: -1))
    }

    @Test func `never is not set`() throws {
        var alarm = try Alarm()
        alarm.ring(by: Int.max)
        #expect(!rings(alarm.descriptor, timeoutMilliseconds: 0))
    }
}
