import Testing

@testable import SocketServer

/// Who produces which piece of a body when.
@Suite struct PieceScheduleTests {
    @Test func `as many produce at a time as may, and each goes on by itself`() {
        let schedule = PieceSchedule(pieceCount: 9, bufferCount: 9)
        #expect(schedule.begin(producerCount: 2) == 0)
        #expect(schedule.begin(producerCount: 2) == 1)
        #expect(schedule.begin(producerCount: 2) == nil)
        #expect(schedule.goOn(producerCount: 2) == 2)
        #expect(schedule.goOn(producerCount: 2) == 3)
        #expect(schedule.begin(producerCount: 2) == nil)
        #expect(schedule.begin(producerCount: 3) == 4)
    }

    @Test func `there are never more than eight`() {
        let schedule = PieceSchedule(pieceCount: 99, bufferCount: 99)
        for piece in 0..<8 { #expect(schedule.begin(producerCount: 64) == piece) }
        #expect(schedule.begin(producerCount: 64) == nil)
        #expect(schedule.goOn(producerCount: 64) == 8)
    }

    @Test func `a producer ends where fewer may, and another one begins where it stopped`() {
        let schedule = PieceSchedule(pieceCount: 9, bufferCount: 9)
        for piece in 0..<3 { #expect(schedule.begin(producerCount: 3) == piece) }
        #expect(schedule.goOn(producerCount: 2) == nil)
        #expect(schedule.goOn(producerCount: 2) == 3)
        #expect(schedule.goOn(producerCount: 0) == nil)
        #expect(schedule.goOn(producerCount: 0) == nil)
        #expect(schedule.begin(producerCount: 1) == 4)
    }

    @Test func `the last piece is produced when all others have been`() {
        let schedule = PieceSchedule(pieceCount: 3, bufferCount: 3)
        #expect(schedule.begin(producerCount: 3) == 0)
        #expect(schedule.begin(producerCount: 3) == 1)
        #expect(schedule.begin(producerCount: 3) == nil)
        // The other producer is still at its piece.
        #expect(schedule.goOn(producerCount: 3) == nil)
        #expect(schedule.begin(producerCount: 3) == nil)
        #expect(schedule.goOn(producerCount: 3) == 2)
        #expect(schedule.goOn(producerCount: 3) == nil)
        #expect(schedule.begin(producerCount: 3) == nil)
    }

    @Test func `a body of one piece is produced at once`() {
        let schedule = PieceSchedule(pieceCount: 1, bufferCount: 1)
        #expect(schedule.begin(producerCount: 2) == 0)
        #expect(schedule.goOn(producerCount: 2) == nil)
    }

    @Test func `a client that takes nothing has few pieces produced`() {
        let schedule = PieceSchedule(pieceCount: 100, bufferCount: 5)
        #expect(schedule.begin(producerCount: 1) == 0)
        for piece in 1..<5 { #expect(schedule.goOn(producerCount: 1) == piece) }
        #expect(schedule.goOn(producerCount: 1) == nil)
        #expect(schedule.begin(producerCount: 1) == nil)
        schedule.pieceSent()
        #expect(schedule.begin(producerCount: 1) == 5)
        #expect(schedule.goOn(producerCount: 1) == nil)
    }
}
