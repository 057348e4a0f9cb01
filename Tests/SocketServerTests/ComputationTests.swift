import Testing

@testable import SocketServer

/// What work holds is counted off once, by its connection or by the work itself, whichever ends last.
@Suite struct ComputationTests {
    @Test func workThatOutlivesItsConnectionCountsOffWhatItHolds() {
        let computation = Computation()
        #expect(computation.abandon(heldByteCount: 1_000))
        #expect(computation.end() == 1_000)
    }

    @Test func workThatEndsFirstLeavesThatToItsConnection() {
        let computation = Computation()
        #expect(computation.end() == 0)
        #expect(!computation.abandon(heldByteCount: 1_000))
    }
}
