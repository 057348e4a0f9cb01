import JSON
import RepeatableRandom
import Testing

@Suite struct ReferenceReaderTests {
    /// The parts of random bodies: valid and invalid, complete and cut.
    static let parts = [
        "{", "}", "[", "]", ",", ":", " ", "\n", "{\"input\":", "\"input\":[", "\"alpha\":", "\"dtype\":\"float32\"",
        "\"at_kink\":",
        "1", "-2.5", "0", "-0", "1e5", "1E-400", "1e400", "0.1", "123456789012345678901234567890", "[1,2]", "[3,4]",
        "[]", "[[]]",
        "\"NaN\"", "\"-Infinity\"", "null", "true", "false", "\"x\"", "\"x\":", "\"\\u0069nput\":",
        "\"\\ud83d\\ude00\"", "\"é€😀\"",
        "\"\\ud800\"", "\\", "\"", "01", ".", "e", "1234.5678901234567,", "\u{1}", "-", "[[1,2],[3,4]]",
        "{\"a\":[1,{}]}",
    ]

    @Test(arguments: 1...8)
    func `random bodies, cut anywhere, come to what the slow reader says`(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        for _ in 0..<4000 {
            let text = Self.randomBody(&random)
            let expected = ReferenceReader.outcome(text)
            let pieceByteCount = Int.random(in: 1...100, using: &random)
            let whole = summary { () throws(JSONSyntaxError) in try read(text) }
            let cut = summary { () throws(JSONSyntaxError) in try read(text, pieceByteCount: pieceByteCount) }
            #expect(whole == expected, "\(String(decoding: text, as: UTF8.self))")
            #expect(cut == expected, "\(String(decoding: text, as: UTF8.self)) in pieces of \(pieceByteCount)")
        }
    }

    @Test(arguments: 1...8)
    func `random bodies of longer rows come to the same where numbers are read ahead`(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        for _ in 0..<1000 {
            let text = Self.randomBody(&random, columnCountMax: 80)
            let expected = ReferenceReader.outcome(text)
            let pieceByteCount = Int.random(in: 64...2000, using: &random)
            let outcome = summary { () throws(JSONSyntaxError) in
                try read(text, pieceByteCount: pieceByteCount, isAhead: true)
            }
            #expect(outcome == expected, "\(String(decoding: text, as: UTF8.self)) in pieces of \(pieceByteCount)")
        }
    }

    /// Returns mostly a valid body with numbers of all lengths, possibly damaged, and otherwise random parts.
    private static func randomBody(_ random: inout SplitMix64, columnCountMax: Int = 8) -> [UInt8] {
        var text: [UInt8]
        if random.next() % 4 == 0 {
            text = (0..<Int.random(in: 0...12, using: &random))
                .flatMap { _ in Array(parts[Int(random.next() % UInt64(parts.count))].utf8) }
        } else {
            text = Array(validBody(&random, columnCountMax: columnCountMax).utf8)
        }
        while random.next() % 2 == 0 && !text.isEmpty {
            let position = Int(random.next() % UInt64(text.count))
            switch random.next() % 4 {
            case 0: text[position] = UInt8(truncatingIfNeeded: random.next())
            case 1: text.remove(at: position)
            case 2: text.insert(contentsOf: parts[Int(random.next() % UInt64(parts.count))].utf8, at: position)
            default: text.removeLast(Int(random.next() % UInt64(text.count)))
            }
        }
        return text
    }

    private static func validBody(_ random: inout SplitMix64, columnCountMax: Int) -> String {
        let rowCount = Int.random(in: 0...4, using: &random)
        let columnCount = Int.random(in: 0...columnCountMax, using: &random)
        let space = ["", "", " ", "\n  "][Int(random.next() % 4)]
        var rows: [String] = []
        for _ in 0..<rowCount {
            let numbers = (0..<columnCount).map { _ in number(&random) }
            rows.append("[" + numbers.joined(separator: "," + space) + "]")
        }
        let input = random.next() % 2 == 0 ? "[" + rows.joined(separator: "," + space) + "]" : rows.first ?? "1"
        let others = random.next() % 2 == 0 ? "" : ",\(space)\"alpha\":\(number(&random))"
        return "{\"input\":\(space)\(input)\(others)}"
    }

    private static func number(_ random: inout SplitMix64) -> String {
        switch random.next() % 8 {
        case 0: String(Int.random(in: -1000...1000, using: &random))
        case 1: String(Double(bitPattern: random.next() & ~(1 << 62)))
        case 2: "0." + String(repeating: "0", count: Int(random.next() % 30)) + String(random.next())
        case 3: String(random.next()) + String(random.next()) + ".5e-\(random.next() % 40)"
        case 4: "16777217" + ["", ".0", ".00000000000000000001", "e0"][Int(random.next() % 4)]
        default: String(Double.random(in: -2...2, using: &random))
        }
    }
}
