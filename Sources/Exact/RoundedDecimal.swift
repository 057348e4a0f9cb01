/// A decimal number with a limited number of digits, or one beyond the range of exponents.
public enum RoundedDecimal: Hashable, Sendable {
    /// ± 0.d₁d₂d₃… · 10^`exponent`, with digits from 0 to 9, neither the first nor the last of them 0; a zero has no
    /// digits.
    case finite(isNegative: Bool, digits: [UInt8], exponent: Int)
    /// A number above 10^``exponentMax``.
    case infinite(isNegative: Bool)

    /// Numbers from 10^-``exponentMax`` to 10^``exponentMax`` are finite and not 0.
    public static let exponentMax = 1_000_000_000

    /// Creates the number `coefficient` · 10^`exponent`.
    init(isNegative: Bool, _ coefficient: Natural, exponent: Int) {
        let digits = coefficient.decimalDigits
        let point = exponent + digits.count
        let kept = digits.reversed().drop { $0 == 0 }.reversed()
        if kept.isEmpty || point <= -Self.exponentMax {
            self = .finite(isNegative: isNegative, digits: [], exponent: 0)
        } else if point > Self.exponentMax + 1 || (point == Self.exponentMax + 1 && Array(kept) != [1]) {
            self = .infinite(isNegative: isNegative)
        } else {
            self = .finite(isNegative: isNegative, digits: Array(kept), exponent: point)
        }
    }
}

/// An integer next to the quotient of two numbers: the rounding rule that decimals and their neighbours need.
struct NearestInteger {
    /// The quotient rounded to nearest, ties to even.
    let value: Natural
    /// Whether the quotient is exactly between two integers.
    let isTie: Bool
    /// The quotient rounded down.
    let roundedDown: Natural

    init(_ dividend: Natural, over divisor: Natural) {
        let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
        let twice = remainder << 1
        isTie = twice == divisor
        roundedDown = quotient
        value = twice > divisor || (isTie && quotient.isOdd) ? quotient + .one : quotient
    }
}
