/// A number that can be written: `Double` or `Float`.
protocol WrittenNumber: BinaryFloatingPoint, BitwiseCopyable {
    /// The number scaled, if it is one of those that most are: neither a small integer nor in any way special.
    var scaled: ScaledNumber { get }
    /// The shortest decimal of the magnitude; 0 where the number is zero or not finite.
    var shortestDecimal: ShortestDecimal { get }
    /// 1 if the sign is negative, otherwise 0.
    var signBit: Int { get }
}

extension Double: WrittenNumber {
    @inline(__always)
    var signBit: Int { Int(truncatingIfNeeded: bitPattern &>> 63) }

    @inline(__always)
    var scaled: ScaledNumber {
        let biasedExponent = Int(truncatingIfNeeded: bitPattern &>> 52) & 0x7FF
        // Integers below 2^37 and powers of two have 16 zeros at the end.
        if bitPattern & 0xFFFF == 0 || UInt(bitPattern: biasedExponent &- 1) >= 2046 { return .none }
        return ScaledNumber(bitPattern & 0xF_FFFF_FFFF_FFFF | 1 &<< 52, biasedExponent &- 1075)
    }

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
    var signBit: Int { Int(truncatingIfNeeded: bitPattern &>> 31) }

    @inline(__always)
    var scaled: ScaledNumber {
        let biasedExponent = Int(truncatingIfNeeded: bitPattern &>> 23) & 0xFF
        // Integers below 2^17 and powers of two have 7 zeros at the end.
        if bitPattern & 0x7F == 0 || UInt(bitPattern: biasedExponent &- 1) >= 254 { return .none }
        return ScaledNumber(UInt64(truncatingIfNeeded: bitPattern & 0x7F_FFFF) | 1 &<< 23, biasedExponent &- 150)
    }

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
    /// Stores the text of `value`, whose separated digits are `decimal`, at `start`.
    ///
    /// - Parameter forms: ``DecimalForm/all``.
    /// - Returns: Its length. Up to ``JSONText/numberByteCountMax`` bytes at `start` may be stored to.
    @inline(__always)
    static func write<Number: WrittenNumber>(
        _ value: Number, _ decimal: DecimalDigits, at start: UnsafeMutableRawPointer,
        forms: UnsafePointer<DecimalForm>
    ) -> Int {
        unsafe start.storeBytes(of: UInt8(ascii: "-"), as: UInt8.self)
        // Added and not asked for, since nothing foretells the sign.
        let signCount = value.signBit
        if decimal.lead != 0 {
            return unsafe signCount &+ DecimalLayout.write(decimal, at: start + signCount, forms: forms)
        }
        if decimal.low == 0 { return unsafe writeSpecial(value, at: start) }
        return unsafe signCount &+ DecimalLayout.writeInteger(decimal.low, at: start + signCount)
    }

    /// Stores the text of `value` at `start`.
    ///
    /// - Returns: Its length. Up to ``JSONText/numberByteCountMax`` bytes at `start` may be stored to.
    static func write<Number: WrittenNumber>(_ value: Number, at start: UnsafeMutableRawPointer) -> Int {
        var decimal = DecimalDigits(value.scaled, of: value)
        unsafe DecimalDigits.separate(&decimal)
        // Sound: the pointer stays in this closure; the table is not empty.
        return unsafe DecimalForm.all.withUnsafeBufferPointer { forms in
            guard let forms = forms.baseAddress else { return 0 }
            return unsafe write(value, decimal, at: start, forms: forms)
        }
    }

    /// Stores what has no digits: zero, or the name of what is not finite.
    @inline(never)
    private static func writeSpecial<Number: WrittenNumber>(_ value: Number, at start: UnsafeMutableRawPointer) -> Int {
        if value == 0 {
            unsafe (start + value.signBit).storeBytes(of: UInt8(ascii: "0"), as: UInt8.self)
            return value.signBit + 1
        }
        let text: StaticString =
            value.isNaN ? "\"NaN\"" : value.sign == .minus ? "\"-Infinity\"" : "\"Infinity\""
        // Sound: a constant's bytes, to where there is room for more.
        unsafe start.copyMemory(from: text.utf8Start, byteCount: text.utf8CodeUnitCount)
        return text.utf8CodeUnitCount
    }
}
