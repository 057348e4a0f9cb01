/// A real number that is known as a rational number plus a tail.
///
/// The rational part holds the exact information: a value like x − 1 + 10^(-1780) or x/2 plus a tail 2^1074 times
/// smaller may be next to the midpoint of two floating-point numbers, or next to one of them, so that no ordinary
/// precision shows on which side it is. Here the rational part is compared exactly, and if it is the midpoint, the sign
/// of the tail decides. If no part is exact, the rational part is 0 and the tail is an ordinary ball.
///
/// Each operation acts on both: (q+δ)(r+ε) = qr + (qε + rδ + δε), and so on. A rational value is recognised: its tail
/// is then exactly 0, not a small ball.
public struct Real: Sendable {
    public let rational: Rational
    public let tail: Tail

    public init(_ rational: Rational, tail: Tail = .zero) {
        self.rational = rational
        self.tail = tail
    }

    public init(_ value: Int) { self.init(Rational(value)) }

    public init(_ ball: Ball) { self.init(.zero, tail: Tail(ball)) }

    public static let zero = Real(0)
    public static let one = Real(1)

    /// Whether the number is known to be rational.
    public var isRational: Bool { tail.isZero }

    public static prefix func - (number: Real) -> Real { Real(-number.rational, tail: -number.tail) }
}

// MARK: Arithmetic

/// Each operation returns nil if its operands are not known well enough, like those on balls.
extension BallArithmetic {
    public func sum(_ left: Real, _ right: Real) throws(EvaluationCancelled) -> Real? {
        try sum(left.tail, right.tail).map { Real(left.rational + right.rational, tail: $0) }
    }

    public func difference(_ left: Real, _ right: Real) throws(EvaluationCancelled) -> Real? { try sum(left, -right) }

    /// Returns (q+δ)(r+ε) = qr + (qε + rδ + δε).
    public func product(_ left: Real, _ right: Real) throws(EvaluationCancelled) -> Real? {
        let first = product(left.rational, right.tail)
        let second = product(right.rational, left.tail)
        guard let third = try product(left.tail, right.tail), let pair = try sum(first, second),
            let tail = try sum(pair, third)
        else { return nil }
        return Real(left.rational * right.rational, tail: tail)
    }

    /// Returns (q+δ)/(r+ε) = q/r + (δ − (q/r)ε)/(r+ε) if ε is less than half of r.
    ///
    /// Otherwise q/r would be of little use, and the result is the quotient of two balls; it is nil if the divisor may
    /// be 0.
    public func quotient(_ left: Real, _ right: Real) throws(EvaluationCancelled) -> Real? {
        if right.isRational {
            if right.rational.isZero { return nil }
            return Real(left.rational / right.rational, tail: product(.one / right.rational, left.tail))
        }
        guard isRationalDominant(right) else {
            return try quotient(merged(left), merged(right)).map { Real(.zero, tail: $0) }
        }
        let ratio = left.rational / right.rational
        guard let excess = try sum(left.tail, product(-ratio, right.tail)),
            let tail = try quotient(excess, merged(right))
        else { return nil }
        return Real(ratio, tail: tail)
    }

    /// Returns x^n for an integer n, by squaring; x^0 is 1.
    public func power(_ base: Real, _ exponent: Int) throws(EvaluationCancelled) -> Real? {
        if base.isRational, exponent >= 0 || !base.rational.isZero { return Real(.power(base.rational, exponent)) }
        var power = Real.one
        var square = base
        var rest = exponent.magnitude
        while rest > 0 {
            if rest & 1 == 1 {
                guard let next = try product(power, square) else { return nil }
                power = next
            }
            rest >>= 1
            if rest > 0 {
                guard let next = try product(square, square) else { return nil }
                square = next
            }
        }
        return exponent < 0 ? try quotient(.one, power) : power
    }

    /// Returns √(q+δ) = √q + δ/(√q + √(q+δ)) if √q is rational and not 0.
    public func squareRoot(_ number: Real) throws(EvaluationCancelled) -> Real? {
        if number.tail.isVanishing || number.tail.isHuge { return nil }
        guard let root = number.rational.squareRoot, !root.isZero || number.isRational else {
            return squareRoot(merged(number).ball).map { Real($0) }
        }
        if number.isRational { return Real(root) }
        guard let whole = squareRoot(merged(number).ball),
            let tail = quotient(number.tail.ball, sum(ball(root), whole))
        else { return nil }
        return Real(root, tail: Tail(tail))
    }

    /// Returns the sign of a number (-1, 0 or 1), or nil if it is not known.
    public func sign(_ number: Real) -> Int? {
        if number.rational.isZero { return number.tail.ball.sign }
        return number.isRational ? number.rational.sign : merged(number).ball.sign
    }

    /// |x|, or nil if the sign of x is not known.
    public func absoluteValue(_ number: Real) -> Real? {
        sign(number).map { $0 < 0 ? -number : number }
    }

    // MARK: Parts

    /// Returns whether the tail is at most half of the rational part, so that their quotient is well away from 0.
    private func isRationalDominant(_ number: Real) -> Bool {
        guard !number.rational.isZero, let magnitude = number.tail.magnitude else { return false }
        return magnitude.scaled(by: 1).dyadic <= ball(number.rational.magnitude).lowerBound
    }

    /// Returns the whole number as a tail.
    ///
    /// With a huge tail the rational part only widens the ball, and so does a vanishing tail with a rational part.
    func merged(_ number: Real) -> Tail {
        if number.rational.isZero { return number.tail }
        let rational = ball(number.rational)
        if number.isRational { return Tail(rational) }
        if let magnitude = number.tail.magnitude {
            return Tail(
                number.tail.isVanishing ? rounded(rational.widened(by: magnitude)) : sum(rational, number.tail.ball))
        }
        let bound = Tail(decay: -number.tail.decay, rational).magnitude ?? .zero
        return Tail(decay: number.tail.decay, rounded(number.tail.ball.widened(by: bound)))
    }
}
