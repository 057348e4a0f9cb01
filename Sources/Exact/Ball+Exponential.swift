extension BallArithmetic {
    /// The exponential's arguments are smaller than this power of two; the exponents of larger ones would not fit.
    public static let argumentExponentMax = 60

    /// Returns e^x; nil if the radius of x is more than 1/2, or x is too large (``argumentExponentMax``).
    ///
    /// For x = a + d with |d| ≤ 1/2, |e^x − e^a| ≤ e^a · 2|d|. The relative error of the midpoint's
    /// exponential is at most 2^(2 − ``precision``).
    public func exponential(_ ball: Ball) throws(EvaluationCancelled) -> Ball? {
        guard isArgument(ball) else { return nil }
        let value = try exponential(ball.midpoint)
        return rounded(value.widened(by: value.magnitude * ball.radius.scaled(by: 1)))
    }

    /// Returns e^x − 1, with a small relative error for small x too; nil as for ``exponential(_:)``.
    ///
    /// For |x| < 2^-m the exponential takes m more bits. Below 2^-``precision``, e^x − 1 = x + d with |d| ≤ x².
    public func exponentialMinusOne(_ ball: Ball) throws(EvaluationCancelled) -> Ball? {
        guard isArgument(ball) else { return nil }
        let argument = ball.midpoint
        if argument.isZero { return Ball(.zero, radius: ball.radius.scaled(by: 1)) }
        let growth: Magnitude
        let value: Ball
        if argument.leadingExponent < -precision {
            value = Ball(argument, radius: Magnitude(argument) * Magnitude(argument))
            growth = .powerOfTwo(1)
        } else {
            let wider = with(precision: precision + max(-argument.leadingExponent, 0) + 2)
            let exponential = try wider.exponential(argument)
            value = wider.difference(exponential, .one)
            growth = exponential.magnitude
        }
        return rounded(value.widened(by: growth * ball.radius.scaled(by: 1)))
    }

    private func isArgument(_ ball: Ball) -> Bool {
        guard ball.radius <= .powerOfTwo(-1) else { return false }
        return ball.midpoint.isZero || ball.midpoint.leadingExponent < Self.argumentExponentMax
    }

    /// Returns e^x of one number, with a relative error of at most 2^(2 − ``precision``).
    ///
    /// In integers that count 2^-w:
    /// 1. x = k ln 2 + r with 0 ≤ r < ln 2, and s = r / 2^j. R, the integer for s, is at most 3 units off.
    /// 2. e^s by Taylor's series. A term is the last one times R / 2^w, divided by its number, each rounded down. As R
    ///    / 2^w is less than 1/2, an error of a term is at least halved in the next, so that each is at most 4 units
    ///    off, and what follows the last of n terms is less than 2 units. With the error of R that is 4n + 8 units.
    /// 3. e^r by squaring j times. Each squaring doubles the relative error and adds less than a unit, so that in the
    ///    end it is at most 2^j (4n + 9) units of a number below 2, or 2^(j + 2) (4n + 9) with room for what is of
    ///    second order.
    /// 4. e^x = 2^k e^r.
    func exponential(_ argument: Dyadic) throws(EvaluationCancelled) -> Ball {
        if argument.isZero { return .one }
        if argument.leadingExponent < -precision - 2 { return Ball(.one, radius: Magnitude(argument).scaled(by: 1)) }
        let halvingCount = Natural(UInt64(precision)).squareRootInt / 2 + 4
        let bitCount = precision + halvingCount + Int.bitWidth - precision.leadingZeroBitCount + 12
        let (quotient, remainder) = reduceByLogarithmOfTwo(argument, bitCount)
        let reduced = remainder >> halvingCount
        var term = Natural.one << bitCount
        var sum = term
        var termCount = 0
        while !term.isZero {
            try checkCancellation()
            termCount += 1
            term = ((term * reduced) >> bitCount).quotientAndRemainder(dividingBy: UInt64(termCount)).quotient
            sum = sum + term
        }
        for _ in 0..<halvingCount {
            try checkCancellation()
            sum = (sum * sum) >> bitCount
        }
        let error = Magnitude(4 * termCount + 9).scaled(by: halvingCount + 2 - bitCount)
        return rounded(Ball(Dyadic(sum, exponent: -bitCount), radius: error).scaled(by: quotient))
    }

    /// Returns the k and r of x = k ln 2 + r with 0 ≤ r < ln 2; r in units of 2^-`bitCount`, at most 2 of them off.
    ///
    /// ln 2 has enough extra bits that k times its error is less than half a unit.
    private func reduceByLogarithmOfTwo(_ argument: Dyadic, _ bitCount: Int) -> (quotient: Int, remainder: Natural) {
        let extraBitCount = max(argument.leadingExponent, 0) + 6
        let logarithm = Constants.logarithmOfTwo(bitCount + extraBitCount)
        let fixed = argument.fixedPoint(bitCount + extraBitCount)
        let (quotient, remainder) = fixed.quotientAndRemainder(dividingBy: logarithm)
        // The quotient is below 2^60 / ln 2, so that it is a machine integer.
        let count = Int(truncatingIfNeeded: quotient.word ?? 0)
        if argument.isNegative { return (-count - 1, (logarithm - remainder) >> extraBitCount) }
        return (count, remainder >> extraBitCount)
    }
}

extension Natural {
    /// The square root of a small number, rounded down.
    var squareRootInt: Int { Int(truncatingIfNeeded: squareRoot().word ?? 0) }
}
