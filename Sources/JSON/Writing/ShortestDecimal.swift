/// Finds the shortest decimal that reads back to the same floating-point number, and of several the closest to it.
///
/// The decimal is `digits` · 10^`exponent`, where `digits` may end in zeros.
///
/// 1. Let the number be c · 2^q, in a binade of several numbers. The decimals within half a unit, u = 2^q, on either
///    side round to it.
/// 2. Scaled by the power of ten that brings u into [1, 10), that interval contains an integer and at most one multiple
///    of ten.
/// 3. The answer is that multiple if there is one, otherwise the integer next to the number.
///
/// After R. Giulietti, "The Schubfach way to render doubles" (2020). ``DecimalDigits`` has a fast path, whose fallback
/// this is.
struct ShortestDecimal {
    let digits: UInt64
    let exponent: Int

    @inline(__always)
    init(digits: UInt64, exponent: Int) {
        self.digits = digits
        self.exponent = exponent
    }

    /// Returns the same number with digits from 10^16 up to but not including 10^17.
    ///
    /// - Precondition: `digits` is not 0.
    func aligned() -> ShortestDecimal {
        // 10^t ≤ 2^b < 10^(t+1) for digits of b bits, so that these are at least 10^t / 2 and less than 10^(t+1).
        let shift = max(0, 16 - ((64 - digits.leadingZeroBitCount) * 1233) >> 12)
        let moved = ShortestDecimal(digits: digits * Digits.powersOfTen[shift], exponent: exponent - shift)
        guard moved.digits < 10_000_000_000_000_000 else { return moved }
        return ShortestDecimal(digits: moved.digits * 10, exponent: moved.exponent - 1)
    }

    /// Finds the shortest decimal of a positive, finite `value`.
    init(_ value: Double) {
        let fraction = value.bitPattern & 0xF_FFFF_FFFF_FFFF
        let biasedExponent = Int(truncatingIfNeeded: value.bitPattern &>> 52)
        if fraction != 0 && biasedExponent != 0 {
            self.init(fraction | 1 &<< 52, biasedExponent - 1075, isPowerOfTwo: false)
        } else if biasedExponent == 0 {
            self.init(fraction, -1074, isPowerOfTwo: false)
        } else {
            self.init(1 << 52, biasedExponent - 1075, isPowerOfTwo: biasedExponent > 1)
        }
    }

    /// Finds the shortest decimal of a positive, finite `value` among those that read back to the same float32.
    init(_ value: Float) {
        let fraction = UInt64(truncatingIfNeeded: value.bitPattern & 0x7F_FFFF)
        let biasedExponent = Int(truncatingIfNeeded: value.bitPattern &>> 23)
        if fraction != 0 && biasedExponent != 0 {
            self.init(fraction | 1 &<< 23, biasedExponent - 150, isPowerOfTwo: false)
        } else if biasedExponent == 0 {
            self.init(fraction, -149, isPowerOfTwo: false)
        } else {
            self.init(1 << 23, biasedExponent - 150, isPowerOfTwo: biasedExponent > 1)
        }
    }

    /// Finds the shortest decimal of `significand` · 2^`binaryExponent`.
    ///
    /// - Parameter isPowerOfTwo: Whether the next smaller number is only half as far away as the next greater one.
    private init(_ significand: UInt64, _ binaryExponent: Int, isPowerOfTwo: Bool) {
        // floor(log10(2^q)), or floor(log10(3/4 · 2^q)).
        let k = (binaryExponent * 1_262_611 - (isPowerOfTwo ? 524_031 : 0)) >> 22
        let shift = UInt64(binaryExponent + PowersOfTen.floorLog2(-k) + 1)
        let power = PowersOfTen.significand(-k)
        let isOdd = significand & 1
        // These are four times the scaled ends of the rounding interval, and four times the scaled number.
        let lower = Self.roundToOdd(power, (4 * significand - (isPowerOfTwo ? 1 : 2)) << shift) + isOdd
        let number = Self.roundToOdd(power, (4 * significand) << shift)
        let upper = Self.roundToOdd(power, (4 * significand + 2) << shift) - isOdd
        let floor = number / 4
        let floor10 = floor / 10 * 10
        exponent = k
        let isFloor10Inside = lower <= 4 * floor10
        let isCeiling10Inside = 4 * (floor10 + 10) <= upper
        if floor >= 10 && isFloor10Inside != isCeiling10Inside {
            digits = isFloor10Inside ? floor10 : floor10 + 10
            return
        }
        let isFloorInside = lower <= 4 * floor
        let isCeilingInside = 4 * (floor + 1) <= upper
        if isFloorInside != isCeilingInside {
            digits = isFloorInside ? floor : floor + 1
            return
        }
        let middle = 4 * floor + 2
        digits = number > middle || (number == middle && floor & 1 == 1) ? floor + 1 : floor
    }

    /// Returns the upper 64 bits of the product of 192 bits, with the last one set if more than a rounding error
    /// follows.
    private static func roundToOdd(_ power: (high: UInt64, low: UInt64), _ factor: UInt64) -> UInt64 {
        let low = power.low.multipliedFullWidth(by: factor).high
        let high = power.high.multipliedFullWidth(by: factor)
        let (middle, carry) = high.low.addingReportingOverflow(low)
        return (high.high + (carry ? 1 : 0)) | (middle > 1 ? 1 : 0)
    }
}
