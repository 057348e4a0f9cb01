import HTTP
import Testing

@testable import SocketServer

/// Which pieces of a produced body are asked for when, and what that holds.
@Suite struct StreamTransferTests {
    private static let pieceByteCount = Letters.pieceByteCountMax

    private func transfer(
        pieceCount: Int, coreCount: Int, pool: PieceBufferPool = PieceBufferPool(countMax: 0, restingCount: 0)
    ) -> StreamTransfer {
        StreamTransfer(Letters(pieceCount * Self.pieceByteCount), .untilClose, coreCount: coreCount, pool: pool)
    }

    /// Takes all the work that there is to be done now.
    private func takeAllWork(_ transfer: inout StreamTransfer, coreCount: Int) -> [(piece: Int, buffer: PieceBuffer)] {
        var work: [(piece: Int, buffer: PieceBuffer)] = []
        while let (piece, buffer) = transfer.takeWork(coreCount: coreCount) { work.append((piece, buffer)) }
        return work
    }

    private func produce(_ work: (piece: Int, buffer: PieceBuffer), _ transfer: inout StreamTransfer) {
        #expect(StreamTransfer.fill(work.buffer, with: work.piece, of: transfer.producer))
        transfer.put(work.piece, work.buffer)
    }

    /// Sends the next piece whole.
    ///
    /// - Returns: Its number, if it was ready.
    private func send(_ transfer: inout StreamTransfer) -> Int? {
        guard let (bytes, start) = transfer.takeReadyPiece() else { return nil }
        transfer.outputSent(bytes)
        #expect(bytes.count - start == Self.pieceByteCount)
        return bytes.last.map { Int($0 - Letters.letter(of: 0)) }
    }

    @Test func `as many pieces are produced at a time as there are cores, and the last one by itself`() {
        var transfer = transfer(pieceCount: 5, coreCount: 2)
        let first = takeAllWork(&transfer, coreCount: 2)
        #expect(first.map(\.piece) == [0, 1])
        // The second one is ready first, and waits for its turn.
        produce(first[1], &transfer)
        #expect(send(&transfer) == nil)
        let second = takeAllWork(&transfer, coreCount: 2)
        #expect(second.map(\.piece) == [2])
        produce(first[0], &transfer)
        #expect(send(&transfer) == 0)
        #expect(send(&transfer) == 1)
        let third = takeAllWork(&transfer, coreCount: 2)
        #expect(third.map(\.piece) == [3])
        produce(third[0], &transfer)
        #expect(takeAllWork(&transfer, coreCount: 2).isEmpty)
        produce(second[0], &transfer)
        let last = takeAllWork(&transfer, coreCount: 2)
        #expect(last.map(\.piece) == [4])
        produce(last[0], &transfer)
        for piece in 2..<5 {
            #expect(!transfer.isSent)
            #expect(send(&transfer) == piece)
        }
        #expect(transfer.isSent)
    }

    @Test func `an answer goes on with fewer cores when it has to share them`() {
        var transfer = transfer(pieceCount: 9, coreCount: 4)
        let first = takeAllWork(&transfer, coreCount: 4)
        #expect(first.map(\.piece) == [0, 1, 2, 3])
        for work in first.dropLast() { produce(work, &transfer) }
        #expect(takeAllWork(&transfer, coreCount: 1).isEmpty)
        produce(first[3], &transfer)
        #expect(takeAllWork(&transfer, coreCount: 1).map(\.piece) == [4])
    }

    @Test func `buffers of pieces that have been sent are used again, also by the next answer`() {
        let pool = PieceBufferPool(countMax: 2, restingCount: 2)
        var buffers: Set<ObjectIdentifier> = []
        for _ in 0..<3 {
            var transfer = transfer(pieceCount: 4, coreCount: 1, pool: pool)
            for piece in 0..<4 {
                let work = takeAllWork(&transfer, coreCount: 1)
                #expect(work.map(\.piece) == [piece])
                buffers.insert(ObjectIdentifier(work[0].buffer))
                produce(work[0], &transfer)
                #expect(send(&transfer) == piece)
            }
        }
        #expect(buffers.count == 1)
        #expect(pool.count == 1)
    }

    @Test func `large requests are counted while they are large`() {
        let budget = ByteBudget(byteCountMax: 5_000_000)
        budget.change(from: 0, to: 1_000_000)
        #expect(budget.largeRequestCount == 0)
        budget.change(from: 1_000_000, to: 3_000_000)
        budget.change(from: 0, to: 2_000_000)
        #expect((budget.byteCount, budget.largeRequestCount, budget.isExceeded) == (5_000_000, 2, false))
        budget.change(from: 3_000_000, to: 4_000_000)
        #expect((budget.byteCount, budget.largeRequestCount, budget.isExceeded) == (6_000_000, 2, true))
        budget.change(from: 4_000_000, to: 10)
        budget.change(from: 2_000_000, to: 0)
        #expect((budget.byteCount, budget.largeRequestCount) == (10, 0))
    }

    @Test func `a client that takes nothing has few pieces produced`() {
        var transfer = transfer(pieceCount: 100, coreCount: 3)
        var producedCount = 0
        while true {
            let work = takeAllWork(&transfer, coreCount: 3)
            guard !work.isEmpty else { break }
            for piece in work { produce(piece, &transfer) }
            producedCount += work.count
        }
        #expect(producedCount == 5)
        #expect(send(&transfer) == 0)
        #expect(takeAllWork(&transfer, coreCount: 3).map(\.piece) == [5])
    }

    @Test func `one piece at a time is sent`() throws {
        var transfer = transfer(pieceCount: 3, coreCount: 2)
        for work in takeAllWork(&transfer, coreCount: 2) { produce(work, &transfer) }
        let piece = transfer.takeReadyPiece()
        let (bytes, _) = try #require(piece)
        #expect(send(&transfer) == nil)
        transfer.outputSent(bytes)
        #expect(send(&transfer) == 1)
    }

    @Test func `what can be held is counted`() {
        let one = Self.pieceByteCount..<Self.pieceByteCount + 100
        #expect(one ~= transfer(pieceCount: 1, coreCount: 4).heldByteCount)
        #expect(one ~= transfer(pieceCount: 1000, coreCount: 4).heldByteCount / 6)
        #expect(one ~= transfer(pieceCount: 1000, coreCount: 256).heldByteCount / 10)
    }
}
