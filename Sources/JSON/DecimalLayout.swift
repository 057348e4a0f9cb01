/// A decimal as text, in the layout of ECMAScript's Number::toString (ECMA-262 §6.1.6.1.20): plain where the value is from 1e-6
/// up to but not including 1e21, otherwise `1.5e-7`, `1e+21`.
///
/// The only unsafe code of the writer: words of eight digits are stored whole, past the end of what is kept of them.
struct DecimalLayout {
    /// How far behind its start writing a number may store.
    static let byteCountMax = 32

    /// The digits' text but for `lead`, in two words of eight, the first digit lowest.
    private let middle: UInt64
    private let low: UInt64
    /// The first digit of 17; 0 if there are 16.
    private let lead: UInt64
    /// How many digits there are without zeros at the end.
    private let digitCount: Int
    /// The value is 0.digits times ten to this power.
    private let pointPosition: Int

    @inline(__always)
    init(_ decimal: ShortestDecimal) {
        let decimal = decimal.digits < 1_000_000_000_000_000 ? decimal.scaled() : decimal
        let upper = decimal.digits / 100_000_000
        lead = upper / 100_000_000
        let middleDigits = Self.separated(upper &- lead &* 100_000_000)
        let lowDigits = Self.separated(decimal.digits &- upper &* 100_000_000)
        let isLow = lowDigits != 0
        let zeroCount = (isLow ? lowDigits : middleDigits).leadingZeroBitCount &>> 3
        let leadCount = lead == 0 ? 0 : 1
        digitCount = (isLow ? 16 : 8) &- zeroCount &+ leadCount
        pointPosition = decimal.exponent &+ 16 &+ leadCount
        middle = middleDigits | 0x3030_3030_3030_3030
        low = lowDigits | 0x3030_3030_3030_3030
    }

    /// A number below 10^8 as eight bytes, its first digit lowest.
    @inline(__always)
    private static func separated(_ number: UInt64) -> UInt64 {
        // In each lane quotient and remainder take the places of the number: (n - q·d) up, q down.
        let fours = number &<< 32 &- ((number &* 109_951_163) &>> 40) &* (10_000 &<< 32 &- 1)
        let pairs = fours &<< 16 &- ((fours &* 10_486) &>> 20 & 0x0000_007F_0000_007F) &* (100 &<< 16 &- 1)
        return pairs &<< 8 &- ((pairs &* 103) &>> 10 & 0x000F_000F_000F_000F) &* (10 &<< 8 &- 1)
    }

    /// Stores the text at `start`.
    ///
    /// - Returns: Its length. Up to ``byteCountMax`` bytes at `start` may be stored to.
    @inline(__always)
    func write(at start: UnsafeMutableRawPointer) -> Int {
        // Numbers below 1 and above take the same way: which of them comes next is hard to foresee.
        guard pointPosition > -6 && pointPosition < 8 && digitCount > pointPosition else {
            return unsafe writeOther(at: start)
        }
        return unsafe writeDigits(at: start, point: pointPosition) &+ 1
    }

    /// Stores integers of 21 digits at most, numbers with many digits before the point, and numbers with an exponent.
    @inline(never)
    private func writeOther(at start: UnsafeMutableRawPointer) -> Int {
        if 1...21 ~= pointPosition {
            unsafe writeDigits(at: start)
            if digitCount <= pointPosition {
                for index in digitCount..<max(digitCount, pointPosition) {
                    unsafe start.storeBytes(of: UInt8(ascii: "0"), toByteOffset: index, as: UInt8.self)
                }
                return pointPosition
            }
            for index in (pointPosition..<digitCount).reversed() {
                let digit = unsafe start.load(fromByteOffset: index, as: UInt8.self)
                unsafe start.storeBytes(of: digit, toByteOffset: index + 1, as: UInt8.self)
            }
            unsafe start.storeBytes(of: UInt8(ascii: "."), toByteOffset: pointPosition, as: UInt8.self)
            return digitCount + 1
        }
        _ = unsafe writeDigits(at: start, point: 1)
        let exponentStart = digitCount == 1 ? 1 : digitCount + 1
        return exponentStart + (unsafe Self.writeExponent(pointPosition - 1, at: start + exponentStart))
    }

    private static func writeExponent(_ exponent: Int, at start: UnsafeMutableRawPointer) -> Int {
        let magnitude = UInt64(exponent.magnitude)
        let sign = exponent < 0 ? UInt64(UInt8(ascii: "-")) : UInt64(UInt8(ascii: "+"))
        let digitCount = magnitude < 10 ? 1 : magnitude < 100 ? 2 : 3
        let digits = (separated(magnitude) | 0x3030_3030_3030_3030) >> UInt64(64 - 8 * digitCount)
        unsafe store(UInt64(UInt8(ascii: "e")) | sign << 8 | digits << 16, at: start)
        return 2 + digitCount
    }

    /// Stores all digits, without a point.
    @inline(__always)
    private func writeDigits(at start: UnsafeMutableRawPointer) {
        unsafe start.storeBytes(of: UInt8(truncatingIfNeeded: lead) &+ 0x30, as: UInt8.self)
        let rest = unsafe start + (lead == 0 ? 0 : 1)
        unsafe Self.store(middle, at: rest)
        unsafe Self.store(low, at: rest + 8)
    }

    /// Stores all digits with a point behind the first `point`, which is between -5 and 7, and as many zeros before them as
    /// that takes.
    ///
    /// - Returns: How many digits, those zeros included.
    @inline(__always)
    private func writeDigits(at start: UnsafeMutableRawPointer, point: Int) -> Int {
        let zeroCount = max(0, 1 &- point)
        let leadCount = lead == 0 ? 0 : 1
        unsafe Self.store(middle, at: start + (1 &+ zeroCount &+ leadCount))
        unsafe Self.store(low, at: start + (9 &+ zeroCount &+ leadCount))
        // The point goes into the first word, which is put together here so as not to be loaded from what was stored.
        let digits = lead == 0 ? middle : middle &<< 8 | lead | 0x30
        let zeroShift = UInt64(truncatingIfNeeded: zeroCount &* 8)
        let word = digits &<< zeroShift | 0x3030_3030_3030_3030 & ((1 &<< zeroShift) &- 1)
        let pointShift = UInt64(truncatingIfNeeded: max(point, 1) &* 8)
        let isBefore: UInt64 = (1 &<< pointShift) &- 1
        unsafe Self.store(
            word & isBefore | 0x2E &<< pointShift | (word & ~isBefore) &<< 8, at: start)
        return digitCount &+ zeroCount
    }

    @inline(__always)
    private static func store(_ word: UInt64, at address: UnsafeMutableRawPointer) {
        unsafe address.storeBytes(of: word.littleEndian, as: UInt64.self)
    }
}
