/// Describes a number that can be written: `Double` or `Float`.
///
/// The fast path examines the bits rather than the number, since they are loaded into integer registers.
protocol WrittenNumber: BinaryFloatingPoint, BitwiseCopyable {
    associatedtype Bits: FixedWidthInteger, UnsignedInteger, BitwiseCopyable

    init(bitPattern: Bits)
    var bitPattern: Bits { get }
    /// The shortest decimal of the magnitude; 0 if the number is zero or not finite.
    var shortestDecimal: ShortestDecimal { get }

    /// Returns 1 if the sign is negative, otherwise 0.
    static func signBit(_ bits: Bits) -> Int
    /// Returns whether the number may need the fallback.
    ///
    /// It may be a power of two, an integer with zeros at the end, or, unless its ``scaleIndex(_:)`` shows that, not
    /// normal.
    static func isIrregular(_ bits: Bits) -> Bool
    /// Returns the index of the number's binade in ``DecimalScale/all``.
    static func scaleIndex(_ bits: Bits) -> Int
    /// Returns the significand, shifted up by 11 bits: a float64's fills a word.
    static func alignedSignificand(_ bits: Bits) -> UInt64
    /// Returns the digits of a scaled number as 16 digits, of which the first is not 0, and one more.
    ///
    /// - Parameters:
    ///   - integer: The integer of the scaled number.
    ///   - digit: The digit after it.
    /// - Returns: The digits, and the change of the point's position.
    static func aligned(_ integer: UInt64, _ digit: UInt64) -> (digits: UInt64, last: UInt64, pointOffset: Int)
}

extension Double: WrittenNumber {
    @inline(__always)
    static func signBit(_ bits: UInt64) -> Int { Int(truncatingIfNeeded: bits &>> 63) }

    // Powers of two and integers below 2^37 have 16 zeros at the end.
    @inline(__always)
    static func isIrregular(_ bits: UInt64) -> Bool { bits & 0xFFFF == 0 }

    @inline(__always)
    static func scaleIndex(_ bits: UInt64) -> Int { Int(truncatingIfNeeded: bits &>> 52) & 0x7FF }

    @inline(__always)
    static func alignedSignificand(_ bits: UInt64) -> UInt64 { bits &<< 11 | 1 &<< 63 }

    @inline(__always)
    static func aligned(_ integer: UInt64, _ digit: UInt64) -> (digits: UInt64, last: UInt64, pointOffset: Int) {
        // The integer is from 2^52 / 10 up to 2^53.
        let isShort = integer < 1_000_000_000_000_000
        return (isShort ? integer &* 10 &+ digit : integer, isShort ? 0 : digit, isShort ? -1 : 0)
    }

    var shortestDecimal: ShortestDecimal {
        let magnitude = magnitude
        // Adding 2^52 rounds to an integer, which is then in the last bits.
        let shifted = magnitude + 0x1p52
        if shifted - 0x1p52 == magnitude && magnitude < 0x1p52 {
            return ShortestDecimal(digits: shifted.bitPattern & 0xF_FFFF_FFFF_FFFF, exponent: 0)
        }
        // With zeros in the last 16 bits of the number the product is exact. A decimal of at most 15 digits that equals
        // the number is its shortest one, since no two of them read back to the same number.
        let millions = magnitude * 1_000_000
        let shiftedMillions = millions + 0x1p52
        if bitPattern & 0xFFFF == 0 && millions < 1e15 && shiftedMillions - 0x1p52 == millions {
            return ShortestDecimal(digits: shiftedMillions.bitPattern & 0xF_FFFF_FFFF_FFFF, exponent: -6)
        }
        return magnitude < .infinity ? ShortestDecimal(magnitude) : ShortestDecimal(digits: 0, exponent: 0)
    }
}

extension Float: WrittenNumber {
    @inline(__always)
    static func signBit(_ bits: UInt32) -> Int { Int(truncatingIfNeeded: bits &>> 31) }

    // Powers of two and integers below 2^17 have 7 zeros at the end.
    @inline(__always)
    static func isIrregular(_ bits: UInt32) -> Bool {
        bits & 0x7F == 0 || bits &>> 23 & 0xFF &- 1 >= 254
    }

    @inline(__always)
    static func scaleIndex(_ bits: UInt32) -> Int { Int(truncatingIfNeeded: bits &>> 23 & 0xFF) &+ (1023 - 127 + 29) }

    @inline(__always)
    static func alignedSignificand(_ bits: UInt32) -> UInt64 {
        UInt64(truncatingIfNeeded: bits & 0x7F_FFFF | 1 &<< 23) &<< 11
    }

    @inline(__always)
    static func aligned(_ integer: UInt64, _ digit: UInt64) -> (digits: UInt64, last: UInt64, pointOffset: Int) {
        // The digits are from 2^23 up to 10 · 2^24: seven to nine digits.
        let digits = integer &* 10 &+ digit
        let (isShort, isLong) = (digits < 10_000_000, digits >= 100_000_000)
        let factor: UInt64 = isShort ? 1_000_000_000 : isLong ? 10_000_000 : 100_000_000
        return (digits &* factor, 0, isShort ? -10 : isLong ? -8 : -9)
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

/// Writes the text of a number.
enum NumberText {
    /// Stores the text of a number, whose separated digits are `decimal`, at `start`.
    ///
    /// Up to ``JSONText/numberByteCountMax`` bytes at `start` may be overwritten.
    ///
    /// - Parameter forms: ``DecimalForm/all``.
    /// - Precondition: There are digits: the last one is not ``DecimalDigits/none``.
    /// - Returns: The length of the text.
    @inline(__always)
    static func write(
        _ decimal: DecimalDigits, signBit: Int, at start: UnsafeMutableRawPointer, forms: UnsafePointer<DecimalForm>
    ) -> Int {
        unsafe start.storeBytes(of: UInt8(ascii: "-"), as: UInt8.self)
        // Added rather than branched on, since the sign is unpredictable.
        return unsafe signBit &+ DecimalLayout.write(decimal, at: start + signBit, forms: forms)
    }

    /// Stores the text of an integer below 10^8, whose separated digits are `digits`, or of a number without digits.
    ///
    /// Up to ``JSONText/numberByteCountMax`` bytes at `start` may be overwritten.
    ///
    /// - Returns: The length of the text.
    @inline(never)
    static func writeOther<Number: WrittenNumber>(
        _ value: Number, _ digits: UInt64, at start: UnsafeMutableRawPointer
    ) -> Int {
        unsafe start.storeBytes(of: UInt8(ascii: "-"), as: UInt8.self)
        if digits == Digits.zeros { return unsafe writeSpecial(value, at: start) }
        let signBit = Number.signBit(value.bitPattern)
        return unsafe signBit &+ DecimalLayout.writeInteger(digits, at: start + signBit)
    }

    /// Stores the text of `value` at `start`.
    ///
    /// Up to ``JSONText/numberByteCountMax`` bytes at `start` may be overwritten.
    ///
    /// - Returns: The length of the text.
    static func write<Number: WrittenNumber>(_ value: Number, at start: UnsafeMutableRawPointer) -> Int {
        // SAFETY: the pointers do not leave these closures; the tables are not empty.
        unsafe DecimalScale.all.withUnsafeBufferPointer { scales in
            unsafe DecimalForm.all.withUnsafeBufferPointer { forms in
                guard let scales = scales.baseAddress, let forms = forms.baseAddress else { return 0 }
                var decimal = unsafe DecimalDigits(value.bitPattern, of: Number.self, scales: scales)
                unsafe DecimalDigits.separate(&decimal.halves)
                if decimal.last == DecimalDigits.none { return unsafe writeOther(value, decimal.halves.low, at: start) }
                return unsafe write(decimal, signBit: Number.signBit(value.bitPattern), at: start, forms: forms)
            }
        }
    }

    /// Stores a number without digits: zero, or the name of a number that is not finite.
    @inline(never)
    private static func writeSpecial<Number: WrittenNumber>(_ value: Number, at start: UnsafeMutableRawPointer) -> Int {
        if value == 0 {
            unsafe (start + Number.signBit(value.bitPattern)).storeBytes(of: UInt8(ascii: "0"), as: UInt8.self)
            return Number.signBit(value.bitPattern) + 1
        }
        let text: StaticString =
            value.isNaN ? "\"NaN\"" : value.sign == .minus ? "\"-Infinity\"" : "\"Infinity\""
        // SAFETY: these are the bytes of a constant, which is shorter than the capacity.
        unsafe start.copyMemory(from: text.utf8Start, byteCount: text.utf8CodeUnitCount)
        return text.utf8CodeUnitCount
    }
}
