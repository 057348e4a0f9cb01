import Testing

@testable import JSON

/// Tests the memory that a reader holds while it reads, and the upper bound on it.
@Suite("Memory of a reader")
struct ReaderMemoryTests {
    @Test func `room is made for four times what has arrived, whatever length is declared`() {
        var reader = JSONObjectReader(schema: requestSchema, byteCountHint: 64_000_000)
        reader.feed(("{\"input\":[" + String(repeating: "1,", count: 8_000)).utf8.span)
        #expect(reader.heldByteCount >= 8_000 * 8)
        #expect(reader.heldByteCount <= 4 * 8_000 * 8 + 4_096)
    }

    @Test func `a tensor that has been read is held until the request is`() {
        var reader = JSONObjectReader(schema: requestSchema)
        reader.feed(("{\"input\":[" + String(repeating: "1,", count: 8_000) + "1]").utf8.span)
        #expect(reader.heldByteCount >= 8_001 * 8)
        reader.feed(",\"beta\":1".utf8.span)
        #expect(reader.heldByteCount >= 8_001 * 8)
    }

    private static let numbers = [
        "1", "-0.25", "0.12345678901234567", "1.00000005960464477539", "7038531e-32", "[1,2,3]", "1e400", "\"NaN\"",
    ]

    @Test(arguments: numbers, [1_000, 16_384, 262_144])
    func `no piece makes it hold more than was told before, read ahead or not`(number: String, pieceByteCount: Int) {
        let row = Array((number + ",").utf8)
        for isAhead in [false, true] {
            for hint in [nil, 500_000, 5_000_000] as [Int?] {
                var reader = JSONObjectReader(schema: requestSchema, byteCountHint: hint)
                var text = Array("{\"input\":[".utf8)
                while text.count < 500_000 { text += row }
                var start = 0
                while start < text.count {
                    let piece = text.span.extracting(start..<min(start + pieceByteCount, text.count))
                    let ahead = isAhead ? NumberRunsAhead(piece) : nil
                    let byteCountMax = reader.heldByteCountMax(taking: piece.count, ahead: ahead)
                    if let ahead { reader.feed(piece, ahead: ahead) } else { reader.feed(piece) }
                    // The allocator rounds up by at most a page.
                    #expect(reader.heldByteCount <= byteCountMax + 8_192)
                    start += piece.count
                }
            }
        }
    }

    @Test(arguments: [0, 700, 800, 900, 1_000])
    func `what the shortest ties of float32 take is counted beforehand`(count: Int) throws {
        let tie = try #require(number("7038531e-32"))
        for newCount in stride(from: 1, to: 1_000, by: 37) {
            var builder = TensorBuilder()
            _ = builder.open(at: 0)
            for _ in 0..<count { _ = builder.append(tie, at: 0) }
            // The bound is computed for no elements, so that it covers only ties.
            let byteCountMax =
                builder.heldByteCountMax(
                    taking: 0, newNoteCount: 0, newByteCount: newCount * "7038531e-32,".utf8.count, byteCount: 0, of: 0)
                - builder.elements.capacity * MemoryLayout<Double>.stride
            for _ in 0..<newCount { _ = builder.append(tie, at: 0) }
            #expect(
                builder.heldByteCount - builder.elements.capacity * MemoryLayout<Double>.stride <= byteCountMax)
        }
    }

    @Test func `a piece that is read in parts is read as it is in one, and each part is short`() {
        let text = Array(("{\"input\":[" + String(repeating: "\"NaN\",", count: 20_000) + "1]}").utf8)
        let plain = Array(("{\"input\":[" + String(repeating: "0.12345678901234567,", count: 9_000) + "1]}").utf8)
        // The capacity is enough for only some of the numbers, or for the runs of no row.
        let short = Array(("{\"input\":[" + String(repeating: "1,", count: 60_000) + "1]}").utf8)
        let rows = Array(("{\"input\":[" + String(repeating: "[0.5,1.25],", count: 12_000) + "[1,2]]}").utf8)
        // The number that overflows float32, whose offset is reported, is in a run after the first parts of the piece.
        let spaces = String(repeating: " ", count: 20_000)
        let numbers = String(repeating: "0.12345678901234567,", count: 9_000)
        let overflow = Array("{\"input\":[\(spaces)\(numbers)1e39,\(numbers)1]}".utf8)
        for text in [text, plain, short, rows, overflow] {
            let ahead = NumberRunsAhead(text.span)
            var whole = JSONObjectReader(schema: requestSchema)
            var parted = JSONObjectReader(schema: requestSchema)
            whole.feed(text.span, ahead: ahead)
            var start = 0
            while start < text.count {
                let rest = text.span.extracting(start..<text.count)
                let (byteCount, aheadByteCount) = parted.feed(rest, ahead: ahead, from: start, readByteCountMax: 1_000)
                #expect(byteCount - aheadByteCount <= 1_100)
                start += byteCount
            }
            #expect(Self.outcome(&parted) == Self.outcome(&whole))
        }
    }

    private static func outcome(_ reader: inout JSONObjectReader) -> String {
        do { return String(describing: try reader.finish()) } catch { return String(describing: error) }
    }
}
