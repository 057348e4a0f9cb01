/// A binary floating-point format, which determines its numbers and the rounding of exact values to them.
public struct BinaryFormat: Hashable, Sendable {
    /// The number p of significant bits of a normal number, including the leading one.
    public let significandBitCount: Int
    /// The exponents of normal numbers in IEEE 754's convention: 1.f · 2^e.
    public let exponents: ClosedRange<Int>

    public init(significandBitCount: Int, exponents: ClosedRange<Int>) {
        precondition(2...64 ~= significandBitCount, "The significand does not fit into a machine word.")
        self.significandBitCount = significandBitCount
        self.exponents = exponents
    }

    public static let float64 = BinaryFormat(significandBitCount: 53, exponents: -1022...1023)
    public static let float32 = BinaryFormat(significandBitCount: 24, exponents: -126...127)
    public static let float16 = BinaryFormat(significandBitCount: 11, exponents: -14...15)
    public static let bfloat16 = BinaryFormat(significandBitCount: 8, exponents: -126...127)
}

/// A number of a ``BinaryFormat``, including signed zeros and infinities.
public enum RoundedBinary: Hashable, Sendable {
    /// ± `significand` · 2^`exponent`; a zero has the significand 0. All other significands are odd, so that equal
    /// numbers have equal representations.
    case finite(isNegative: Bool, significand: UInt64, exponent: Int)
    /// A number beyond the largest finite one.
    case infinite(isNegative: Bool)

    /// The number in float64, which is exact if it comes from a format that is not wider.
    public var double: Double {
        switch self {
        case .finite(let isNegative, let significand, let exponent):
            Double(sign: isNegative ? .minus : .plus, exponent: exponent, significand: Double(significand))
        case .infinite(let isNegative): isNegative ? -.infinity : .infinity
        }
    }
}

extension BinaryFormat {
    /// Returns the number nearest to x, ties to even; infinity beyond the largest number plus half a step.
    public func rounded(_ number: Rational) -> RoundedBinary {
        // Two bits more than the significand has, and whether any nonzero bit follows them.
        let bitCount = significandBitCount + 2
        let shift = bitCount + number.denominator.bitWidth - number.numerator.bitWidth + 1
        let (dividend, divisor) =
            shift >= 0
            ? (number.numerator << shift, number.denominator) : (number.numerator, number.denominator << -shift)
        let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
        return rounded(
            Dyadic(isNegative: number.isNegative, quotient, exponent: -shift), isMore: !remainder.isZero)
    }

    /// Returns the number nearest to x, ties to even.
    ///
    /// - Parameter isMore: Whether x is larger in magnitude than `number`, by less than a unit in its last place. Then
    ///   `number` has at least two bits more than the format.
    public func rounded(_ number: Dyadic, isMore: Bool = false) -> RoundedBinary {
        let isNegative = number.isNegative
        if number.isZero { return .finite(isNegative: false, significand: 0, exponent: 0) }
        let lastPlace = max(number.leadingExponent, exponents.lowerBound) - significandBitCount + 1
        let shift = lastPlace - number.exponent
        var kept = shift > 0 ? number.significand >> shift : number.significand << -shift
        if shift > 0, number.significand.bit(at: shift - 1) {
            let isAboveHalf = isMore || number.significand.trailingZeroBitCount < shift - 1
            if isAboveHalf || kept.isOdd { kept = kept + .one }
        }
        let rounded = Dyadic(kept, exponent: lastPlace)
        if !rounded.isZero, rounded.leadingExponent > exponents.upperBound {
            return .infinite(isNegative: isNegative)
        }
        let twos = kept.trailingZeroBitCount
        return .finite(
            isNegative: isNegative, significand: (kept >> twos).word ?? 0, exponent: kept.isZero ? 0 : lastPlace + twos)
    }

    /// Returns the number nearest to each number of a ball, or nil if they differ.
    ///
    /// Rounding is monotonic, so that the ends decide. A zero of either sign counts as different.
    public func rounded(_ ball: Ball) -> RoundedBinary? {
        guard let sign = ball.sign else { return nil }
        if sign == 0 { return rounded(Dyadic.zero) }
        let lower = rounded(ball.lowerBound)
        return lower == rounded(ball.upperBound) ? lower : nil
    }
}
