import JSON
import Testing

@Suite struct NumberReadingTests {
    @Test(
        arguments: [
            ("0", 0), ("1", 1), ("-1.5", -1.5), ("1e22", 1e22), ("9007199254740993", 9_007_199_254_740_992),
            ("9007199254740993.00000000000000000000000000001", 9_007_199_254_740_994),
            ("5e-324", .leastNonzeroMagnitude),
            ("2.4703282292062328e-324", .leastNonzeroMagnitude), ("2.4703282292062327e-324", 0),
            ("1.7976931348623157e308", 0x1.fffffffffffffp1023),
            ("1.7976931348623158e308", 0x1.fffffffffffffp1023), ("1e-400", 0), ("0e999999999999", 0),
            ("2.2250738585072011e-308", .leastNormalMagnitude.nextDown),
            ("1e0000000000000000000000005", 1e5), ("1e-99999999999999999999999", 0), ("0.1", 0.1),
            ("123456789012345678901234567890", 123456789012345677877719597056),
            ("NaN", .nan), ("Infinity", .infinity), ("-Infinity", -Double.infinity),
        ] as [(String, Double)])
    func `a decimal is rounded to the nearest float64`(text: String, value: Double) {
        #expect(number(text)?.value.bitPattern == value.bitPattern)
    }

    @Test func `the sign of zero is kept`() {
        for text in ["-0", "-0.0", "-0e5", "-1e-400"] { #expect(number(text)?.value.bitPattern == (-0.0).bitPattern) }
    }

    @Test(arguments: ["1e400", "-1e400", "1.7976931348623159e308", "1e99999999999999999999", "2e308"])
    func `a number past the largest float64 is out of range`(text: String) {
        #expect(JSONNumber.read(Array(text.utf8).span) == .outOfRange)
    }

    @Test(arguments: [
        "", "-", "+1", "01", "1.", ".5", "1e", "1e+", "0x10", "1_0", " 1", "1 ", "nan", "inf", "-NaN", "--1", "1.e5",
        "infinity",
    ])
    func `what is no number is malformed`(text: String) {
        #expect(JSONNumber.read(Array(text.utf8).span) == .malformed)
    }

    @Test(
        arguments: [
            ("16777217", 16_777_216), ("16777217.0000000000000000000001", 16_777_218),
            ("16777216.9999999999999999999999", 16_777_216),
            ("16777219", 16_777_220), ("16777218.999999999999999999999", 16_777_218),
            ("-16777217.00000000000000001", -16_777_218),
            ("7.006492321624085e-46", 0), ("7.0064923216240853546186479164495806564013097093825788587853e-46", 0),
            ("7.0064923216240853546186479164495806564013097093825788587854e-46", 0x1p-149),
            ("3.40282356779733661637539395458142568447e38", .greatestFiniteMagnitude),
            ("3.40282356779733661637539395458142568448e38", .infinity), ("1e39", .infinity), ("0.1", 0.1), ("1e-60", 0),
        ] as [(String, Float)])
    func `a decimal is rounded to float32 once`(text: String, value: Float) throws {
        #expect(number(text)?.float32 == value)
        #expect(try tensor("[0,\(text)]")?.float32Elements() == [0, value])
    }

    @Test func `the first number that float32 cannot hold is known`() throws {
        let tensor = try tensor(#"[["Infinity",3.4e38],[3.40282356779733661637539395458142568448e38,1e39]]"#)
        #expect(tensor?.firstFloat32Overflow?.position == 2)
        #expect(tensor?.firstFloat32Overflow?.offset == 31)
        #expect(tensor?.pointer(toElementAt: 2) == "/1/0")
    }

    @Test(
        arguments: [
            ("1", 1), ("1.0", 1), ("1e0", 1), ("-0", 0), ("10e-1", 1), ("9007199254740992", 9_007_199_254_740_992),
            ("1.5", nil),
            ("1.00000000000000000001", nil), ("1e30", nil), ("9007199254740993", nil), ("NaN", nil), ("Infinity", nil),
        ] as [(String, Int?)])
    func `an exact integer is one whose decimal is`(text: String, value: Int?) {
        #expect(number(text)?.exactInteger == value)
    }

    @Test func `an integer too large to be held is an integer still`() {
        #expect(number("1e30")?.isInteger == true)
        #expect(number("9007199254740993")?.isInteger == true)
        #expect(number("9007199254740993.5")?.isInteger == false)
    }
}
