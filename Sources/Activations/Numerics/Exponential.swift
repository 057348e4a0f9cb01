/// Exponentials in double-double, without a branch and without a table.
///
/// With an integer k and |r| ≤ ln 2 / 2 the argument is x = k·ln 2 + r, so that e^x = 2^k (1 + m) with m = e^r - 1. The
/// polynomial gives m with a relative error of 2^-67; in double-double it keeps some 2^-59 (`expm1` near 0 as well).
enum Exponential {
    /// The scale of results, at which e^-745 is a normal number: no bits are lost to underflow before the final
    /// rounding.
    static let scale = 0x1p500
    static let unscale = 0x1p-500
    private static let scaleExponent = 500.0

    /// ln 2 in three parts.
    ///
    /// The first two have 42 bits, so that their products with k are exact.
    static let ln2 = (0x1.62e42fefa38p-1, 0x1.ef35793c76p-45, 0x1.cc01f97b57a08p-87)
    private static let log2e = 0x1.71547652b82fep0
    /// Adding and subtracting it rounds to an integer.
    private static let roundingShift = 0x1.8p52

    /// Returns e^x · 2^500, for x in [-760, 300].
    @inline(__always)
    static func scaledExp(_ x: DoubleDouble) -> DoubleDouble {
        let (m, k) = reducedExpm1(x)
        let power = powerOfTwo(k + scaleExponent)
        return DoubleDouble.sum(larger: 1, smaller: m).scaled(by: power)
    }

    /// Returns e^x - 1, accurate near 0 as well, for x in [-60, 709].
    @inline(__always)
    static func expm1(_ x: DoubleDouble) -> DoubleDouble {
        let (m, k) = reducedExpm1(x)
        let power = powerOfTwo(k)
        let shifted = DoubleDouble.exactSum(power, -1)
        let sum = DoubleDouble.exactSum(shifted.high, power * m.high)
        return DoubleDouble.exactSum(larger: sum.high, smaller: sum.low + (power * m.low + shifted.low))
    }

    /// Returns m and k with e^x = 2^k (1 + m).
    @inline(__always)
    private static func reducedExpm1(_ x: DoubleDouble) -> (m: DoubleDouble, k: Double) {
        let k = nearestMultiple(x.high)
        let leading = x.high - k * ln2.0
        // `leading` is a multiple of the other's last place, so that the short form is exact whichever is larger.
        var r = DoubleDouble.exactSum(larger: leading, smaller: -(k * ln2.1))
        // x.low may be as large as 2^-44: without renormalising softmax loses 24 ulps in its tails.
        r = DoubleDouble.exactSum(r.high, r.low + (x.low - k * ln2.2))
        // e^r - 1 = r + r²/2 + r³ q(r); the first two terms in double-double.
        let r2 = r.high * r.high
        let square = DoubleDouble.square(r.high)
        let sum = DoubleDouble.exactSum(larger: r.high, smaller: 0.5 * square.high)
        let cubic = multiplyAdd(r.high * r2, tail(r.high, squared: r2), 0.5 * square.low + r.low)
        let low = sum.low + multiplyAdd(r.high, r.low, cubic)
        return (.exactSum(larger: sum.high, smaller: low), k)
    }

    /// Returns q(r) = (e^r - 1 - r - r²/2) / r³ for |r| ≤ ln 2 / 2, by Estrin's scheme.
    @inline(__always)
    private static func tail(_ r: Double, squared r2: Double) -> Double {
        let r4 = r2 * r2
        let c01 = multiplyAdd(0x1.5555555555556p-5, r, 0x1.5555555555555p-3)
        let c23 = multiplyAdd(0x1.6c16c16c162ccp-10, r, 0x1.1111111111111p-7)
        let c45 = multiplyAdd(0x1.a01a01a6dcaffp-16, r, 0x1.a01a01a019b26p-13)
        let c67 = multiplyAdd(0x1.27e4db57442fbp-22, r, 0x1.71de3a5907571p-19)
        let c89 = multiplyAdd(0x1.1f731ea5352cap-29, r, 0x1.ae64343bf7b01p-26)
        let c03 = multiplyAdd(c23, r2, c01)
        let c47 = multiplyAdd(c67, r2, c45)
        let c8 = multiplyAdd(0x1.61b2d48e83253p-33, r2, c89)
        return multiplyAdd(multiplyAdd(c8, r4, c47), r4, c03)
    }

    /// Returns the multiple of ln 2 nearest to x.
    @inline(__always)
    static func nearestMultiple(_ x: Double) -> Double { (x * log2e + roundingShift) - roundingShift }

    /// Returns 2^n for an integer n in [-1022, 1023].
    @inline(__always)
    static func powerOfTwo(_ n: Double) -> Double {
        Double(bitPattern: (n + (roundingShift + 1023)).bitPattern &<< 52)
    }
}
