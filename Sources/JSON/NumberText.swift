/// A number that can be written: `Double` or `Float`.
protocol WrittenNumber: BinaryFloatingPoint, BitwiseCopyable {
    /// The shortest decimal of the magnitude; 0 where the number is zero or not finite.
    var shortestDecimal: ShortestDecimal { get }
}

extension Double: WrittenNumber {
    @inline(__always)
    var shortestDecimal: ShortestDecimal {
        let magnitude = magnitude
        // Adding 2^52 rounds to an integer and has it in the last bits.
        let shifted = magnitude + 0x1p52
        if shifted - 0x1p52 == magnitude && magnitude < 0x1p52 {
            return ShortestDecimal(digits: shifted.bitPattern & 0xF_FFFF_FFFF_FFFF, exponent: 0)
        }
        return magnitude < .infinity ? ShortestDecimal(magnitude) : ShortestDecimal(digits: 0, exponent: 0)
    }
}

extension Float: WrittenNumber {
    @inline(__always)
    var shortestDecimal: ShortestDecimal {
        let magnitude = magnitude
        let shifted = magnitude + 0x1p23
        if shifted - 0x1p23 == magnitude && magnitude < 0x1p23 {
            return ShortestDecimal(digits: UInt64(shifted.bitPattern & 0x7F_FFFF), exponent: 0)
        }
        return magnitude < .infinity ? ShortestDecimal(magnitude) : ShortestDecimal(digits: 0, exponent: 0)
    }
}

/// The text of a number.
enum NumberText {
    /// Stores the text of `value`, whose decimal is `decimal`, at `start`.
    ///
    /// - Returns: Its length. Up to ``JSONText/numberByteCountMax`` bytes at `start` may be stored to.
    @inline(__always)
    static func write<Number: WrittenNumber>(
        _ value: Number, _ decimal: ShortestDecimal, at start: UnsafeMutableRawPointer
    ) -> Int {
        if decimal.digits == 0 { return unsafe writeSpecial(value, at: start) }
        unsafe start.storeBytes(of: UInt8(ascii: "-"), as: UInt8.self)
        let signCount = value.sign == .minus ? 1 : 0
        if decimal.exponent == 0 && decimal.digits < 100_000_000 {
            return unsafe signCount &+ DecimalLayout.writeInteger(decimal.digits, at: start + signCount)
        }
        return unsafe signCount &+ DecimalLayout(decimal).write(at: start + signCount)
    }

    private static func writeSpecial<Number: WrittenNumber>(_ value: Number, at start: UnsafeMutableRawPointer) -> Int {
        let text: StaticString =
            if value.isNaN {
                "\"NaN\""
            } else if value.isInfinite {
                value.sign == .minus ? "\"-Infinity\"" : "\"Infinity\""
            } else {
                value.sign == .minus ? "-0" : "0"
            }
        // Sound: a constant's bytes, to where there is room for more.
        unsafe start.copyMemory(from: text.utf8Start, byteCount: text.utf8CodeUnitCount)
        return text.utf8CodeUnitCount
    }
}
