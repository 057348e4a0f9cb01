import RepeatableRandom
import Testing

@testable import JSON

/// Tests that a number of more than 19 digits is rounded once, whatever its digits are and wherever it is cut.
@Suite struct LongNumberTests {
    /// Expects the results of `strtod` and `strtof`, which round exactly and read only the decimal.
    private static func expectExact(_ texts: [String], _ comment: Comment? = nil) throws {
        // There are enough numbers for blocks, and a long one at the end of the input.
        let all = texts + texts.map { $0.hasPrefix("-") ? String($0.dropFirst()) : "-\($0)" }
        for separator in [",", ",\n  "] {
            let tensor = try #require(try tensor("[\(all.joined(separator: separator))]"), comment)
            #expect(tensor.elements.map(\.bitPattern) == all.map { Double($0)?.bitPattern }, comment)
            #expect(tensor.float32Elements().map(\.bitPattern) == all.map { Float($0)?.bitPattern }, comment)
        }
    }

    @Test(arguments: 20...60)
    func `random digits are rounded exactly`(digitCount: Int) throws {
        var random = SplitMix64(seed: UInt64(digitCount))
        let texts = (0..<400).map { _ in
            let digits = (0..<digitCount).map { _ in "\(random.next() % 10)" }.joined()
            let exponent = ["", "e-30", "E+20", "e-300", "e-320", "e5"][Int(random.next() % 6)]
            return switch random.next() % 4 {
            case 0: "0.\(digits)\(exponent)"
            case 1: "\(1 + random.next() % 9).\(digits)\(exponent)"
            case 2: "1\(digits)"
            default: "\(1 + random.next() % 999).000\(digits)"
            }
        }
        try Self.expectExact(texts)
    }

    @Test func `digits printed by C's percent-f are read as they are by strtod`() throws {
        var random = SplitMix64(seed: 5)
        for placeCount in [20, 25, 40] {
            let texts = (0..<500).map { _ in
                let value =
                    Double.random(in: -1...1, using: &random) * [1, 10, 1000, 1e-9][Int(random.next() % 4)]
                return exactDecimal(of: value, placeCount: placeCount)
            }
            try Self.expectExact(texts)
        }
    }

    @Test(arguments: [0, 1, 10, 100, 800, 10_000])
    func `a tail after a middle between two numbers decides, however long`(zeroCount: Int) throws {
        let zeros = String(repeating: "0", count: zeroCount)
        let nines = String(repeating: "9", count: zeroCount)
        // The middles are of float64 and of float32, the least of both, and their predecessors in the last digit.
        let middles = [
            (
                "1.00000000000000011102230246251565404236316680908203125",
                "1.00000000000000011102230246251565404236316680908203124"
            ),
            (
                "1.00000000000000033306690738754696212708950042724609375",
                "1.00000000000000033306690738754696212708950042724609374"
            ),
            ("9007199254740993.0", "9007199254740992.9"), ("9007199254740995.0", "9007199254740994.9"),
            ("16777217.0", "16777216.9"), ("1.000000059604644775390625", "1.000000059604644775390624"),
            ("0.000000059604648328104514", "0.000000059604648328104513"),
            (Self.leastMiddle(1075), Self.below(Self.leastMiddle(1075))),
            (Self.leastMiddle(150), Self.below(Self.leastMiddle(150))),
        ]
        for (middle, below) in middles {
            try Self.expectExact(
                [middle, middle + zeros, middle + zeros + "1", below + nines, below + nines + "9" + zeros])
        }
    }

    /// Tests ties of float32 whose digits after the nineteenth are all zeros.
    @Test(arguments: [
        "4662124991217664.00000", "1537929792.0000000000", "337.779800415039062500", "14333828566876160000e-4",
        "167413150720000000000e-10", "969072236193382400000000e-8", "293804583994943078400000e-5",
        "16777217.0000000000000000", "-16777219.0000000000000000", "9007199254740993.0000000000",
    ])
    func `a middle that is written with more zeros than it needs is a tie, alone and in a row`(text: String) throws {
        for row in ["[\(text)]", "[1,\(text)]", "[\(text), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]"] {
            let tensor = try #require(try tensor(row))
            let index = row.hasPrefix("[1,") ? 1 : 0
            #expect(tensor.elements[index].bitPattern == Double(text)?.bitPattern, "\(row)")
            #expect(tensor.float32Elements()[index].bitPattern == Float(text)?.bitPattern, "\(row)")
        }
        var scanner = NumberScanner()
        #expect(scanner.take(Array(text.utf8).span) == text.utf8.count)
        let number = try #require(scanner.number)
        #expect(number.float32.bitPattern == Float(text)?.bitPattern)
    }

    /// Returns 2^-`exponent` with all its digits.
    private static func leastMiddle(_ exponent: Int) -> String {
        var digits: [UInt8] = [1]
        for _ in 0..<exponent {
            var carry: UInt8 = 0
            for index in digits.indices {
                let product = digits[index] * 5 + carry
                (digits[index], carry) = (product % 10, product / 10)
            }
            if carry > 0 { digits.append(carry) }
        }
        let text = digits.reversed().map { "\($0)" }.joined()
        return "0." + String(repeating: "0", count: exponent - digits.count) + text
    }

    /// Returns the text with its last digit, which is not 0, decremented.
    private static func below(_ text: String) -> String {
        String(text.dropLast()) + "\((text.last?.wholeNumberValue ?? 1) - 1)"
    }

    @Test(arguments: [1, 7, 8, 9, 300, 5000])
    func `zeros before the digits and exponents that make up for them change nothing`(zeroCount: Int) throws {
        let zeros = String(repeating: "0", count: zeroCount)
        let digits = "12345678901234567890123"
        try Self.expectExact([
            "0.\(zeros)\(digits)e\(zeroCount)", "0.\(zeros)\(digits)e+0000000000000000000000000\(zeroCount + 3)",
            "\(digits)\(zeros)e-\(zeroCount)", "\(digits)\(zeros).\(zeros)1e-\(zeroCount + 30)", "0.\(zeros)\(digits)",
            "0.\(zeros)", "0.\(zeros)e99999999999999999999999", "\(digits)e-99999999999999999999999",
            "1.\(zeros)", "1.\(zeros)000000000000000000000000", "7\(zeros)e-\(zeroCount)",
        ])
    }

    @Test(arguments: [
        "0.123456789012345678901234x", "00.123456789012345678901234", "0.1234567890123456789012.5",
        "1234567890123456789012345.", "1234567890123456789012345e", "1234567890123456789012345e+",
        "0.12345678901234567890 1", "-", "-.12345678901234567890123", "0123456789012345678901234",
        "0.12345678901234567890123e1e1", "+0.12345678901234567890123", "0.123456789012345678-90123",
        "0.1234567890123456789012345678901234567890123456789012345678901234567x",
    ])
    func `what is malformed is so at the same byte as without its neighbours`(text: String) {
        let neighbours = Array(repeating: "0.12345678901234567890123", count: 40)
        for separator in [",", ", ", ",\n"] {
            let list = (neighbours + [text] + neighbours).joined(separator: separator)
            let body = Array("{\"input\":[\(list)]}".utf8)
            let bytewise = outcome { () throws(JSONSyntaxError) in try read(body, pieceByteCount: 1) }
            #expect(bytewise.hasPrefix("malformed"))
            for isAhead in [false, true] {
                let whole = outcome { () throws(JSONSyntaxError) in try read(body, isAhead: isAhead) }
                #expect(whole == bytewise)
            }
        }
    }

    /// Long numbers of every kind, some of which are decided by their first digits.
    private static let mixed: [String] = {
        let zeros = String(repeating: "0", count: 70)
        return [
            "0.12345678901234567890123", "16777217.\(zeros)1", "-1.000000059604644775390625\(zeros)1",
            "1.00000000000000011102230246251565404236316680908203125", "\"NaN\"", "-12.50000000000000000000000", "1e39",
            "0.\(zeros)1234567890123456789012", "\"-Infinity\"", "123456789012345678901234567890", "\"Infinity\"",
            "0.5",
            "340282356779733661637539395458142568447.9\(zeros)", "1e300", "-0.\(zeros)",
            "3.40282356779733661637539395458142568448e38",
        ]
    }()

    @Test(arguments: [",", ", ", ",\n    "])
    func `a text cut anywhere, read ahead or not, is the same`(separator: String) {
        let text = Self.mixed.joined(separator: separator)
        let body = Array("{\"input\":[\(text),\(text),\(text)],\"dtype\":\"float32\"}".utf8)
        let expected = outcome { () throws(JSONSyntaxError) in try read(body, pieceByteCount: 1) }
        #expect(expected.contains("Overflow"))
        for cut in 0...body.count {
            #expect(outcome { () throws(JSONSyntaxError) in try read(body, cutAt: cut) } == expected)
        }
        for pieceByteCount in 200...260 {
            for isAhead in [false, true] {
                let result = outcome { () throws(JSONSyntaxError) in
                    try read(body, pieceByteCount: pieceByteCount, isAhead: isAhead)
                }
                #expect(result == expected)
            }
        }
    }

    @Test(arguments: [
        "0.12345678901234567890", "1.2345678901234567890123e-5", "0.123456000000000000000000000",
        "16777217.00000000000000000001", "1e300", "\"NaN\"", "\"-Infinity\"",
        "1.00000000000000011102230246251565404236316680908203125",
    ])
    func `all numbers of a piece are read ahead but those that it cuts`(text: String) {
        let piece = Array(String(repeating: text + ",", count: 100_000 / (text.utf8.count + 1)).utf8)
        let ahead = NumberRunsAhead(piece.span)
        let takenByteCount = ahead.runs.reduce(0) { $0 + $1.bytes.count }
        // Short numbers and middles between float32 numbers may exceed the capacity of the read-ahead.
        let isLimited = text.utf8.count < 8 || text.hasPrefix("16777217")
        #expect(takenByteCount > piece.count / (isLimited ? 3 : 1) - 200)
        #expect(ahead.notes.count <= piece.count / 64)
    }

    @Test func `a number of twenty thousand digits is read ahead too`() {
        let number = "0." + String(repeating: "0123456789", count: 2000)
        let piece = Array(Array(repeating: number, count: 5).joined(separator: ",").utf8)
        let ahead = NumberRunsAhead(piece.span)
        #expect(ahead.elements.count == 3)
        #expect(ahead.elements.allSatisfy { $0 == Double(number) })
    }

    @Test func `most long numbers are decided by their first digits`() {
        var random = SplitMix64(seed: 3)
        let decidedCount = (0..<10_000).count { _ in
            let significand = 1_000_000_000_000_000_000 + random.next() % 9_000_000_000_000_000_000
            let exponent = -20 - Int(random.next() % 10)
            let power = PowersOfTen.significand(exponent).high
            return EiselLemire.roundTruncatedIfPlain(significand, exponent, power, rangeLength: 2045) != 0
        }
        #expect(decidedCount > 9_850)
    }

    @Test func `the quick way of rounding a truncated number ends where the careful one does`() {
        var random = SplitMix64(seed: 4)
        for _ in 0..<200_000 {
            // Every other number is near a middle.
            var significand = 1_000_000_000_000_000_000 + random.next() % 9_000_000_000_000_000_000
            if random.next() % 2 == 0 { significand = (significand | 1023) &- random.next() % 5 }
            let exponent = Int(random.next() % 600) - 320
            let power = PowersOfTen.significand(exponent).high
            let bits = EiselLemire.roundTruncatedIfPlain(significand, exponent, power, rangeLength: 2045)
            guard bits != 0 else { continue }
            let careful = EiselLemire.roundTruncated(significand, exponent)
            #expect(careful?.value.bitPattern == bits, "\(significand)e\(exponent)")
        }
    }
}

/// Returns the digits of `value`, much as C's `%.*f` prints them.
private func exactDecimal(of value: Double, placeCount: Int) -> String {
    var rest = value.magnitude
    let integer = rest.rounded(.down)
    rest -= integer
    var digits = ""
    for _ in 0..<placeCount {
        let scaled = rest * 10
        let digit = scaled.rounded(.down)
        digits += "\(Int(digit))"
        rest = scaled - digit
    }
    return (value < 0 ? "-" : "") + "\(Int(integer)).\(digits)"
}
