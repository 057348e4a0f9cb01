extension BallArithmetic {
    /// Returns e^x.
    ///
    /// A small rational x gives 1 + x as the rational part, since products with other rationals (an ELU's alpha) can
    /// put exactly that next to the midpoint of two numbers. A large one becomes a decay.
    public func exponential(_ number: Real) throws(EvaluationCancelled) -> Real? {
        let (rational, tail) = (number.rational, number.tail)
        if tail.isHuge { return nil }
        if rational.isZero { return try exponential(tail) }
        if Tail.isDecay(rational) {
            guard let factor = try exponential(tail) else { return nil }
            return Real(.zero, tail: Tail(decay: -rational, merged(factor).ball))
        }
        if tail.isZero, isSmall(rational) {
            return try exponentialRemainder(rational).map { Real(.one + rational, tail: Tail($0)) }
        }
        guard let factor = try exponential(tail), let power = try exponential(of: rational) else { return nil }
        return Real(product(power, merged(factor).ball))
    }

    /// Returns e^δ = 1 + (e^δ − 1).
    ///
    /// For |δ| ≤ 1, e^δ − 1 = δ (1 + θδ) with |θ| ≤ 1.
    private func exponential(_ tail: Tail) throws(EvaluationCancelled) -> Real? {
        if tail.isZero { return .one }
        if tail.isVanishing { return Real(.one, tail: perturbed(tail)) }
        if tail.ball.magnitude <= .powerOfTwo(-1) {
            return try exponentialMinusOne(tail.ball).map { Real(.one, tail: Tail($0)) }
        }
        return try exponential(tail.ball).map { Real($0) }
    }

    /// Returns ln x; nil if x may be 0 or negative.
    public func logarithm(_ number: Real) throws(EvaluationCancelled) -> Real? {
        let (rational, tail) = (number.rational, number.tail)
        if rational == .one, !tail.isHuge { return try logarithmOfOnePlus(tail) }
        if tail.isZero {
            // Near 1 the significant bits are those of the distance from it.
            let distance = rational - .one
            if distance.magnitude > Rational(1, over: 2) { return try logarithm(ball(rational)).map { Real($0) } }
            let wider = with(precision: precision + 8)
            return try wider.logarithmOfOnePlus(wider.ball(distance)).map { Real(rounded($0)) }
        }
        if tail.isHuge || (rational.isZero && tail.isVanishing) {
            // ln(q + e^(-L) b) = -L + ln(b + q e^L).
            let rest: Real
            if tail.ball.isExact {
                rest = Real(
                    Rational(tail.ball.midpoint),
                    tail: rational.isZero ? .zero : Tail(decay: -tail.decay, ball(rational)))
            } else {
                rest = Real(merged(number).ball)
            }
            guard let logarithm = try logarithm(rest) else { return nil }
            return try sum(Real(-tail.decay), logarithm)
        }
        return try logarithm(merged(number).ball).map { Real($0) }
    }

    /// Returns ln(1 + δ) for a tail that is not huge; for |δ| ≤ 1/2 it is δ (1 + θδ) with |θ| ≤ 1.
    private func logarithmOfOnePlus(_ tail: Tail) throws(EvaluationCancelled) -> Real? {
        if tail.isZero { return .zero }
        if tail.isVanishing { return Real(.zero, tail: perturbed(tail)) }
        return try logarithmOfOnePlus(tail.ball).map { Real($0) }
    }

    /// Returns δ (1 + θδ) with |θ| ≤ 1, for a vanishing δ.
    private func perturbed(_ tail: Tail) -> Tail {
        let bound = tail.ball.magnitude * (tail.magnitude ?? .zero)
        return Tail(decay: tail.decay, rounded(tail.ball.widened(by: bound)))
    }

    /// Returns whether |x| < 2^-16.
    private func isSmall(_ number: Rational) -> Bool {
        number.numerator.bitWidth - number.denominator.bitWidth < -16
    }

    /// Returns e^x − 1 − x for a small rational x ≠ 0, with a small relative error.
    ///
    /// Below 2^-``precision`` it is x²/2 + d with |d| ≤ |x|³/4; above, subtracting x loses as many bits as x has zeros
    /// after the point.
    private func exponentialRemainder(_ number: Rational) throws(EvaluationCancelled) -> Ball? {
        let zeroCount = number.denominator.bitWidth - number.numerator.bitWidth
        if zeroCount > precision {
            let square = ball(number * number).scaled(by: -1)
            let bound = square.magnitude * ball(number).magnitude
            return rounded(square.widened(by: bound))
        }
        let wider = with(precision: precision + zeroCount + 8)
        let argument = with(precision: precision + 2 * zeroCount + 8).ball(number)
        return try wider.exponentialMinusOne(argument).map { rounded(wider.difference($0, argument)) }
    }

    // MARK: The normal distribution

    /// Returns Φ(x) = (1 + erf(x/√2))/2, the normal distribution function.
    ///
    /// For a rational x the parts are 1/2 and erf(x/√2)/2 near 0, 1 and −erfc(x/√2)/2 above, and 0 and erfc(|x|/√2)/2
    /// below. A large x has the decay x²/2.
    public func normalDistribution(_ number: Real) throws(EvaluationCancelled) -> Real? {
        guard number.isRational else {
            if number.tail.isHuge || number.tail.isVanishing { return nil }
            return try upperTail(-merged(number).ball).map { Real($0) }
        }
        let rational = number.rational
        if rational.isZero { return Real(Rational(1, over: 2)) }
        if rational.magnitude <= .one {
            guard let argument = try argumentOfErrorFunction(rational), let value = try errorFunction(argument)
            else { return nil }
            return Real(Rational(1, over: 2), tail: Tail(rounded(value).scaled(by: -1)))
        }
        let exponent = rational * rational * Rational(1, over: 2)
        let complement: Tail?
        if Tail.isDecay(exponent) {
            complement = try vanishingComplement(rational.magnitude, exponent)
        } else {
            complement = try upperTail(of: rational.magnitude).map { Tail($0) }
        }
        guard let complement else { return nil }
        return rational.isNegative ? Real(.zero, tail: complement) : Real(.one, tail: -complement)
    }

    /// Returns erfc(x/√2)/2 for a rational x > 1; the argument gets as many additional bits as its square loses in the
    /// exponent.
    private func upperTail(of number: Rational) throws(EvaluationCancelled) -> Ball? {
        guard let argument = try argumentOfErrorFunction(number),
            let value = try complementaryErrorFunction(argument)
        else { return nil }
        return rounded(value.scaled(by: -1))
    }

    /// Returns erfc(x/√2)/2 for a ball.
    private func upperTail(_ number: Ball) throws(EvaluationCancelled) -> Ball? {
        guard let root = squareRoot(Ball(2)), let argument = quotient(number, root) else { return nil }
        return try complementaryErrorFunction(argument).map { $0.scaled(by: -1) }
    }

    private func argumentOfErrorFunction(_ number: Rational) throws(EvaluationCancelled) -> Ball? {
        let excess = 2 * max(number.numerator.bitWidth - number.denominator.bitWidth + 1, 0)
        let wider = with(precision: precision + excess + 4)
        guard let root = wider.squareRoot(Ball(2)) else { return nil }
        return wider.quotient(wider.ball(number), root)
    }

    /// Returns erfc(x/√2)/2 = e^(-x²/2)/(x√(2π)) (1 − θ/x²) with 0 ≤ θ ≤ 1, the asymptotic series cut after its first
    /// term.
    private func vanishingComplement(_ number: Rational, _ exponent: Rational) throws(EvaluationCancelled) -> Tail? {
        guard let root = squareRoot(pi.scaled(by: 1)),
            let factor = quotient(.one, product(ball(number), root)),
            let bound = quotient(factor, ball(exponent))
        else { return nil }
        return Tail(decay: exponent, rounded(factor.widened(by: bound.magnitude)))
    }
}
