extension BallArithmetic {
    // MARK: Binary formats

    /// Returns the number of a format that is nearest to x, ties to even; nil if x is not known well enough to decide.
    ///
    /// 1. A rational number is rounded exactly.
    /// 2. Otherwise the ends of a ball decide, if they round alike.
    /// 3. A tail that is smaller than the distance of its rational part from every other boundary between two roundings
    ///    acts as an infinitesimal: its sign decides a tie.
    public func rounded(_ number: Real, to format: BinaryFormat) -> RoundedBinary? {
        if number.isRational { return format.rounded(number.rational) }
        if number.tail.isHuge { return number.tail.ball.sign.map { .infinite(isNegative: $0 < 0) } }
        if number.rational.isZero, number.tail.isVanishing {
            return number.tail.ball.sign.map { .finite(isNegative: $0 < 0, significand: 0, exponent: 0) }
        }
        if let rounded = format.rounded(merged(number).ball) { return rounded }
        // Every boundary is a multiple of half the smallest subnormal number.
        let boundaryDenominator = Natural.one << (format.significandBitCount - format.exponents.lowerBound)
        guard let sign = signOfInfinitesimal(number, boundaryDenominator) else { return nil }
        return format.rounded(number.rational, plusInfinitesimalOf: sign)
    }

    /// Returns the sign of the tail if it is less than the distance of the rational part from each other multiple of
    /// 1/`boundaryDenominator`, and otherwise nil.
    ///
    /// With q = a/d and a boundary m/B, |q − m/B| is 0 or at least 1/lcm(d, B), which is at least
    /// 1/(B · d/gcd(d, B)).
    private func signOfInfinitesimal(_ number: Real, _ boundaryDenominator: Natural) -> Int? {
        guard !number.rational.isZero, let sign = number.tail.ball.sign,
            let exponent = number.tail.magnitude?.exponentMax
        else { return nil }
        let divisor = Natural.greatestCommonDivisor(number.rational.denominator, boundaryDenominator)
        let bitCount = (number.rational.denominator / divisor).bitWidth + boundaryDenominator.bitWidth
        return exponent < -bitCount ? sign : nil
    }

    // MARK: Decimals

    /// Returns the number with at most `count` significant decimal digits that is nearest to x, ties to even; nil if x
    /// is not known well enough to decide.
    public func rounded(_ number: Real, toDigits count: Int) throws(EvaluationCancelled) -> RoundedDecimal? {
        precondition(count > 0, "The number has no digits.")
        if number.isRational { return Self.rounded(number.rational, toDigits: count, tailSign: 0) }
        if number.tail.isHuge { return number.tail.ball.sign.map { .infinite(isNegative: $0 < 0) } }
        if number.rational.isZero, number.tail.isVanishing {
            return number.tail.ball.sign.map { .finite(isNegative: $0 < 0, digits: [], exponent: 0) }
        }
        if let rounded = try rounded(merged(number).ball, toDigits: count) { return rounded }
        if number.rational.isZero { return nil }
        // A boundary is half a unit of the last place, here or in the decade below.
        let lastPlace = Self.leadingDecimalExponent(number.rational) - count
        let boundaryDenominator = Natural.powerOfTen(max(-lastPlace, 0)) << 1
        guard let sign = signOfInfinitesimal(number, boundaryDenominator) else { return nil }
        return Self.rounded(number.rational, toDigits: count, tailSign: sign)
    }

    /// Rounds the ends of a ball to integers after scaling it by a power of ten.
    private func rounded(_ number: Ball, toDigits count: Int) throws(EvaluationCancelled) -> RoundedDecimal? {
        guard let sign = number.sign, sign != 0 else { return nil }
        let leading = number.midpoint.leadingExponent
        // The estimate is at most the decimal exponent, apart from the rounding of the product, and at least one less.
        let estimate = Int((Double(leading) * 0.301_029_995_663_981_2).rounded(.down))
        if abs(estimate) > 2 * RoundedDecimal.exponentMax {
            return estimate > 0
                ? .infinite(isNegative: sign < 0) : .finite(isNegative: sign < 0, digits: [], exponent: 0)
        }
        for exponent in estimate - 1...estimate + 1 {
            let scale = count - 1 - exponent
            try checkCancellation()
            guard let power = power(Ball(10), scale) else { return nil }
            let scaled = product(number.absoluteValue, power)
            guard scaled.lowerBound.sign > 0 else { return nil }
            let lower = Self.nearestInteger(scaled.lowerBound)
            // A number beyond the decade, even by rounding, has fewer digits with the next exponent.
            if lower >= .powerOfTen(count) { continue }
            guard lower == Self.nearestInteger(scaled.upperBound) else { return nil }
            return RoundedDecimal(isNegative: sign < 0, lower, exponent: -scale)
        }
        return nil
    }

    /// Returns the integer nearest to a positive number, ties to even.
    private static func nearestInteger(_ number: Dyadic) -> Natural {
        if number.exponent >= 0 { return number.significand << number.exponent }
        let shift = -number.exponent
        let kept = number.significand >> shift
        guard number.significand.bit(at: shift - 1) else { return kept }
        let isTie = number.significand.trailingZeroBitCount == shift - 1
        return isTie && !kept.isOdd ? kept : kept + .one
    }

    /// Returns ⌊log10 |x|⌋ of a rational number that is not 0.
    static func leadingDecimalExponent(_ number: Rational) -> Int {
        let bits = number.numerator.bitWidth - number.denominator.bitWidth
        var exponent = Int((Double(bits - 1) * 0.301_029_995_663_981_2).rounded(.down)) - 1
        while number.magnitude >= Rational(decimalDigits: [1], exponent: exponent + 1) { exponent += 1 }
        return exponent
    }

    /// Rounds q, or q plus an infinitesimal with a sign.
    static func rounded(_ number: Rational, toDigits count: Int, tailSign: Int) -> RoundedDecimal {
        if number.isZero { return .finite(isNegative: false, digits: [], exponent: 0) }
        var exponent = leadingDecimalExponent(number) - count + 1
        // The direction is away from 0, or towards it.
        let direction = number.isNegative ? -tailSign : tailSign
        var (dividend, divisor) = scaled(number, exponent)
        // Just below a power of ten the digits are those of the decade below.
        if direction < 0, number.magnitude == Rational(decimalDigits: [1], exponent: exponent + count - 1) {
            exponent -= 1
            (dividend, divisor) = scaled(number, exponent)
        }
        let nearest = NearestInteger(dividend, over: divisor)
        let value =
            nearest.isTie && direction != 0
            ? (direction > 0 ? nearest.roundedDown + .one : nearest.roundedDown) : nearest.value
        return RoundedDecimal(isNegative: number.isNegative, value, exponent: exponent)
    }

    /// |q| / 10^`exponent` as a dividend and a divisor.
    private static func scaled(_ number: Rational, _ exponent: Int) -> (Natural, Natural) {
        exponent >= 0
            ? (number.numerator, number.denominator * .powerOfTen(exponent))
            : (number.numerator * .powerOfTen(-exponent), number.denominator)
    }
}

extension BinaryFormat {
    /// Returns the number nearest to x plus an infinitesimal with this sign, which decides a tie.
    ///
    /// The rational number is truncated to a unit so fine that every boundary is a multiple of four units. Half a unit
    /// then has the effect of the infinitesimal.
    func rounded(_ number: Rational, plusInfinitesimalOf sign: Int) -> RoundedBinary {
        let bitCount = significandBitCount + 4 - exponents.lowerBound
        let shift = max(bitCount, bitCount + number.denominator.bitWidth - number.numerator.bitWidth + 1)
        let (quotient, remainder) =
            (number.numerator << shift).quotientAndRemainder(dividingBy: number.denominator)
        let isOutward = (sign > 0) != number.isNegative
        let cut: Natural
        if !remainder.isZero || isOutward {
            cut = (quotient << 1) + .one
        } else {
            cut = (quotient << 1) - .one
        }
        return rounded(Dyadic(isNegative: number.isNegative, cut, exponent: -shift - 1))
    }
}
