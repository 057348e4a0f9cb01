extension BallArithmetic {
    /// Returns ln x; nil if x may be 0 or negative, or its radius is more than half its midpoint.
    ///
    /// For x = a + d with |d| ≤ a/2, |ln x − ln a| ≤ |d|/(a − |d|) ≤ 2|d|/a. The relative error of the midpoint's
    /// logarithm is at most 2^(2 − ``precision``), also near 1.
    public func logarithm(_ ball: Ball) throws(EvaluationCancelled) -> Ball? {
        guard ball.midpoint.sign > 0, ball.radius.scaled(by: 1).dyadic <= ball.midpoint else { return nil }
        let value = try logarithm(ball.midpoint)
        return rounded(value.widened(by: ball.radius.scaled(by: 1) / ball.midpoint))
    }

    /// Returns ln(1 + x), with a small relative error for small x too; nil as for ``logarithm(_:)`` of 1 + x.
    ///
    /// Below 2^-``precision``, ln(1 + x) = x + d with |d| ≤ x²; above, 1 + x is exact, or rounded if x is large.
    public func logarithmOfOnePlus(_ ball: Ball) throws(EvaluationCancelled) -> Ball? {
        let argument = ball.midpoint
        guard argument.isZero || argument.leadingExponent < -precision else {
            let isLarge = argument.leadingExponent > precision
            return try logarithm(isLarge ? sum(.one, ball) : Ball(.one + argument, radius: ball.radius))
        }
        // With this radius 1 + x is at least 1/2, so that the derivative is at most 2.
        guard ball.radius <= .powerOfTwo(-2) else { return nil }
        let square = Magnitude(argument) * Magnitude(argument)
        return rounded(Ball(argument, radius: square + ball.radius.scaled(by: 1)))
    }

    /// Returns ln x of one positive number, with a relative error of at most 2^(2 − ``precision``).
    ///
    /// 1. x = f 2^k with 3/4 ≤ f < 3/2; ln x = k ln 2 + ln f. If k is not 0, the sum has at least a quarter of the
    ///    size of k ln 2, so that nothing cancels; if k is 0, ln f has as many leading zeros as f − 1, and the bits of
    ///    f − 1 are exact.
    /// 2. g = f^(1/2^j) by square roots in integers that count 2^-w. Each multiplies the error by at most
    ///    1/(2√(3/4)) < 0.58 and adds less than a unit, so that g is less than 3 units off.
    /// 3. z = (g − 1)/(g + 1): its derivative 2/(g + 1)² is less than 0.66, so that z is less than 3 units off after
    ///    the quotient is rounded down.
    /// 4. ln g = 2 artanh z by the series z + z³/3 + z⁵/5 + …, with |z| ≤ 1/5. A power of z is at most 2 units off: the
    ///    error of the one before is multiplied by z², that of z² (at most 3 units) by a power of z, and rounding adds
    ///    one. Each term is then at most 2 units off after its division, the first one 3, and what follows the last of
    ///    n terms is less than a unit, so that their sum is less than 4n + 4 units off.
    /// 5. ln f = 2^j ln g.
    private func logarithm(_ number: Dyadic) throws(EvaluationCancelled) -> Ball {
        var twos = number.leadingExponent
        var reduced = number.scaled(by: -twos)
        if reduced >= Dyadic(3, exponent: -1) {
            twos += 1
            reduced = reduced.scaled(by: -1)
        }
        let distance = reduced - .one
        guard !distance.isZero else { return product(Ball(twos), logarithmOfTwo) }
        let leadingZeroCount = twos == 0 ? -distance.leadingExponent : 0
        let rootCount = Natural(UInt64(precision)).squareRootInt / 2 + 2
        let bitCount =
            precision + leadingZeroCount + rootCount + Int.bitWidth - precision.leadingZeroBitCount + 8
        let one = Natural.one << bitCount
        var argument = reduced.fixedPoint(bitCount)
        for _ in 0..<rootCount {
            try checkCancellation()
            argument = (argument << bitCount).squareRoot()
        }
        let isNegative = argument < one
        let difference = isNegative ? one - argument : argument - one
        let (sum, termCount) = try inverseHyperbolicTangent((difference << bitCount) / (argument + one), bitCount)
        let error = Magnitude(4 * termCount + 4).scaled(by: rootCount + 1 - bitCount)
        let midpoint = Dyadic(isNegative: isNegative, sum, exponent: rootCount + 1 - bitCount)
        let logarithm = Ball(midpoint, radius: error)
        if twos == 0 { return rounded(logarithm) }
        let wider = with(precision: precision + 4)
        return rounded(wider.sum(wider.product(Ball(twos), wider.logarithmOfTwo), logarithm))
    }

    /// Returns artanh z by its series, in integers that count 2^-`bitCount`, and the number of terms.
    private func inverseHyperbolicTangent(
        _ argument: Natural, _ bitCount: Int
    ) throws(EvaluationCancelled) -> (sum: Natural, termCount: Int) {
        let square = (argument * argument) >> bitCount
        var (power, sum) = (argument, argument)
        var termCount = 1
        while !power.isZero {
            try checkCancellation()
            power = (power * square) >> bitCount
            sum = sum + power.quotientAndRemainder(dividingBy: UInt64(2 * termCount + 1)).quotient
            termCount += 1
        }
        return (sum, termCount)
    }
}

extension Dyadic {
    /// Creates `value` · 2^`exponent`.
    init(_ value: UInt64, exponent: Int) { self.init(Natural(value), exponent: exponent) }
}
