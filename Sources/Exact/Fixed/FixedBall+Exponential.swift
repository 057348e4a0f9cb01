extension FixedBall {
    /// Returns e^x; nil if |x| is 2^58 or more, or if x is not known well enough for any bit of e^x.
    ///
    /// In integers that count 2^-254:
    /// 1. |x| = k ln 2 + r with 0 ≤ r < ln 2, from 320 bits after the point: r is at most 2 units off. For a negative
    ///    x, −|x| = −(k + 1) ln 2 + (ln 2 − r).
    /// 2. s = r / 2^8 is at most 2 units off, and e^s by Horner's rule for Σ s^n/n! up to n = 24: what follows is less
    ///    than a unit. A step multiplies the error of what it has by s < 2^-8 and adds at most 2 units, one for the
    ///    product and one for the coefficient, so that with the error of s the sum is at most 6 units off.
    /// 3. e^r by squaring 8 times. A squaring of a number below 2 multiplies the relative error by 2 and adds a unit:
    ///    at most 2^8 (6 + 1) relative to 1, or 2^12 units of a number below 2, with room for terms of second order.
    /// 4. e^x = 2^k e^r. An absolute error d of x, in units of 2^-254, adds at most 4 d units.
    public static func exponential(_ number: FixedBall) -> FixedBall? {
        if number.isZero { return .one }
        guard number.exponent < 58 else { return nil }
        // The error of x in units of 2^-254, rounded up.
        let errorShift = max(number.exponent - 1, 0)
        guard number.errorUnitCount == 0 || number.errorUnitCount.leadingZeroBitCount > errorShift + 8 else {
            return nil
        }
        let argumentError = number.errorUnitCount << UInt64(errorShift)
        guard number.exponent > -250 else {
            // e^x = 1 + d with |d| < 2 |x|, and the error of x is less than |x|.
            return FixedBall(
                normalizing: UInt256(0, 0, 0, 1 << 62), isNegative: false, lastBitExponent: -254, errorUnitCount: 128)
        }
        let (count, reduced) = reduceByLogarithmOfTwo(number)
        let small = reduced.shiftedRight(by: halvingCount)
        let coefficients = FixedConstants.inverseFactorials
        var sum = coefficients[coefficients.count - 1]
        for index in stride(from: coefficients.count - 2, through: 0, by: -1) {
            sum = productOfFractions(sum, small).adding(coefficients[index]).sum
        }
        for _ in 0..<halvingCount { sum = productOfFractions(sum, sum) }
        return FixedBall(
            normalizing: sum, isNegative: false, lastBitExponent: count - 254,
            errorUnitCount: (1 << 12) + 4 * argumentError)
    }

    private static let halvingCount = 8

    /// Returns the product of two numbers that count 2^-254, both below 2.
    @inline(__always)
    private static func productOfFractions(_ left: UInt256, _ right: UInt256) -> UInt256 {
        let (high, low) = left.multiplied(by: right)
        // The result has two bits more than the high half.
        return UInt256(
            high.words.0 &<< 2 | low.words.3 &>> 62, high.words.1 &<< 2 | high.words.0 &>> 62,
            high.words.2 &<< 2 | high.words.1 &>> 62, high.words.3 &<< 2 | high.words.2 &>> 62)
    }

    /// Returns the k and r of x = k ln 2 + r with 0 ≤ r < ln 2, r in units of 2^-254.
    private static func reduceByLogarithmOfTwo(_ number: FixedBall) -> (count: Int, remainder: UInt256) {
        // |x| as an integer part of one word, and 320 bits after the point of which the lowest 64 are in `tail`.
        let integer: UInt64 = number.exponent < 0 ? 0 : number.significand.words.3 &>> UInt64(63 - number.exponent)
        let fraction: UInt256
        let tail: UInt64
        if number.exponent < 0 {
            let shift = -number.exponent - 1
            fraction = number.significand.shiftedRight(by: shift)
            tail =
                shift >= 64
                ? number.significand.shiftedRight(by: shift - 64).words.0
                : number.significand.words.0 << UInt64(64 - shift)
        } else {
            fraction = number.significand.shiftedLeft(by: number.exponent + 1)
            tail = 0
        }
        var count = integer.multipliedFullWidth(by: FixedConstants.inverseOfLogarithmOfTwo).high
        count = integer &+ count
        var remainder = Remainder(integer: integer, fraction: fraction, tail: tail)
        remainder.subtract(count)
        while remainder.isLogarithmOrMore {
            remainder.subtract(1)
            count &+= 1
        }
        let reduced = remainder.fraction.shiftedRight(by: 2)
        if !number.isNegative { return (Int(count), reduced) }
        return (-Int(count) - 1, FixedConstants.logarithmOfTwo.shiftedRight(by: 2).subtracting(reduced).difference)
    }
}

/// The remainder of |x| after multiples of ln 2 have been subtracted, with 320 bits after the point.
private struct Remainder {
    var integer: UInt64
    var fraction: UInt256
    var tail: UInt64

    /// Subtracts `count` · ln 2, which must not exceed the remainder.
    mutating func subtract(_ count: UInt64) {
        let lowest = FixedConstants.logarithmOfTwoTail.multipliedFullWidth(by: count)
        var (high, product) = FixedConstants.logarithmOfTwo.multiplied(by: count)
        let (sum, carry) = product.adding(UInt256(lowest.high, 0, 0, 0))
        product = sum
        if carry { high &+= 1 }
        let (newTail, borrow) = tail.subtractingReportingOverflow(lowest.low)
        tail = newTail
        let (once, borrow1) = fraction.subtracting(product)
        let (twice, borrow2) = once.subtracting(UInt256(borrow ? 1 : 0, 0, 0, 0))
        fraction = twice
        integer = integer &- high &- (borrow1 ? 1 : 0) &- (borrow2 ? 1 : 0)
    }

    var isLogarithmOrMore: Bool { integer > 0 || !(fraction < FixedConstants.logarithmOfTwo) }
}

/// Constants of the exponential, computed once from integers of any size.
enum FixedConstants {
    /// ⌊ln 2 · 2^256⌋.
    static let logarithmOfTwo = UInt256(truncating: Constants.logarithmOfTwo(330) >> 74)
    /// The next 64 bits of ln 2.
    static let logarithmOfTwoTail = ((Constants.logarithmOfTwo(330) >> 10).lowBits(64)).word ?? 0
    /// ⌊(1/ln 2 − 1) · 2^64⌋, less a little, so that quotients are never too large.
    static let inverseOfLogarithmOfTwo: UInt64 = 0x7154_7652_B82F_E176
    /// ⌊2^254 / n!⌋ for n from 0 to 24.
    static let inverseFactorials: [UInt256] = {
        var factorial = Natural.one
        return (0...24).map { n in
            if n > 0 { factorial = factorial * UInt64(n) }
            return UInt256(truncating: (Natural.one << 254) / factorial)
        }
    }()
}
