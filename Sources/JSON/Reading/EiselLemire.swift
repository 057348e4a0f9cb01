/// Rounding of `w` · 10^`q` to float64 from 128 bits of the power of ten.
///
/// After M. Mushtak and D. Lemire, "Fast number parsing without fallback" (2023), with powers rounded up: the product
/// P = w · g of 192 bits lies less than w < 2^64 above the true one, so that its upper 128 bits are the true ones
/// unless everything below the rounding bit is zero. Then the decimal may be a tie, which is decided exactly, or be
/// left open.
enum EiselLemire {
    /// The nearest float64, ties to even, and the sign of (decimal − float64); infinite past the largest.
    ///
    /// - Parameter w: Not 0.
    /// - Returns: nil where 128 bits of the power do not tell.
    static func roundToNearest(_ w: UInt64, _ q: Int) -> (value: Double, residual: Int)? {
        if q < PowersOfTen.exponents.lowerBound { return (0, 1) }
        if q > 308 { return (.infinity, -1) }
        let product = Product(w, q)
        let biasedExponent = product.biasedExponent
        if biasedExponent >= 2047 { return (.infinity, -1) }
        // Bits of `high` below the result's last one; a subnormal result keeps fewer.
        let dropped = product.droppedBitCount
        if dropped > 64 { return (0, 1) }
        let kept = dropped == 64 ? 0 : product.high >> UInt64(dropped)
        let isPastMiddle = product.high >> UInt64(dropped - 1) & 1 == 1
        let rest = product.high & ((1 << UInt64(dropped - 1)) - 1)
        var isRoundedUp = isPastMiddle
        var residual = isPastMiddle ? -1 : 1
        if rest == 0 && product.middle == 0 {
            guard -27...55 ~= q else { return nil }
            // For -27 ≤ q < 0 the decimal is w / 10^-q, too coarse a number to be this near a tie and not be one. For
            // 0 ≤ q ≤ 55 the power is exact, and so is the product.
            if q < 0 || product.low == 0 {
                isRoundedUp = isPastMiddle && kept & 1 == 1
                residual = isPastMiddle ? (isRoundedUp ? -1 : 1) : 0
            }
        }
        let significand = kept + (isRoundedUp ? 1 : 0)
        // The hidden bit, and a carry out of the significand, add themselves to the exponent.
        let bits = biasedExponent <= 0 ? significand : significand &+ UInt64(biasedExponent - 1) << 52
        return (Double(bitPattern: bits), residual)
    }

    /// The nearest float64 to a decimal that is greater than `w` · 10^`q` and less than (`w` + 1) · 10^`q`.
    ///
    /// - Parameter w: Not 0, and at most 19 digits.
    /// - Returns: nil where the two ends round to different float64 numbers. The residual is the sign of
    ///   (decimal − float64); nil if the float64 is between the two ends.
    static func roundTruncated(_ w: UInt64, _ q: Int) -> (value: Double, residual: Int?)? {
        guard let lower = roundToNearest(w, q), let upper = roundToNearest(w + 1, q), lower.value == upper.value else {
            return nil
        }
        if lower.residual >= 0 { return (lower.value, 1) }
        return (lower.value, upper.residual <= 0 ? -1 : nil)
    }

    /// The same where it is cheap: for normal float64 numbers that are no ties of float32 and not too large.
    ///
    /// - Parameters:
    ///   - w: Not 0.
    ///   - powerHigh: The upper half of the significand of 10^`q`.
    ///   - rangeLength: How many of the biased exponents from 1 on are not too large.
    /// - Returns: Bits of the nearest float64; 0 where the case is another one.
    @inline(__always)
    static func roundIfPlain(_ w: UInt64, _ q: Int, _ powerHigh: UInt64, rangeLength: UInt64) -> UInt64 {
        let shift = UInt64(truncatingIfNeeded: w.leadingZeroBitCount)
        let high = (w &<< shift).multipliedFullWidth(by: powerHigh).high
        let top = high &>> 63
        let biasedExponent = PowersOfTen.floorLog2(q) &+ Int(truncatingIfNeeded: top &- shift) &+ (1 + 62 + 1023)
        let restMask = 0x1FF &+ top &<< 9
        // The part of the product that is left out, w · g mod 2^64, is less than one unit of `high`: unless the bits
        // below the middle are all zeros or all ones, they stay neither, and the bit at the middle decides.
        let isDecided = (high &+ 1) & restMask > 1
        let isInRange = UInt64(truncatingIfNeeded: biasedExponent &- 1) < rangeLength
        let significand = ((high &>> (9 &+ top)) &+ 1) &>> 1
        let bits = significand &+ UInt64(truncatingIfNeeded: biasedExponent &- 1) &<< 52
        // Any tie of float32 has 28 zeros at its end at least, and hardly anything else has.
        let mayBeTie = bits & 0xFFF_FFFF == 0
        return isDecided && isInRange && !mayBeTie ? bits : 0
    }

    /// The same for a decimal that is greater than `w` · 10^`q` and less than (`w` + 1) · 10^`q`.
    ///
    /// Let s be the count of zeros before w in its word, p = `powerHigh`, and P the true power of ten at p's scale,
    /// which is within one of p: -2^-64 < P - p < 1 + 2^-64. With h = floor(2^s · w · p / 2^64) the decimal, at h's
    /// scale, is a number X for which
    ///
    ///     X > 2^s · w · P / 2^64         > h - 1
    ///     X < 2^s · (w + 1) · P / 2^64   < h + 1 + 2^s · w / 2^64 + 2^s · P / 2^64 < h + 2 + 2^s
    ///
    /// since 2^s · w and P are less than 2^64. Rounding to the nearest float64 is monotonic, and jumps at a middle. If
    /// both ends round to the same one, there is no middle between them, so that X is no tie and rounds to it as well.
    ///
    /// The upper end may be past 2^64: it then wraps around to almost 0, and the two differ. If h - 1 is below 2^63, or
    /// h + 2 + 2^s not below, the one place that shift is off by only makes the test coarser: next to a power of two
    /// both round to it.
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

    /// The same for a decimal fraction, of which nothing is too large or not normal.
    ///
    /// - Parameters:
    ///   - w: Below 2^63.
    ///   - unit: What a decimal has `w` of.
    @inline(__always)
    static func roundFractionIfPlain(_ w: UInt64, _ unit: UnsafePointer<FractionUnit>) -> UInt64 {
        // The exponent of the conversion to float64 tells how many zeros are before `w`: a baseline x86-64 has no quick
        // instruction that does. What is converted has a zero behind its first bit, so that it is not rounded up to a
        // power of two.
        let first = Double(Int64(truncatingIfNeeded: w & ~(w &>> 1))).bitPattern &>> 52
        let shift = 1023 &+ 63 &- first
        let half = unsafe (w &<< shift).multipliedFullWidth(by: unit.pointee.significand).high &>> 1
        // A conversion rounds as well. What is left out of `half` is less than two units of it, so that its last eight
        // bits, which are all below the middle, are enough to tell that it is no tie, as in ``roundIfPlain``.
        let isDecided = (half &+ 1) & 0xFE != 0
        let bits =
            unsafe Double(Int64(truncatingIfNeeded: half)).bitPattern &+ unit.pointee.exponentBits &- shift &<< 52
        let mayBeTie = bits & 0xFFF_FFFF == 0
        return isDecided && !mayBeTie ? bits : 0
    }

    /// The nearest float64 below or near `w` · 10^`q`: (m, p) stands for m · 2^p, within one unit of m.
    static func truncate(_ w: UInt64, _ q: Int) -> (significand: UInt64, exponent: Int) {
        let product = Product(w, q)
        let dropped = product.droppedBitCount
        let significand = dropped >= 64 ? 0 : product.high >> UInt64(dropped)
        return (significand, product.exponent + dropped)
    }

    /// w · 10^q as `high` · 2^`exponent`, with 128 bits more.
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

        /// Of the leading bit, with float64's bias; 0 or less for a subnormal number.
        var biasedExponent: Int { exponent + 62 + topBit + 1023 }

        var droppedBitCount: Int { 10 + topBit + max(0, 1 - biasedExponent) }
    }
}
