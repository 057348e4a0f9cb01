import Testing

@testable import SocketServer

@Suite struct ReportLimitTests {
    @Test func `the first time is told, and then once in ten seconds, with how often it has been`() {
        var limit = ReportLimit()
        #expect(limit.note(nowMilliseconds: 5_000) == 1)
        for time in 5_001...5_099 { #expect(limit.note(nowMilliseconds: time) == nil) }
        #expect(limit.note(nowMilliseconds: 14_999) == nil)
        #expect(limit.note(nowMilliseconds: 15_000) == 101)
        #expect(limit.note(nowMilliseconds: 15_000) == nil)
    }

    @Test func `what comes again after a long time is told at once`() {
        var limit = ReportLimit()
        #expect(limit.note(nowMilliseconds: 0) == 1)
        #expect(limit.note(nowMilliseconds: 3_600_000) == 1)
    }
}
