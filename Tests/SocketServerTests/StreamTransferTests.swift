import HTTP
import Testing

@testable import SocketServer

/// How a produced body is cut into pieces, and what that holds.
@Suite struct StreamTransferTests {
    @Test func `the first two pieces are small and the others large`() throws {
        var transfer = StreamTransfer(Repeat(4_000_000, nil), .untilClose)
        var byteCounts: [Int] = []
        var production = Production.more
        while production == .more {
            let (buffer, pieceByteCount) = transfer.takeBuffer()
            production = StreamTransfer.fill(buffer, pieceByteCount, from: transfer.producer)
            transfer.ready = buffer
            let piece = transfer.takeReadyPiece()
            let (bytes, start) = try #require(piece)
            byteCounts.append(bytes.count - start)
            transfer.recycle(bytes)
        }
        let (small, large) = (262_144, 1_048_576)
        #expect(byteCounts == [small, small, large, large, large, 4_000_000 - 2 * small - 3 * large])
    }

    @Test func `two buffers are counted, of the size that they have come to`() {
        var transfer = StreamTransfer(Repeat(1, nil), .untilClose)
        #expect(2 * 262_144..<2 * 262_400 ~= transfer.heldByteCount)
        _ = transfer.takeBuffer()
        #expect(2 * 262_144..<2 * 262_400 ~= transfer.heldByteCount)
        _ = transfer.takeBuffer()
        #expect(2 * 1_048_576..<2 * 1_048_800 ~= transfer.heldByteCount)
    }
}
