import Testing

@testable import SocketServer

/// Tests memory that two cores write and read in turn.
@Suite struct CacheLinesTests {
    @Test(arguments: [0, 1, 63, 4_095, 4_096, 16_383, 16_384, 16_385, 100_001, 540_672])
    func `behind the lines that are tried, nothing is changed by taking memory back`(byteCount: Int) {
        let before = (0..<byteCount).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 1) }
        for slowNanoseconds in [0, .max / 64] {
            var bytes = before
            CacheLines.takeBack(&bytes, slowNanoseconds: slowNanoseconds)
            #expect(bytes.count == byteCount)
            #expect(bytes.dropFirst(4_096) == before.dropFirst(4_096))
        }
    }

    @Test func `a buffer's memory is taken out empty, and stays the same`() {
        let buffer = PieceBuffer()
        var bytes = [UInt8](repeating: 1, count: 20_000)
        let address = bytes.withUnsafeBytes { Int(bitPattern: $0.baseAddress) }
        buffer.put(bytes)
        bytes = []
        let emptied = buffer.takeEmptied()
        #expect(emptied.isEmpty && emptied.capacity >= 20_000)
        #expect(emptied.withUnsafeBytes { Int(bitPattern: $0.baseAddress) } == address)
        #expect(buffer.take().isEmpty)
    }
}
