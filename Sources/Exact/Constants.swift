/// ln 2 and π as integers: multiples of a power of two, rounded down to within ``errorMax``.
enum Constants {
    /// The value is at most this many units below the constant.
    static let errorMax = 2

    /// The constants up to this size, enough for most evaluations, are computed once.
    private static let cachedBitCount = 4_352
    private static let cachedLogarithmOfTwo = computeLogarithmOfTwo(cachedBitCount)
    private static let cachedPi = computePi(cachedBitCount)

    /// Returns ⌊ln 2 · 2^`bitCount`⌋, or at most ``errorMax`` less.
    static func logarithmOfTwo(_ bitCount: Int) -> Natural {
        bitCount <= cachedBitCount
            ? cachedLogarithmOfTwo >> (cachedBitCount - bitCount) : computeLogarithmOfTwo(bitCount)
    }

    /// Returns ⌊π · 2^`bitCount`⌋, or at most ``errorMax`` less.
    static func pi(_ bitCount: Int) -> Natural {
        bitCount <= cachedBitCount ? cachedPi >> (cachedBitCount - bitCount) : computePi(bitCount)
    }

    /// Returns ln 2 = 18 artanh(1/26) − 2 artanh(1/4801) + 8 artanh(1/8749).
    private static func computeLogarithmOfTwo(_ bitCount: Int) -> Natural {
        let guarded = bitCount + guardBitCount(bitCount)
        let sum =
            inverseTangent(of: 26, guarded, isHyperbolic: true) * 18
            + inverseTangent(of: 8_749, guarded, isHyperbolic: true) * 8
            - inverseTangent(of: 4_801, guarded, isHyperbolic: true) * 2
        return withoutGuard(sum, guarded - bitCount)
    }

    /// Returns π = 48 arctan(1/18) + 32 arctan(1/57) − 20 arctan(1/239), a formula of Gauss.
    private static func computePi(_ bitCount: Int) -> Natural {
        let guarded = bitCount + guardBitCount(bitCount)
        let sum =
            inverseTangent(of: 18, guarded, isHyperbolic: false) * 48
            + inverseTangent(of: 57, guarded, isHyperbolic: false) * 32
            - inverseTangent(of: 239, guarded, isHyperbolic: false) * 20
        return withoutGuard(sum, guarded - bitCount)
    }

    /// Returns enough bits that the errors of the series below, at most 2 · 100 · (`bitCount`/8 + 8) units, are less
    /// than half a unit of the result.
    private static func guardBitCount(_ bitCount: Int) -> Int { Int.bitWidth - bitCount.leadingZeroBitCount + 10 }

    /// Returns the sum without the guard bits.
    ///
    /// The sum is less than half a unit of the result off in either direction. Half a unit less makes it a lower bound
    /// that is less than one unit too low, and rounding down adds less than another.
    private static func withoutGuard(_ sum: Natural, _ guardCount: Int) -> Natural {
        (sum - (.one << (guardCount - 1))) >> guardCount
    }

    /// Returns artanh(1/n) or arctan(1/n) in units of 2^-`bitCount`: Σ (±1)^k / ((2k + 1) n^(2k + 1)).
    ///
    /// Each power of 1/n is at most 2 units too small, and so is each quotient; the number of terms is at most
    /// `bitCount` / (2 log2 n) + 2, and what follows the last one is less than a unit.
    private static func inverseTangent(of inverse: UInt64, _ bitCount: Int, isHyperbolic: Bool) -> Natural {
        var power = (Natural.one << bitCount).quotientAndRemainder(dividingBy: inverse).quotient
        var (sum, subtracted) = (power, Natural.zero)
        var odd: UInt64 = 3
        while !power.isZero {
            power = power.quotientAndRemainder(dividingBy: inverse * inverse).quotient
            let term = power.quotientAndRemainder(dividingBy: odd).quotient
            if isHyperbolic || odd % 4 == 1 { sum = sum + term } else { subtracted = subtracted + term }
            odd += 2
        }
        return sum - subtracted
    }
}

extension BallArithmetic {
    /// π.
    public var pi: Ball { constant(Constants.pi(precision)) }

    /// ln 2.
    public var logarithmOfTwo: Ball { constant(Constants.logarithmOfTwo(precision)) }

    private func constant(_ value: Natural) -> Ball {
        Ball(Dyadic(value, exponent: -precision), radius: Magnitude(Constants.errorMax).scaled(by: -precision))
    }
}
