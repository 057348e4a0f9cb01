/// A decimal as text, in the layout of ECMAScript's Number::toString (ECMA-262 §6.1.6.1.20): plain where the value is
/// from 1e-6 up to but not including 1e21, otherwise `1.5e-7`, `1e+21`.
///
/// The digits are stored sixteen at a time, past the end of what is kept of them. It stores up to
/// ``JSONText/numberByteCountMax`` bytes at an address, which its callers have checked to be there.
struct DecimalLayout {
    private let decimal: ShortestDecimal
    /// The text of the last 16 digits, the first one lowest.
    private let text: SIMD2<UInt64>
    /// The first digit of 17; 0 if there are 16.
    private let lead: UInt64
    /// How many digits there are without zeros at the end.
    private let digitCount: Int
    /// The value is 0.digits times ten to this power.
    private let pointPosition: Int

    /// - Precondition: `decimal.digits` is not 0 and less than 10^17.
    @inline(__always)
    init(_ decimal: ShortestDecimal) {
        self.decimal = decimal
        let scaled = decimal.digits < 1_000_000_000_000_000 ? decimal.scaled() : decimal
        let upper = scaled.digits / 100_000_000
        lead = upper / 100_000_000
        let digits = Self.separated(upper &- lead &* 100_000_000, scaled.digits &- upper &* 100_000_000)
        let isLow = digits.y != 0
        let zeroCount = (isLow ? digits.y : digits.x).byteSwapped.trailingZeroBitCount &>> 3
        let leadCount = lead == 0 ? 0 : 1
        digitCount = (isLow ? 16 : 8) &- zeroCount &+ leadCount
        pointPosition = scaled.exponent &+ 16 &+ leadCount
        text = digits | SIMD2(repeating: 0x3030_3030_3030_3030)
    }

    /// The digits of two numbers below 10^8, each a byte, the first one lowest.
    @inline(__always)
    private static func separated(_ high: UInt64, _ low: UInt64) -> SIMD2<UInt64> {
        // From lanes of four digits to lanes of two, to lanes of one: the quotient takes the lower half, the remainder
        // the upper one. The factors are 1/100 and 1/10, exact enough for numbers of four and two digits.
        let fourDigits = SIMD2(fours(high), fours(low))
        // Sound: vectors of integers of the same size, to which any bits are valid.
        let fours = unsafe unsafeBitCast(fourDigits, to: SIMD4<UInt32>.self) & SIMD4(repeating: 0x3FFF)
        let hundreds = ((fours &* SIMD4(repeating: 10_486)) &>> 20) & SIMD4(repeating: 0x7F)
        let twoDigits = hundreds &+ ((fours &- hundreds &* SIMD4(repeating: 100)) &<< 16)
        let twos = unsafe unsafeBitCast(twoDigits, to: SIMD8<UInt16>.self)
        let tens = (twos &* SIMD8(repeating: 103)) &>> 10
        let digits = tens &+ ((twos &- tens &* SIMD8(repeating: 10)) &<< 8)
        return unsafe unsafeBitCast(digits, to: SIMD2<UInt64>.self)
    }

    /// A number below 10^8 as two lanes of four digits, the upper four in the lower lane.
    @inline(__always)
    private static func fours(_ number: UInt64) -> UInt64 {
        // (n - q · 10^4) · 2^32 + q with q = n / 10^4.
        number &<< 32 &- ((number &* 109_951_163) &>> 40) &* (10_000 &<< 32 &- 1)
    }

    /// Stores the text at `start`.
    ///
    /// - Returns: Its length.
    @inline(__always)
    func write(at start: UnsafeMutableRawPointer) -> Int {
        if pointPosition <= 0 && pointPosition > -6 {
            // "0.000": as many zeros as there are places free.
            unsafe start.storeBytes(of: UInt64(littleEndian: 0x3030_3030_3030_2E30), as: UInt64.self)
            unsafe writeDigits(at: start + (2 &- pointPosition))
            return digitCount &+ 2 &- pointPosition
        }
        if pointPosition > 0 && pointPosition < 8 && digitCount > pointPosition {
            unsafe writeDigits(at: start, point: pointPosition)
            return digitCount &+ 1
        }
        if pointPosition <= -6 && pointPosition > -99 && digitCount > 1 {
            unsafe writeDigits(at: start, point: 1)
            // "e-", and at most two digits.
            let exponent = UInt32(truncatingIfNeeded: 1 &- pointPosition)
            let tens = (exponent &* 103) &>> 10
            let isLong = tens != 0
            let pair = (tens | (exponent &- tens &* 10) &<< 8 | 0x3030) &>> (isLong ? 0 : 8)
            let suffix = UInt32(littleEndian: pair &<< 16 | 0x2D65)
            unsafe start.storeBytes(of: suffix, toByteOffset: digitCount &+ 1, as: UInt32.self)
            return digitCount &+ (isLong ? 5 : 4)
        }
        return unsafe Self.writeOther(decimal, at: start)
    }

    /// Stores integers, numbers with several digits before the point, and numbers with other exponents.
    @inline(never)
    private static func writeOther(_ decimal: ShortestDecimal, at start: UnsafeMutableRawPointer) -> Int {
        // Made anew from the decimal, so that the quick way need not keep it all in memory for a call it hardly makes.
        unsafe DecimalLayout(decimal).writeOther(at: start)
    }

    private func writeOther(at start: UnsafeMutableRawPointer) -> Int {
        guard 1...21 ~= pointPosition else {
            unsafe writeDigits(at: start, point: 1)
            let exponentStart = digitCount == 1 ? 1 : digitCount + 1
            return exponentStart + (unsafe Self.writeExponent(pointPosition - 1, at: start + exponentStart))
        }
        unsafe writeDigits(at: start)
        if digitCount <= pointPosition {
            let zeros = UInt64(littleEndian: 0x3030_3030_3030_3030)
            unsafe start.storeBytes(of: zeros, toByteOffset: digitCount, as: UInt64.self)
            unsafe start.storeBytes(of: zeros, toByteOffset: digitCount + 8, as: UInt64.self)
            unsafe start.storeBytes(of: zeros, toByteOffset: max(digitCount, 13), as: UInt64.self)
            return pointPosition
        }
        for index in (pointPosition..<digitCount).reversed() {
            let digit = unsafe start.load(fromByteOffset: index, as: UInt8.self)
            unsafe start.storeBytes(of: digit, toByteOffset: index + 1, as: UInt8.self)
        }
        unsafe start.storeBytes(of: UInt8(ascii: "."), toByteOffset: pointPosition, as: UInt8.self)
        return digitCount + 1
    }

    private static func writeExponent(_ exponent: Int, at start: UnsafeMutableRawPointer) -> Int {
        unsafe start.storeBytes(of: UInt8(ascii: "e"), as: UInt8.self)
        let sign = exponent < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+")
        unsafe start.storeBytes(of: sign, toByteOffset: 1, as: UInt8.self)
        var rest = exponent.magnitude
        let digitCount = rest < 10 ? 1 : rest < 100 ? 2 : 3
        for index in (0..<digitCount).reversed() {
            let digit = UInt8(truncatingIfNeeded: rest % 10) + 0x30
            unsafe start.storeBytes(of: digit, toByteOffset: 2 + index, as: UInt8.self)
            rest /= 10
        }
        return 2 + digitCount
    }

    /// Stores all digits, without a point.
    @inline(__always)
    private func writeDigits(at start: UnsafeMutableRawPointer) {
        unsafe start.storeBytes(of: UInt8(truncatingIfNeeded: lead) | 0x30, as: UInt8.self)
        unsafe (start + (lead == 0 ? 0 : 1)).storeBytes(of: text, as: SIMD2<UInt64>.self)
    }

    /// Stores all digits, with a point behind the first 1 to 7.
    @inline(__always)
    private func writeDigits(at start: UnsafeMutableRawPointer, point: Int) {
        unsafe writeDigits(at: start + 1)
        // The word with the point is put together here, so as not to be loaded from what has just been stored.
        let digits = lead == 0 ? text.x : text.x &<< 8 | lead | 0x30
        let pointShift = UInt64(truncatingIfNeeded: point &* 8)
        let before: UInt64 = (1 &<< pointShift) &- 1
        let word = digits & before | 0x2E &<< pointShift | (digits & ~before) &<< 8
        unsafe start.storeBytes(of: word.littleEndian, as: UInt64.self)
    }

    /// Stores an integer below 10^8, which is not 0.
    ///
    /// - Returns: The length of its text.
    @inline(__always)
    static func writeInteger(_ value: UInt64, at start: UnsafeMutableRawPointer) -> Int {
        let digits = separated(0, value).y
        let zeroCount = digits.trailingZeroBitCount &>> 3
        let text = (digits | 0x3030_3030_3030_3030) &>> UInt64(truncatingIfNeeded: zeroCount &* 8)
        unsafe start.storeBytes(of: text.littleEndian, as: UInt64.self)
        return 8 &- zeroCount
    }
}
