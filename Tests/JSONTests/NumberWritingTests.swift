import JSON
import Testing

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

    @Test(arguments: [
        ("", #""""#), ("a\"b\\c", #""a\"b\\c""#), ("\u{0}\u{1F}\n\t", #""\u0000\u001f\n\t""#), ("é😀", #""é😀""#),
    ])
    func `a string is escaped where JSON requires it`(text: String, json: String) {
        var bytes: [UInt8] = []
        JSONText.append(text, to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == json)
    }
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
