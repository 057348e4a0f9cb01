import RepeatableRandom
import Testing

@testable import JSON

@Suite struct NumberRunsAheadTests {
    /// Returns numbers of 17 digits with a separator between them.
    private static func numbers(_ count: Int, separator: String = ",") -> (text: String, values: [Double]) {
        var random = SplitMix64(seed: 7)
        let values = (0..<count).map { _ in Double.random(in: -4...4, using: &random) }
        return (values.map(\.description).joined(separator: separator), values)
    }

    @Test(arguments: [",", ", ", ",\n    "])
    func `of a flat array all numbers are found but those at the ends of the piece`(separator: String) {
        let (text, values) = Self.numbers(1000, separator: separator)
        let piece = Array(text.utf8)
        let ahead = NumberRunsAhead(piece.span)
        #expect(ahead.runs.count == 1)
        #expect(ahead.byteCount > piece.count - 120)
        // The piece may begin inside a number, so that the first one is not treated as complete.
        #expect(ahead.elements == Array(values[1...].prefix(ahead.elements.count)))
        #expect(ahead.elements.count > 990)
    }

    @Test func `of numbers so short that there is no room for all, the first are found`() throws {
        let text = Array(("{\"input\":[" + String(repeating: "1,", count: 50_000) + "1]}").utf8)
        let ahead = NumberRunsAhead(text.span)
        #expect(ahead.elements.count > text.count / 8)
        #expect(ahead.elements.count < text.count / 8 + 20)
        let result = summary { () throws(JSONSyntaxError) in try read(text, pieceByteCount: 10_000, isAhead: true) }
        #expect(result == "input@9=[50001] \(Array(repeating: 1.0, count: 50_001).map(\.description))")
    }

    @Test(arguments: [
        "1,", "0.12345678901234567,", "7038531e-32,", "16777217.00000000000000000001,",
        "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],", "[1,1,1,1",
        "[", ",", "-",
    ])
    func `runs hold no more than is said`(part: String) {
        let piece = Array(String(repeating: part, count: 200_000 / part.utf8.count).utf8)
        let ahead = NumberRunsAhead(piece.span)
        let byteCount =
            ahead.elements.count * 8 + ahead.runs.capacity * MemoryLayout<NumberRunsAhead.Run>.stride
            + ahead.notes.capacity * MemoryLayout<NumberNote>.stride
        #expect(byteCount <= NumberRunsAhead.heldByteCountMax(pieceByteCount: piece.count))
    }

    @Test(arguments: ["1", "1,2,3", "0.5", "7038531e-32"])
    func `every note belongs to a number of a run, also after runs that are too short`(row: String) {
        let ties = Array(repeating: "7038531e-32,0.5", count: 20).joined(separator: ",")
        let piece = Array(String(repeating: ",[\(row)],[\(ties)]", count: 40).utf8)
        let ahead = NumberRunsAhead(piece.span)
        #expect(ahead.notes.count >= 20)
        #expect(ahead.notes.allSatisfy { ahead.elements[$0.element] == 7038531e-32 })
        for run in ahead.runs {
            #expect(ahead.notes[run.notes].allSatisfy { run.elements.contains($0.element) })
        }
    }

    @Test(arguments: [",", ", ", ",\n    "])
    func `runs are taken wherever a piece is cut`(separator: String) throws {
        let beginning = Array("{\"input\":[".utf8)
        let (text, values) = Self.numbers(100, separator: separator)
        let (first, second) = (Array(text.utf8), Array("]}".utf8))
        for cut in 0..<100 {
            var reader = JSONObjectReader(schema: requestSchema)
            let before = beginning + first[..<cut]
            reader.feed(before.span)
            let piece = Array(first[cut...]) + second
            let takenByteCount = reader.feed(piece.span, ahead: NumberRunsAhead(piece.span)).aheadByteCount
            #expect(takenByteCount > piece.count - 150)
            guard case .tensor(let tensor)? = try reader.finish().members.first?.value else {
                Issue.record("A tensor has been read.")
                return
            }
            #expect(tensor.elements == values)
        }
    }

    @Test func `runs that are not taken are not counted`() throws {
        let piece = Array(",\(Self.numbers(100).text)".utf8)
        for beginning in ["x", "{\"x\":[1", "{\"input\":[[1],2", "{\"input\":\""] {
            var reader = JSONObjectReader(schema: requestSchema)
            let before = Array(beginning.utf8)
            reader.feed(before.span)
            let ahead = NumberRunsAhead(piece.span)
            #expect(ahead.byteCount > piece.count - 150)
            #expect(reader.feed(piece.span, ahead: ahead).aheadByteCount == 0)
        }
    }

    @Test func `each row of a matrix is a run that ends behind its last number`() throws {
        let (row, values) = Self.numbers(20)
        let text = Array(("{\"input\":[" + Array(repeating: "[\(row)]", count: 30).joined(separator: ",") + "]}").utf8)
        let ahead = NumberRunsAhead(text.span)
        #expect(ahead.runs.count == 30)
        #expect(ahead.runs.prefix(29).allSatisfy { $0.elements.count == 20 && $0.isAfterNumber })
        #expect(Array(ahead.elements.prefix(20)) == values)
        let pieces = [Int.max, 1000, 500]
        for pieceByteCount in pieces {
            let object = try read(text, pieceByteCount: pieceByteCount, isAhead: true)
            guard case .tensor(let tensor)? = object.members.first?.value else {
                Issue.record("A tensor has been read.")
                return
            }
            #expect(tensor.shape == [30, 20])
            #expect(tensor.elements == (0..<30).flatMap { _ in values })
        }
    }

    @Test(arguments: [
        // These overflow float32, are halfway between two float32 numbers except for a distant digit, or overflow
        // float64.
        "1e39", "16777217.00000000000000000001", "1e400", "\"NaN\"", "null", "01", "[1]",
    ])
    func `what is no usual number interrupts a run and means what it does without one`(other: String) {
        let (text, _) = Self.numbers(50)
        let body = Array("{\"input\":[\(text),\(other),\(text),\(other),\(text)],\"dtype\":\"float32\"}".utf8)
        for pieceByteCount in [Int.max, 1500, 700] {
            let expected = outcome { () throws(JSONSyntaxError) in try read(body, pieceByteCount: pieceByteCount) }
            let result = outcome { () throws(JSONSyntaxError) in
                try read(body, pieceByteCount: pieceByteCount, isAhead: true)
            }
            #expect(result == expected)
        }
    }

    @Test(arguments: [
        "{\"x\":\"", "{\"x\":[\"", "{\"alpha\":[", "{\"x\":[", "{\"input\":[[1,2],[", "[", "{\"input\":[[[1]],[",
    ])
    func `runs that are not part of a tensor, or not where its numbers are, are not taken`(beginning: String) {
        let (text, _) = Self.numbers(50)
        for end in ["\"}", "]}", "\"]}", "]]}"] {
            let body = Array("\(beginning)\(text)\(end)".utf8)
            for pieceByteCount in [Int.max, 300] {
                let expected = outcome { () throws(JSONSyntaxError) in try read(body, pieceByteCount: pieceByteCount) }
                let result = outcome { () throws(JSONSyntaxError) in
                    try read(body, pieceByteCount: pieceByteCount, isAhead: true)
                }
                #expect(result == expected)
            }
        }
    }

    @Test(arguments: [(20, 1), (63, 1), (64, 0), (1_000, 0)])
    func `a piece that begins with many rows of few numbers is given up`(rowCount: Int, runCount: Int) {
        let piece = Array((String(repeating: "[1,2],", count: rowCount) + "[\(Self.numbers(100).text)]").utf8)
        #expect(NumberRunsAhead(piece.span).runs.count == runCount)
    }

    @Test func `numbers that are only wanted as float64 are read without notes`() {
        let text = Array((String(repeating: "7038531e-32,", count: 1000) + String(repeating: " ", count: 64)).utf8)
        var run = NumberRun(position: 0, isOverflowKnown: true, noteCountMax: nil)
        let numbers = [Double](capacity: 1000) { _ = run.read(text.span, into: &$0) }
        #expect(numbers == Array(repeating: 7038531e-32, count: 1000))
        #expect(run.notes.isEmpty)
    }

    @Test(arguments: [0, 1, 63, 64, 65])
    func `a short piece has no run`(byteCount: Int) {
        let piece = Array(String(repeating: ",", count: byteCount).utf8)
        #expect(NumberRunsAhead(piece.span).runs.isEmpty)
    }
}

extension NumberRunsAhead {
    /// The number of bytes of the piece that are in runs.
    fileprivate var byteCount: Int { runs.reduce(0) { $0 + $1.bytes.count } }
}
