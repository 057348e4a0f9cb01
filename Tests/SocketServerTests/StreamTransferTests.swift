import HTTP
import Testing

@testable import SocketServer

/// Tests the order in which pieces of a produced body are sent, and the memory that they hold.
@Suite struct StreamTransferTests {
    private static let pieceByteCount = Letters.pieceByteCountMax

    private func transfer(
        pieceCount: Int, coreCount: Int, pool: PieceBufferPool = PieceBufferPool(countMax: 0, restingCount: 0)
    ) -> StreamTransfer {
        StreamTransfer(Letters(pieceCount * Self.pieceByteCount), .untilClose, coreCount: coreCount, pool: pool)
    }

    /// Produces a piece, after which its producer ends.
    private func produce(_ piece: Int, _ transfer: inout StreamTransfer) {
        let buffer = PieceBuffer()
        #expect(StreamTransfer.fill(buffer, with: piece, of: transfer.producer))
        transfer.put(piece, buffer)
    }

    /// Sends the whole next piece.
    ///
    /// - Returns: Its number, if it was ready.
    private func send(_ transfer: inout StreamTransfer) -> Int? {
        guard let (bytes, start) = transfer.takeReadyPiece() else { return nil }
        var sent: [UInt8]? = bytes
        transfer.outputSent(&sent)
        #expect(sent == nil)
        #expect(bytes.count - start == Self.pieceByteCount)
        return bytes.last.map { Int($0 - Letters.letter(of: 0)) }
    }

    @Test func `pieces are sent in order, whenever they are ready`() {
        var transfer = transfer(pieceCount: 5, coreCount: 2)
        #expect(send(&transfer) == nil)
        produce(1, &transfer)
        #expect(send(&transfer) == nil)
        produce(0, &transfer)
        #expect(send(&transfer) == 0)
        #expect(send(&transfer) == 1)
        for piece in [4, 3, 2] { produce(piece, &transfer) }
        for piece in 2..<5 {
            #expect(!transfer.isSent)
            #expect(send(&transfer) == piece)
        }
        #expect(transfer.isSent)
    }

    @Test func `a piece that has been sent makes room for another one, and gives its buffer back`() {
        let pool = PieceBufferPool(countMax: 2, restingCount: 2)
        var transfer = transfer(pieceCount: 100, coreCount: 1, pool: pool)
        #expect(transfer.schedule.begin(coreCount: 8) == 0)
        for piece in [1, 2, nil] { #expect(transfer.schedule.goOn(wasPreempted: false, coreCount: 8) == piece) }
        produce(0, &transfer)
        #expect(transfer.schedule.begin(coreCount: 8) == nil)
        #expect(send(&transfer) == 0)
        #expect(pool.count == 1)
        #expect(transfer.schedule.begin(coreCount: 8) == 3)
    }

    @Test func `one piece at a time is sent`() throws {
        var transfer = transfer(pieceCount: 3, coreCount: 2)
        for piece in 0..<2 { produce(piece, &transfer) }
        let piece = transfer.takeReadyPiece()
        var bytes: [UInt8]? = try #require(piece).bytes
        #expect(send(&transfer) == nil)
        transfer.outputSent(&bytes)
        #expect(send(&transfer) == 1)
    }

    @Test func `what can be held is counted`() {
        let one = Self.pieceByteCount..<Self.pieceByteCount + 100
        #expect(one ~= transfer(pieceCount: 1, coreCount: 4).heldByteCount)
        #expect(one ~= transfer(pieceCount: 1000, coreCount: 4).heldByteCount / 6)
        #expect(one ~= transfer(pieceCount: 1000, coreCount: 256).heldByteCount / 10)
    }
}
