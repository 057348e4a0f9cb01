import Testing

@testable import JSON

@Suite struct NumberWritingTests {
    @Test(
        arguments: [
            (0, "0"), (-0.0, "-0"), (1, "1"), (-1, "-1"), (0.1, "0.1"), (-2.5, "-2.5"), (100, "100"), (1e21, "1e+21"),
            (1e20, "100000000000000000000"), (123456789012345683968, "123456789012345680000"), (1e-6, "0.000001"),
            (1e-7, "1e-7"),
            (1.5e-7, "1.5e-7"), (1.2345678901234567e-6, "0.0000012345678901234567"), (.leastNonzeroMagnitude, "5e-324"),
            (1e23, "1e+23"),
            (0x1.fffffffffffffp1023, "1.7976931348623157e+308"), (2.2250738585072014e-308, "2.2250738585072014e-308"),
            (9_007_199_254_740_992, "9007199254740992"), (0.3, "0.3"), (0.1 + 0.2, "0.30000000000000004"),
            (1e100, "1e+100"),
            (.nan, "\"NaN\""), (.infinity, "\"Infinity\""), (-.infinity, "\"-Infinity\""), (1e-5, "0.00001"),
            (12.5, "12.5"), (1.5e300, "1.5e+300"),
        ] as [(Double, String)])
    func `a float64 is written with the fewest digits`(value: Double, text: String) {
        #expect(written(value) == text)
    }

    @Test(
        arguments: [
            (0.1, "0.1"), (-0.0, "-0"), (16_777_216, "16777216"), (.leastNonzeroMagnitude, "1e-45"),
            (.greatestFiniteMagnitude, "3.4028235e+38"),
            (1e10, "10000000000"), (.infinity, "\"Infinity\""), (.nan, "\"NaN\""),
            (.leastNormalMagnitude, "1.1754944e-38"), (33_554_432, "33554432"),
        ] as [(Float, String)])
    func `a float32 is written with the fewest digits`(value: Float, text: String) {
        #expect(written(value) == text)
    }

    @Test(arguments: [
        1.2345678901234567e16, 1.2345678901234567e20, 1e20, 1.2345678901234567, 123456.78901234567, 12345678.901234567,
        1.2345678901234567e-6, 1.2345678901234567e-7, 1.2345678901234567e-300, 1.2345678901234567e308, 0, 7,
        12_345_678, 123_456_789, .infinity, .nan,
    ])
    func `nothing is stored past the room that a number takes`(magnitude: Double) {
        for value in [magnitude, -magnitude] {
            var bytes = [UInt8](repeating: 0xAA, count: JSONText.numberByteCountMax + 32)
            bytes.withUnsafeMutableBufferPointer { whole in
                let room = UnsafeMutableBufferPointer(rebasing: whole[..<JSONText.numberByteCountMax])
                var output = OutputSpan(buffer: room, initializedCount: 0)
                JSONText.append(value, to: &output)
                _ = output.finalize(for: room)
            }
            #expect(bytes.suffix(32).allSatisfy { $0 == 0xAA }, "\(value)")
        }
    }

    @Test(arguments: ["1", "25", "1234567", "123456789", "123456789012345", "1234567890123456", "12345678901234567"])
    func `the point is where ECMAScript has it, whatever the exponent`(digits: String) {
        let magnitudes = (-340...308).compactMap { Double("\(digits)e\($0)") }.filter { $0.isFinite && $0 > 0 }
        let values = magnitudes + magnitudes.map { -$0 }
        let expected = values.map { ecmaScriptText($0) }
        #expect(values.map { written($0) } == expected)
        #expect(expected.allSatisfy { $0.utf8.count <= JSONText.numberTextByteCountMax })
        // Numbers of a tensor take another path.
        let text = TensorText(shape: [values.count])
        let bytes = [UInt8](capacity: values.count * text.leafByteCountMax) {
            _ = text.append(values.span, values.indices, at: 0, to: &$0)
        }
        #expect(String(decoding: bytes, as: UTF8.self) == "[" + expected.joined(separator: ",") + "]")
    }

    @Test(arguments: [1, 3, 5, 7, 9, 11, 0x1F_FFFF, 0xF_FFFF_FFFF, 0x8_0000_0001])
    func `a number of few bits is written with the fewest digits, whatever its exponent`(significand: UInt64) {
        for exponent in -1074...980 {
            let value = Double(sign: .plus, exponent: exponent, significand: Double(significand))
            #expect(written(value) == ecmaScriptText(value))
        }
    }

    @Test func `a number with few places is written with the fewest digits, on both sides of fifteen digits`() {
        for power in 0..<18 {
            for shift in 1...20 {
                for number in [0x1p0, 3, 0x1.8p3, 999_999, 1_000_001] {
                    let scale = (0..<power).reduce(1.0) { product, _ in product * 10 }
                    let value = scale * number + Double(sign: .plus, exponent: -shift, significand: 1)
                    #expect(written(value) == ecmaScriptText(value))
                }
            }
        }
    }

    @Test(arguments: [
        ("", #""""#), ("a\"b\\c", #""a\"b\\c""#), ("\u{0}\u{1F}\n\t", #""\u0000\u001f\n\t""#), ("é😀", #""é😀""#),
    ])
    func `a string is escaped where JSON requires it`(text: String, json: String) {
        var bytes: [UInt8] = []
        JSONText.append(text, to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == json)
    }
}

/// Returns the text of Number::toString step by step (ECMA-262 §6.1.6.1.20), from the digits of the standard library.
private func ecmaScriptText(_ value: Double) -> String {
    let parts = value.magnitude.description.split(separator: "e")
    let places = parts[0].split(separator: ".")
    let all = places[0] + (places.count > 1 && places[1] != "0" ? places[1] : "")
    let leadingZeroCount = all.prefix { $0 == "0" }.count
    var digits = String(all.dropFirst(leadingZeroCount))
    let n = places[0].count - leadingZeroCount + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    while digits.last == "0" { digits.removeLast() }
    let sign = value < 0 ? "-" : ""
    let zeros = { (count: Int) in String(repeating: "0", count: count) }
    if n <= 21 && n >= digits.count { return sign + digits + zeros(n - digits.count) }
    if n <= 21 && n > 0 { return sign + digits.prefix(n) + "." + digits.dropFirst(n) }
    if n <= 0 && n > -6 { return sign + "0." + zeros(-n) + digits }
    let exponent = n > 0 ? "e+\(n - 1)" : "e\(n - 1)"
    return sign + digits.prefix(1) + (digits.count > 1 ? "." + digits.dropFirst() : "") + exponent
}

func written(_ value: Double) -> String {
    var bytes: [UInt8] = []
    JSONText.append(value, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
}

func written(_ value: Float) -> String {
    var bytes: [UInt8] = []
    JSONText.append(value, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
}
