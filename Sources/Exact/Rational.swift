/// A rational number in lowest terms.
public struct Rational: Hashable, Sendable {
    /// Whether the number is less than 0; false for a zero.
    public let isNegative: Bool
    public let numerator: Natural
    /// The denominator, at least 1.
    public let denominator: Natural

    public static let zero = Rational(0)
    public static let one = Rational(1)

    /// Creates ± `numerator` / `denominator`, which need not be in lowest terms.
    public init(isNegative: Bool = false, _ numerator: Natural, over denominator: Natural = .one) {
        precondition(!denominator.isZero, "The denominator is 0.")
        let divisor = denominator == .one ? .one : Natural.greatestCommonDivisor(numerator, denominator)
        self.isNegative = isNegative && !numerator.isZero
        self.numerator = divisor == .one ? numerator : numerator / divisor
        self.denominator = divisor == .one ? denominator : denominator / divisor
    }

    public init(_ value: Int) { self.init(isNegative: value < 0, Natural(UInt64(value.magnitude))) }

    public init(_ number: Dyadic) {
        // Only factors of 2 can be common.
        let twos = number.exponent < 0 ? min(number.significand.trailingZeroBitCount, -number.exponent) : 0
        let significand = number.significand >> twos
        let exponent = number.exponent + twos
        isNegative = number.isNegative
        numerator = exponent > 0 ? significand << exponent : significand
        denominator = exponent < 0 ? .one << -exponent : .one
    }

    /// Creates the exact value of a finite float64.
    public init(_ value: Double) { self.init(Dyadic(value)) }

    /// Creates ± `digits` · 10^`exponent`, with digits from 0 to 9, most significant first.
    public init(isNegative: Bool = false, decimalDigits digits: [UInt8], exponent: Int) {
        let significand = Natural(decimalDigits: digits)
        if exponent >= 0 {
            self.init(isNegative: isNegative, significand * .powerOfTen(exponent))
        } else {
            self.init(isNegative: isNegative, significand, over: .powerOfTen(-exponent))
        }
    }

    public var isZero: Bool { numerator.isZero }

    /// The sign: -1, 0 or 1.
    public var sign: Int { isZero ? 0 : isNegative ? -1 : 1 }

    public var magnitude: Rational { isNegative ? -self : self }

    /// The square root, or nil if it is not rational.
    public var squareRoot: Rational? {
        guard !isNegative else { return nil }
        let (top, bottom) = (numerator.squareRoot(), denominator.squareRoot())
        return top * top == numerator && bottom * bottom == denominator ? Rational(top, over: bottom) : nil
    }
}

extension Rational {
    public static prefix func - (number: Rational) -> Rational {
        Rational(lowestTerms: !number.isNegative, number.numerator, number.denominator)
    }

    private init(lowestTerms isNegative: Bool, _ numerator: Natural, _ denominator: Natural) {
        self.isNegative = isNegative && !numerator.isZero
        self.numerator = numerator
        self.denominator = denominator
    }

    public static func + (left: Rational, right: Rational) -> Rational {
        let (first, second) = (left.numerator * right.denominator, right.numerator * left.denominator)
        let denominator = left.denominator * right.denominator
        if left.isNegative == right.isNegative {
            return Rational(isNegative: left.isNegative, first + second, over: denominator)
        }
        if first >= second { return Rational(isNegative: left.isNegative, first - second, over: denominator) }
        return Rational(isNegative: right.isNegative, second - first, over: denominator)
    }

    public static func - (left: Rational, right: Rational) -> Rational { left + -right }

    public static func * (left: Rational, right: Rational) -> Rational {
        Rational(
            isNegative: left.isNegative != right.isNegative, left.numerator * right.numerator,
            over: left.denominator * right.denominator)
    }

    /// Returns the quotient by a number that is not 0.
    public static func / (left: Rational, right: Rational) -> Rational {
        Rational(
            isNegative: left.isNegative != right.isNegative, left.numerator * right.denominator,
            over: left.denominator * right.numerator)
    }

    /// Returns the power with an integer exponent, which must not be negative for 0; 0^0 is 1.
    public static func power(_ base: Rational, _ exponent: Int) -> Rational {
        let count = Int(exponent.magnitude)
        let power = Rational(
            lowestTerms: base.isNegative && count % 2 == 1, .power(base.numerator, count),
            .power(base.denominator, count))
        return exponent < 0 ? .one / power : power
    }
}

extension Rational: Comparable {
    public static func < (left: Rational, right: Rational) -> Bool {
        if left.sign != right.sign { return left.sign < right.sign }
        let (first, second) = (left.numerator * right.denominator, right.numerator * left.denominator)
        return left.isNegative ? second < first : first < second
    }
}

extension BallArithmetic {
    /// Returns the ball around a rational number; at most one unit in its last place wide, and exact if the number
    /// fits.
    public func ball(_ number: Rational) -> Ball {
        let sign = number.isNegative
        if number.denominator == .one { return rounded(Ball(Dyadic(isNegative: sign, number.numerator))) }
        let shift = max(precision + number.denominator.bitWidth - number.numerator.bitWidth + 1, 0)
        let (quotient, remainder) =
            (number.numerator << shift).quotientAndRemainder(dividingBy: number.denominator)
        let midpoint = Dyadic(isNegative: sign, quotient, exponent: -shift)
        return rounded(Ball(midpoint, radius: remainder.isZero ? .zero : .powerOfTwo(-shift)))
    }
}
