extension BallArithmetic {
    /// Returns erf x = 2/√π ∫₀ˣ e^(-t²) dt, with a small relative error for small x too; nil as for the complement.
    public func errorFunction(_ ball: Ball) throws(EvaluationCancelled) -> Ball? {
        let argument = ball.midpoint.magnitude
        guard let decay = try gaussianDecay(argument, ball.radius) else { return nil }
        let value =
            try isAsymptotic(argument)
            ? difference(.one, asymptoticComplement(argument, decay)) : errorFunction(argument, decay)
        let widened = value.widened(by: decay.magnitude * ball.radius.scaled(by: 1))
        return rounded(ball.midpoint.isNegative ? -widened : widened)
    }

    /// Returns erfc x = 1 − erf x, with a small relative error for large x too; nil if the radius of x is more than
    /// 1/(4 (|x| + 1)), or x is too large (``argumentExponentMax``).
    ///
    /// For x = a + d, |erfc x − erfc a| = 2/√π e^(-t²) |d| for a t between. With the bound of the radius t² is at least
    /// a² − 2|a||d| ≥ a² − 1/2, so that this is at most 2/√π √e e^(-a²) |d| < 2 e^(-a²) |d|.
    public func complementaryErrorFunction(_ ball: Ball) throws(EvaluationCancelled) -> Ball? {
        let argument = ball.midpoint
        if argument.isNegative { return try errorFunction(-ball).map { sum(.one, $0) } }
        guard let decay = try gaussianDecay(argument, ball.radius) else { return nil }
        let value: Ball
        if isAsymptotic(argument) {
            value = try asymptoticComplement(argument, decay)
        } else {
            let wider = with(precision: precision + Self.cancelledBitCount(argument))
            let widerDecay = try wider.exponential(-(argument * argument))
            value = try wider.difference(.one, wider.errorFunction(argument, widerDecay))
        }
        return rounded(value.widened(by: decay.magnitude * ball.radius.scaled(by: 1)))
    }

    /// Returns e^(-x²) at the midpoint, or nil if the argument is too wide or too large.
    private func gaussianDecay(_ argument: Dyadic, _ radius: Magnitude) throws(EvaluationCancelled) -> Ball? {
        guard (Magnitude(argument) + Magnitude(1)).scaled(by: 2) * radius <= Magnitude(1) else { return nil }
        return try exponential(Ball(-(argument * argument)))
    }

    /// Returns the number of bits that 1 − erf x loses: erfc x > e^(-x²)/(2x + 2), and log2 e < 1.4427.
    private static func cancelledBitCount(_ argument: Dyadic) -> Int {
        let square = (argument * argument).fixedPoint(0).word ?? 0
        return Int(truncatingIfNeeded: (square + 1) * 3 / 2) + max(argument.isZero ? 0 : argument.leadingExponent, 0)
            + 4
    }

    /// Returns whether the asymptotic series reaches the precision: its smallest term is near √2 e^(-x²).
    private func isAsymptotic(_ argument: Dyadic) -> Bool {
        let square = argument * argument
        return square.isZero ? false : square.leadingExponent > 40 || square > Dyadic(precision + 24)
    }

    /// Returns erf x of one number x ≥ 0, with a relative error of at most 2^(3 − ``precision``).
    ///
    /// erf x = 2x/√π e^(-x²) S with S = Σ (2x²)^n / (1·3·5···(2n + 1)), all of whose terms are positive. Below
    /// 2^-(``precision``/2 + 2), S e^(-x²) is 1 to within x². In integers that count 2^-w:
    ///
    /// 1. Term n is term n − 1 times 2x², divided by 2n + 1. Two results are rounded down, and 2x² is cut to w bits, so
    ///    that term k brings an error of its own of at most 2 + t units, with t its size.
    /// 2. Term n inherits that error times (term n)/(term k). If term k is at least 1, that makes at most 3 units for
    ///    each unit of term n; if it is less, terms only fall from there on, and it makes at most 3 units.
    /// 3. So term n is at most 3 (n + 1)(t + 1) units off, and the sum of N terms 3 N (S + N).
    /// 4. The series ends after a term of less than a unit, once 2x²/(2N + 1) < 1/2: the rest is less than 2 units.
    private func errorFunction(_ argument: Dyadic, _ decay: Ball) throws(EvaluationCancelled) -> Ball {
        if argument.isZero { return .zero }
        let square = argument * argument
        let factor = try errorFunctionFactor(argument)
        if square.leadingExponent < -precision - 2 {
            return rounded(factor.widened(by: factor.magnitude * Magnitude(square).scaled(by: 1)))
        }
        let bitCount = precision + 2 * (Int.bitWidth - precision.leadingZeroBitCount) + 16
        let twiceSquare = square.scaled(by: 1)
        let multiplier = twiceSquare.fixedPoint(bitCount)
        var term = Natural.one << bitCount
        var sum = term
        var termCount = 0
        while !term.isZero || Dyadic(2 * termCount + 1) < twiceSquare.scaled(by: 1) {
            try checkCancellation()
            termCount += 1
            term =
                ((term * multiplier) >> bitCount)
                .quotientAndRemainder(dividingBy: UInt64(2 * termCount + 1)).quotient
            sum = sum + term
        }
        let series = Dyadic(sum, exponent: -bitCount)
        let error = (Magnitude(series) + Magnitude(termCount + 1)) * (3 * termCount + 3) + Magnitude(2)
        return product(product(factor, decay), Ball(series, radius: error.scaled(by: -bitCount)))
    }

    /// Returns 2x/√π.
    private func errorFunctionFactor(_ argument: Dyadic) throws(EvaluationCancelled) -> Ball {
        let wider = with(precision: precision + 8)
        guard let root = wider.squareRoot(wider.pi), let factor = wider.quotient(Ball(argument.scaled(by: 1)), root)
        else { preconditionFailure("π is not positive.") }
        return factor
    }

    /// Returns erfc x for a large x: e^(-x²)/(x√π) Σ (-1)^n (1·3·5···(2n − 1))/(2x²)^n.
    ///
    /// The sum is alternating and its error is at most the first omitted term (F. W. J. Olver, Asymptotics and Special
    /// Functions, 1974, §3.1). Terms decrease as long as 2n − 1 < 2x²; ``isAsymptotic(_:)`` ensures that they reach a
    /// unit before. Each is at most 3 units further off than the previous one, so that N terms are at most 2 N (N + 1)
    /// off.
    private func asymptoticComplement(_ argument: Dyadic, _ decay: Ball) throws(EvaluationCancelled) -> Ball {
        let square = argument * argument
        let bitCount = precision + 2
        var (sum, subtracted) = (Natural.one << bitCount, Natural.zero)
        var term = sum
        var termCount = 0
        // The quotient (2n − 1)/(2x²) in terms of the square's own significand.
        let divisor = square.significand << 1
        while !term.isZero {
            try checkCancellation()
            termCount += 1
            let product = term * UInt64(2 * termCount - 1)
            term = (square.exponent >= 0 ? product >> square.exponent : product << -square.exponent) / divisor
            if termCount % 2 == 0 { sum = sum + term } else { subtracted = subtracted + term }
        }
        let error = Magnitude(2 * (termCount + 1) * (termCount + 1)).scaled(by: -bitCount)
        let series = Ball(Dyadic(sum - subtracted, exponent: -bitCount), radius: error)
        let wider = with(precision: precision + 8)
        guard let root = wider.squareRoot(wider.pi),
            let factor = wider.quotient(decay, wider.product(Ball(argument), root))
        else { preconditionFailure("π or the argument is not positive.") }
        return product(factor, series)
    }
}
