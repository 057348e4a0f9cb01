import JSON
import RepeatableRandom
import Testing

/// Tests that long numbers have the same result if they are read a block at a time or byte by byte.
///
/// Any other text may be among the numbers.
@Suite struct NumberBlockTests {
    private static let texts = [
        "1", "-0", "0.0", "-0.5", "01.5", "-01.5", "007.5", "+1.5", "1.", ".5", "-.5", "-", "", "1.5e", "1.5e-7", "1e5",
        "1.5E+07", "2.5e-310", "1e400", "-1e400", "0.1.2", "0..1", "1,", "1 ", " 1.5", "  1.5", "1.5  ", "\t1.5",
        "1.5\n",
        "null", "true", "\"NaN\"", "\"-Infinity\"", "[1]", "{}", "1.5]", "]", "1.5]}", "1.5:2", "1.25;", "1/5",
        "1.2x45",
        "12.3456789012345678", "123.456789012345678", "1234567.5", "12345678.5", "1234567.123456789012",
        "1234567.1234567890123", "12.12345678901234567", "12.123456789012345678", "9.999999999999999999",
        "9.9999999999999999999", "1.844674407370955161", "1844.6744073709551615", "1844.6744073709551616",
        "18446744073709551.615", "18446744073709551.616", "0.1234567890123456789", "0.12345678901234567890",
        "0.00000000000000000001", "0.000000000000000000001234", "1.0000000000000000000", "1.00000000000000000000",
        "0.1234567890123456e5", "1.234567890123456:", "1.23456789012345/7", "-9.87654321098765432", "3.4e38", "3.5e38",
        "16777217.0000000001", "16777217.00000000000001", "1.00000005960464477540", "1.000000059604644775390625",
        "340282356779733661637539395458142568448", "340282356779733642748073463979561713663.5",
        "123456789012345678901234567890.5", "0.30000000000000004", "2.2250738585072011e-308", "1\u{E9}", "1.5é",
        "\r\n\t1.5", "\u{0B}1.5",
    ]

    @Test(arguments: texts)
    func `a number among long ones is what it is alone`(text: String) {
        var random = SplitMix64(seed: 7)
        let numbers = (0..<96).map { _ in (Double.random(in: -20...20, using: &random)).description }
        for index in [0, 7, 16, 25, 40, 60, 95] {
            for separator in [",", ", ", " ,", ",\n    "] {
                var elements = numbers
                elements[index] = text
                let body = Array("{\"input\":[\(elements.joined(separator: separator))]}".utf8)
                expectSame(body, "\(text) at \(index) between '\(separator)'")
            }
        }
    }

    @Test(arguments: 1...24)
    func `numbers of any number of digits are read as strtod reads them`(digitCount: Int) throws {
        var random = SplitMix64(seed: UInt64(digitCount))
        for integerCount in 1...min(9, digitCount) {
            let texts = (0..<400).map { _ in
                let digits = (0..<digitCount).map { String($0 == 0 ? 1 + random.next() % 9 : random.next() % 10) }
                let integer = random.next() % 3 == 0 && integerCount == 1 ? "0" : digits.prefix(integerCount).joined()
                let fraction = integerCount < digitCount ? "." + digits.dropFirst(integerCount).joined() : ""
                return (random.next() % 2 == 0 ? "-" : "") + integer + fraction
            }
            let tensor = try #require(try tensor("[\(texts.joined(separator: ","))]"))
            #expect(tensor.elements.map(\.bitPattern) == texts.map { Double($0)?.bitPattern })
            #expect(tensor.float32Elements().map(\.bitPattern) == texts.map { Float($0)?.bitPattern })
        }
    }

    @Test(arguments: 1...40)
    func `rows of any length are read`(rowLength: Int) throws {
        for separator in ["],[", "], [", "],\n["] {
            let (rows, body) = Self.rows(40, rowLength, separator)
            let tensor = try #require(try tensor("[[\(body)]]"))
            #expect(tensor.shape == [40, rowLength])
            #expect(tensor.elements == rows.flatMap { $0 })
        }
    }

    @Test(arguments: [
        [60, 1, 1], [30, 2, 2], [20, 1, 3], [5, 2, 3, 2], [2, 60, 1], [40, 1, 1, 1], [40, 1, 1, 1, 1], [3, 3, 3, 3],
        [2, 2, 50],
    ])
    func `arrays of any depth are read, however they are laid out and cut`(shape: [Int]) throws {
        var random = SplitMix64(seed: 3)
        let values = (0..<shape.reduce(1, *)).map { _ in Double.random(in: -2...2, using: &random) }
        for (opening, separator, closing) in [
            ("[", ",", "]"), ("[", ", ", "]"), ("[ ", " , ", " ]"), ("[\n  ", ",\n  ", "\n ]"),
        ] {
            var parts = values.map(\.description)
            for length in shape.reversed() {
                parts = stride(from: 0, to: parts.count, by: length).map { start in
                    opening + parts[start..<start + length].joined(separator: separator) + closing
                }
            }
            let body = Array("{\"input\":\(parts[0]),\"dtype\":\"float32\"}".utf8)
            let expected = outcome { () throws(JSONSyntaxError) in try read(body, pieceByteCount: 1) }
            #expect(expected.contains("=\(shape) "))
            for pieceByteCount in [300, 333, 1000, .max] {
                for isAhead in [false, true] {
                    let result = outcome { () throws(JSONSyntaxError) in
                        try read(body, pieceByteCount: pieceByteCount, isAhead: isAhead)
                    }
                    #expect(result == expected)
                }
            }
            // A missing or extra number or bracket is reported at the same position as if it is read byte by byte.
            for index in stride(from: 0, to: body.count, by: 7) where "[],".utf8.contains(body[index]) {
                for change in [[], [body[index], body[index]], Array("1,".utf8), Array("[".utf8), Array("],[".utf8)] {
                    let changed = Array(body[..<index]) + change + Array(body[(index + 1)...])
                    expectSame(changed, "\(change) at \(index)")
                }
            }
        }
    }

    @Test(arguments: [1, 3, 26])
    func `what stands between rows is what it is byte by byte`(rowLength: Int) {
        let separators = [
            "],[", "], [", "]],[[", "]],[", "],[[", "],[],[", "],,[", "][", "],", "]]", "],[,", "],[-,", "],[1,",
            ",1],[",
            ",1],[1,", "],[null,", "],[\"NaN\"],[", "],[\"-Infinity\",", "],{", "],[1e400,", ",1e39],[1e39,", "], 7, [",
            "]}",
        ]
        for separator in separators {
            for index in 0..<3 {
                var texts = (0..<4).map { _ in Self.rows(1, rowLength, "").text }
                texts[index] += separator + texts.remove(at: index + 1)
                expectSame(Array("{\"input\":[[\(texts.joined(separator: "],["))]]}".utf8), "\(separator) at \(index)")
                let planes = [texts, texts].map { "[[\($0.joined(separator: "],["))]]" }
                expectSame(Array("{\"input\":[\(planes.joined(separator: ","))]}".utf8), "\(separator) at \(index)")
            }
        }
    }

    @Test(arguments: [0, 1, 2, 4, 60, 64, 70, 200])
    func `numbers are read whatever whitespace is between them`(byteCount: Int) throws {
        var random = SplitMix64(seed: UInt64(byteCount))
        let whitespace = [" ", "\n", "\r", "\t"]
        let values = (0..<300).map { _ in Double.random(in: -2...2, using: &random) }
        let texts = values.map { value in
            (0..<byteCount).map { _ in whitespace[Int(random.next() % 4)] }.joined() + value.description
        }
        #expect(try tensor("[\(texts.joined(separator: ","))]")?.elements == values)
        for other in ["\u{0B}", "\u{0C}", "\u{1F}", "\0", "\u{A0}", "\u{2028}"] {
            var texts = texts
            texts[40] = other + texts[40]
            expectSame(Array("{\"input\":[\(texts.joined(separator: ","))]}".utf8), "\(other.unicodeScalars)")
            #expect(throws: JSONSyntaxError.self) { try tensor("[\(texts.joined(separator: ","))]") }
        }
    }

    private static func rows(_ count: Int, _ length: Int, _ separator: String) -> (values: [[Double]], text: String) {
        var random = SplitMix64(seed: UInt64(length))
        let values = (0..<count).map { _ in (0..<length).map { _ in Double.random(in: -2...2, using: &random) } }
        return (values, values.map { $0.map(\.description).joined(separator: ",") }.joined(separator: separator))
    }

    private func expectSame(_ body: [UInt8], _ comment: Comment) {
        let whole = outcome { () throws(JSONSyntaxError) in try read(body, cutAt: body.count) }
        let bytewise = outcome { () throws(JSONSyntaxError) in
            var reader = JSONObjectReader(schema: requestSchema)
            for position in body.indices { reader.feed(body.span.extracting(position...position)) }
            return try reader.finish()
        }
        #expect(whole == bytewise, comment)
    }
}
