import Testing

@testable import SocketServer

/// Tests which producer produces which piece of a body, and when.
@Suite struct PieceScheduleTests {
    @Test func `as many produce at a time as may, and each goes on by itself`() {
        let schedule = PieceSchedule(pieceCount: 9, bufferCount: 9, coreCount: 64)
        #expect(schedule.begin(coreCount: 2) == 0)
        #expect(schedule.begin(coreCount: 2) == 1)
        #expect(schedule.begin(coreCount: 2) == nil)
        #expect(schedule.goOn(wasPreempted: false, coreCount: 2) == 2)
        #expect(schedule.goOn(wasPreempted: false, coreCount: 2) == 3)
        #expect(schedule.begin(coreCount: 2) == nil)
        #expect(schedule.begin(coreCount: 3) == 4)
    }

    @Test func `one of the server's cores is left`() {
        let schedule = PieceSchedule(pieceCount: 9, bufferCount: 9, coreCount: 2)
        #expect(schedule.begin(coreCount: 2) == 0)
        #expect(schedule.begin(coreCount: 2) == nil)
        #expect(schedule.goOn(wasPreempted: false, coreCount: 2) == 1)
    }

    @Test func `a share of the cores leaves some anyway`() {
        let schedule = PieceSchedule(pieceCount: 9, bufferCount: 9, coreCount: 4)
        #expect(schedule.begin(coreCount: 2) == 0)
        #expect(schedule.begin(coreCount: 2) == 1)
        #expect(schedule.begin(coreCount: 2) == nil)
    }

    @Test func `the only core is shared with the loop`() {
        let schedule = PieceSchedule(pieceCount: 9, bufferCount: 9, coreCount: 1)
        #expect(schedule.begin(coreCount: 1) == 0)
        for piece in 1..<6 { #expect(schedule.goOn(wasPreempted: true, coreCount: 1) == piece) }
        #expect(schedule.begin(coreCount: 1) == nil)
    }

    @Test func `where producers are preempted for three pieces in a row, none is left from then on`() {
        let schedule = PieceSchedule(pieceCount: 20, bufferCount: 20, coreCount: 2)
        #expect(schedule.begin(coreCount: 2) == 0)
        for (piece, wasPreempted) in [true, true, false, true, true].enumerated() {
            #expect(schedule.goOn(wasPreempted: wasPreempted, coreCount: 2) == piece + 1)
        }
        #expect(schedule.begin(coreCount: 2) == nil)
        #expect(schedule.goOn(wasPreempted: true, coreCount: 2) == 6)
        #expect(schedule.begin(coreCount: 2) == 7)
        #expect(schedule.begin(coreCount: 2) == nil)
        for piece in 8..<12 { #expect(schedule.goOn(wasPreempted: false, coreCount: 2) == piece) }
        // It may use no more than its share.
        #expect(schedule.goOn(wasPreempted: false, coreCount: 1) == nil)
        #expect(schedule.goOn(wasPreempted: false, coreCount: 1) == 12)
    }

    @Test func `there are never more than eight`() {
        let schedule = PieceSchedule(pieceCount: 99, bufferCount: 99, coreCount: 64)
        for piece in 0..<8 { #expect(schedule.begin(coreCount: 64) == piece) }
        #expect(schedule.begin(coreCount: 64) == nil)
        #expect(schedule.goOn(wasPreempted: false, coreCount: 64) == 8)
    }

    @Test func `a producer ends where fewer may, and another one begins where it stopped`() {
        let schedule = PieceSchedule(pieceCount: 9, bufferCount: 9, coreCount: 64)
        for piece in 0..<3 { #expect(schedule.begin(coreCount: 3) == piece) }
        #expect(schedule.goOn(wasPreempted: false, coreCount: 2) == nil)
        #expect(schedule.goOn(wasPreempted: false, coreCount: 2) == 3)
        #expect(schedule.goOn(wasPreempted: false, coreCount: 0) == nil)
        #expect(schedule.goOn(wasPreempted: false, coreCount: 0) == nil)
        #expect(schedule.begin(coreCount: 1) == 4)
    }

    @Test func `the last piece is produced when all others have been`() {
        let schedule = PieceSchedule(pieceCount: 3, bufferCount: 3, coreCount: 64)
        #expect(schedule.begin(coreCount: 3) == 0)
        #expect(schedule.begin(coreCount: 3) == 1)
        #expect(schedule.begin(coreCount: 3) == nil)
        // The other producer has not finished its piece.
        #expect(schedule.goOn(wasPreempted: false, coreCount: 3) == nil)
        #expect(schedule.begin(coreCount: 3) == nil)
        #expect(schedule.goOn(wasPreempted: false, coreCount: 3) == 2)
        #expect(schedule.goOn(wasPreempted: false, coreCount: 3) == nil)
        #expect(schedule.begin(coreCount: 3) == nil)
    }

    @Test func `a body of one piece is produced at once`() {
        let schedule = PieceSchedule(pieceCount: 1, bufferCount: 1, coreCount: 64)
        #expect(schedule.begin(coreCount: 2) == 0)
        #expect(schedule.goOn(wasPreempted: false, coreCount: 2) == nil)
    }

    @Test func `a client that takes nothing has few pieces produced`() {
        let schedule = PieceSchedule(pieceCount: 100, bufferCount: 5, coreCount: 64)
        #expect(schedule.begin(coreCount: 1) == 0)
        for piece in 1..<5 { #expect(schedule.goOn(wasPreempted: false, coreCount: 1) == piece) }
        #expect(schedule.goOn(wasPreempted: false, coreCount: 1) == nil)
        #expect(schedule.begin(coreCount: 1) == nil)
        schedule.pieceSent()
        #expect(schedule.begin(coreCount: 1) == 5)
        #expect(schedule.goOn(wasPreempted: false, coreCount: 1) == nil)
    }

    @Test func `what a connection leaves to its producers is counted off when the last of them ends`() {
        let schedule = PieceSchedule(pieceCount: 100, bufferCount: 4, coreCount: 3)
        #expect(schedule.begin(coreCount: 3) == 0)
        #expect(schedule.begin(coreCount: 3) == 1)
        schedule.cancel()
        #expect(schedule.cancel(leaving: 1_000))
        for piece in 0..<2 {
            #expect(schedule.goOn(wasPreempted: false, coreCount: 3) == nil)
            #expect(schedule.end() == (piece == 0 ? 0 : 1_000))
        }
        #expect(!schedule.cancel(leaving: 1_000))
        #expect(schedule.begin(coreCount: 3) == nil)
    }
}
