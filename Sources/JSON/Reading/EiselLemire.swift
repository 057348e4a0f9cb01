/// Rounds `w` · 10^`q` to float64 with 128 bits of the power of ten.
///
/// After M. Mushtak and D. Lemire, "Fast number parsing without fallback" (2023), with powers rounded up:
///
/// 1. Let s be the count of leading zeros of w, and g − ε the significand of 10^q, with an integer g < 2^128 and 0 ≤ ε
///    < 1; see ``PowersOfTen``.
/// 2. The product P = 2^s · w · g has 192 bits. It exceeds the true one, 2^s · w · (g − ε), by less than 2^s · w <
///    2^64.
/// 3. So the upper 128 bits of the true product are those of P, or one unit less. They differ in the rounding bit or
///    above it only if those of the 128 bits that are below the rounding bit are all zero in P. Otherwise the decimal
///    is not a tie, and the upper 128 bits of P decide the rounding.
/// 4. If they are all zero, the decimal may be a tie. That is decided exactly for -27 ≤ q ≤ 55, and otherwise left
///    open.
enum EiselLemire {
    /// Returns the nearest float64, ties to even, and the sign of (decimal − float64); infinite past the largest
    /// float64.
    ///
    /// - Parameter w: A significand other than 0.
    /// - Returns: nil if 128 bits of the power do not decide.
    static func roundToNearest(_ w: UInt64, _ q: Int) -> (value: Double, residual: Int)? {
        if q < PowersOfTen.exponents.lowerBound { return (0, 1) }
        if q > 308 { return (.infinity, -1) }
        let product = Product(w, q)
        let biasedExponent = product.biasedExponent
        if biasedExponent >= 2047 { return (.infinity, -1) }
        // The number of bits of `high` below the last bit of the result; a subnormal result has fewer bits.
        let dropped = product.droppedBitCount
        if dropped > 64 { return (0, 1) }
        let kept = dropped == 64 ? 0 : product.high >> UInt64(dropped)
        let isPastMiddle = product.high >> UInt64(dropped - 1) & 1 == 1
        let rest = product.high & ((1 << UInt64(dropped - 1)) - 1)
        var isRoundedUp = isPastMiddle
        var residual = isPastMiddle ? -1 : 1
        if rest == 0 && product.middle == 0 {
            guard -27...55 ~= q else { return nil }
            // For -27 ≤ q < 0 the decimal is w / 10^-q, which is too coarse to be this near to a tie without being one.
            // For 0 ≤ q ≤ 55 the power is exact, and so is the product.
            if q < 0 || product.low == 0 {
                isRoundedUp = isPastMiddle && kept & 1 == 1
                residual = isPastMiddle ? (isRoundedUp ? -1 : 1) : 0
            }
        }
        let significand = kept + (isRoundedUp ? 1 : 0)
        // The hidden bit, and a carry out of the significand, increment the exponent.
        let bits = biasedExponent <= 0 ? significand : significand &+ UInt64(biasedExponent - 1) << 52
        return (Double(bitPattern: bits), residual)
    }

    /// Returns the nearest float64 to a decimal that is greater than `w` · 10^`q` and less than (`w` + 1) · 10^`q`.
    ///
    /// - Parameter w: A significand other than 0, of at most 19 digits.
    /// - Returns: nil if the two ends round to different float64 numbers. The residual is the sign of (decimal −
    ///   float64), or nil if the float64 is between the two ends.
    static func roundTruncated(_ w: UInt64, _ q: Int) -> (value: Double, residual: Int?)? {
        guard let lower = roundToNearest(w, q), let upper = roundToNearest(w + 1, q), lower.value == upper.value else {
            return nil
        }
        if lower.residual >= 0 { return (lower.value, 1) }
        return (lower.value, upper.residual <= 0 ? -1 : nil)
    }

    /// Returns the bits of the nearest float64 to `w` · 10^`q` in the common case, or 0 in any other case.
    ///
    /// The common case is a normal float64 that is not a tie of float32 and not too large. The decision uses
    /// `powerHigh` only:
    ///
    /// 1. Let s be the count of leading zeros of w, g the significand of 10^q rounded up, p = `powerHigh` its upper
    ///    half, and h = floor(2^s · w · p / 2^64), which is `high`.
    /// 2. The part of the product that is left out, 2^s · w · (g mod 2^64), is less than one unit of h, and so is what
    ///    g is too great by. So at h's scale the true product is greater than h - 1 and less than h + 2.
    /// 3. Any number with only zeros below the rounding bit is an integer at this scale; of those, only h and h + 1 are
    ///    in that range. If the bits of h below the rounding bit are neither all zeros nor all ones, neither of the two
    ///    has only zeros there. So the decimal is not a tie, and its bits from the rounding bit on are those of h.
    ///
    /// - Parameters:
    ///   - w: A significand other than 0.
    ///   - powerHigh: The upper half of the significand of 10^`q`.
    ///   - rangeLength: The number of biased exponents, from 1 on, that are not too large.
    @inline(__always)
    static func roundIfPlain(_ w: UInt64, _ q: Int, _ powerHigh: UInt64, rangeLength: UInt64) -> UInt64 {
        let shift = UInt64(truncatingIfNeeded: w.leadingZeroBitCount)
        let high = (w &<< shift).multipliedFullWidth(by: powerHigh).high
        let top = high &>> 63
        let biasedExponent = PowersOfTen.floorLog2(q) &+ Int(truncatingIfNeeded: top &- shift) &+ (1 + 62 + 1023)
        let restMask = 0x1FF &+ top &<< 9
        // The bits below the rounding bit are neither all zeros nor all ones: see step 3 above.
        let isDecided = (high &+ 1) & restMask > 1
        let isInRange = UInt64(truncatingIfNeeded: biasedExponent &- 1) < rangeLength
        let significand = ((high &>> (9 &+ top)) &+ 1) &>> 1
        let bits = significand &+ UInt64(truncatingIfNeeded: biasedExponent &- 1) &<< 52
        // Any tie of float32 has at least 28 zeros at its end, and hardly any other number has.
        let mayBeTie = bits & 0xFFF_FFFF == 0
        return isDecided && isInRange && !mayBeTie ? bits : 0
    }

    /// Returns what ``roundIfPlain(_:_:_:rangeLength:)`` does, for a decimal between `w` · 10^`q` and (`w` + 1) ·
    /// 10^`q`.
    ///
    /// 1. Let s be the count of leading zeros of w, p = `powerHigh`, and P the true power of ten at p's scale, which is
    ///    within one of p: -2^-64 < P - p < 1 + 2^-64.
    /// 2. With h = floor(2^s · w · p / 2^64) the decimal, at h's scale, is a number X for which
    ///
    ///         X > 2^s · w · P / 2^64         > h - 1
    ///         X < 2^s · (w + 1) · P / 2^64   < h + 1 + 2^s · w / 2^64 + 2^s · P / 2^64 < h + 2 + 2^s
    ///
    ///     since 2^s · w and P are less than 2^64.
    /// 3. Rounding to the nearest float64 is monotonic, and jumps at a middle. If both ends round to the same float64,
    ///    there is no middle between them, so that X is not a tie and rounds to it as well.
    /// 4. The upper end may be past 2^64: it then wraps around to almost 0, and the two results differ.
    /// 5. If h - 1 is below 2^63, or h + 2 + 2^s is not below 2^64, the shift is one place off. That only makes the
    ///    test coarser: next to a power of two, both ends round to it.
    @inline(__always)
    static func roundTruncatedIfPlain(_ w: UInt64, _ q: Int, _ powerHigh: UInt64, rangeLength: UInt64) -> UInt64 {
        let shift = UInt64(truncatingIfNeeded: w.leadingZeroBitCount)
        let high = (w &<< shift).multipliedFullWidth(by: powerHigh).high
        let top = high &>> 63
        let biasedExponent = PowersOfTen.floorLog2(q) &+ Int(truncatingIfNeeded: top &- shift) &+ (1 + 62 + 1023)
        let significand = (((high &- 1) &>> (9 &+ top)) &+ 1) &>> 1
        let upper = (((high &+ 2 &+ 1 &<< shift) &>> (9 &+ top)) &+ 1) &>> 1
        let isInRange = UInt64(truncatingIfNeeded: biasedExponent &- 1) < rangeLength
        let bits = significand &+ UInt64(truncatingIfNeeded: biasedExponent &- 1) &<< 52
        let mayBeTie = bits & 0xFFF_FFFF == 0
        return significand == upper && isInRange && !mayBeTie ? bits : 0
    }

    /// Returns what ``roundIfPlain(_:_:_:rangeLength:)`` does, for a decimal fraction, which is always normal and never
    /// too large.
    ///
    /// - Parameters:
    ///   - w: A significand below 2^63.
    ///   - unit: The unit of the decimal's last digit.
    @inline(__always)
    static func roundFractionIfPlain(_ w: UInt64, _ unit: UnsafePointer<FractionUnit>) -> UInt64 {
        // The exponent of the conversion to float64 gives the count of zeros before `w`: baseline x86-64 has no fast
        // instruction for it. The converted number has a zero after its first bit, so that it is not rounded up to a
        // power of two.
        let first = Double(Int64(truncatingIfNeeded: w & ~(w &>> 1))).bitPattern &>> 52
        let shift = 1023 &+ 63 &- first
        let half = unsafe (w &<< shift).multipliedFullWidth(by: unit.pointee.significand).high &>> 1
        // The conversion to float64 rounds. The part that is left out of `half` is less than two units of it, so that
        // its last eight bits, which are all below the rounding bit, show that it is not a tie, as in ``roundIfPlain``.
        let isDecided = (half &+ 1) & 0xFE != 0
        let bits =
            unsafe Double(Int64(truncatingIfNeeded: half)).bitPattern &+ unit.pointee.exponentBits &- shift &<< 52
        let mayBeTie = bits & 0xFFF_FFFF == 0
        return isDecided && !mayBeTie ? bits : 0
    }

    /// Returns m and p such that m · 2^p, the nearest float64 below or near `w` · 10^`q`, is within one unit of m.
    static func truncate(_ w: UInt64, _ q: Int) -> (significand: UInt64, exponent: Int) {
        let product = Product(w, q)
        let dropped = product.droppedBitCount
        let significand = dropped >= 64 ? 0 : product.high >> UInt64(dropped)
        return (significand, product.exponent + dropped)
    }

    /// Represents w · 10^q as `high` · 2^`exponent`, with 128 bits more.
    private struct Product {
        let high: UInt64
        let middle: UInt64
        let low: UInt64
        let exponent: Int

        init(_ w: UInt64, _ q: Int) {
            let shift = w.leadingZeroBitCount
            let power = PowersOfTen.significand(q)
            let upper = (w << UInt64(shift)).multipliedFullWidth(by: power.high)
            let lower = (w << UInt64(shift)).multipliedFullWidth(by: power.low)
            let (sum, carry) = upper.low.addingReportingOverflow(lower.high)
            high = upper.high &+ (carry ? 1 : 0)
            middle = sum
            low = lower.low
            exponent = PowersOfTen.floorLog2(q) + 1 - shift
        }

        var topBit: Int { Int(high >> 63) }

        /// The exponent of the leading bit, with float64's bias; 0 or less for a subnormal number.
        var biasedExponent: Int { exponent + 62 + topBit + 1023 }

        var droppedBitCount: Int { 10 + topBit + max(0, 1 - biasedExponent) }
    }
}
