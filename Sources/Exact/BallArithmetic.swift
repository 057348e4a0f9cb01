/// Arithmetic on balls with a working precision.
///
/// Midpoints have at most ``precision`` bits. An operation returns nil if its operands are too wide for it (a divisor
/// that may be 0, the logarithm of a number that may be negative): the caller then computes its operands with more
/// precision. Each operation states by how much the radius of its result exceeds what the operands make inevitable.
public struct BallArithmetic: Sendable {
    /// The number of significant bits of midpoints.
    public let precision: Int
    private let isCancelled: @Sendable () -> Bool

    /// Creates arithmetic with this many bits.
    ///
    /// - Parameter isCancelled: Called now and then during long evaluations; once it returns true, they throw.
    public init(precision: Int, isCancelled: @escaping @Sendable () -> Bool = { false }) {
        precondition(precision >= 2, "The precision is less than two bits.")
        self.precision = precision
        self.isCancelled = isCancelled
    }

    /// Returns the same arithmetic with another precision.
    public func with(precision: Int) -> BallArithmetic {
        BallArithmetic(precision: precision, isCancelled: isCancelled)
    }

    func checkCancellation() throws(EvaluationCancelled) {
        if isCancelled() { throw EvaluationCancelled() }
    }

    /// Returns the ball with a midpoint of at most ``precision`` bits; at most one unit in its last place is added to
    /// the radius.
    ///
    /// Midpoint and radius end at most 2 ``precision`` + 64 binary places apart: beyond that, a small radius grows, and
    /// a small midpoint is moved into the radius. So the ends of a ball never take memory out of proportion.
    public func rounded(_ ball: Ball) -> Ball {
        let midpoint = ball.midpoint.truncated(to: precision)
        let truncation = midpoint.exponent == ball.midpoint.exponent ? Magnitude.zero : .powerOfTwo(midpoint.exponent)
        let radius = ball.radius + truncation
        guard !midpoint.isZero, let radiusExponent = radius.exponentMax else { return Ball(midpoint, radius: radius) }
        let distance = midpoint.leadingExponent - radiusExponent
        let distanceMax = 2 * precision + 64
        if distance > distanceMax {
            return Ball(midpoint, radius: .powerOfTwo(midpoint.leadingExponent - distanceMax))
        }
        return distance < -distanceMax
            ? Ball(.zero, radius: radius + Magnitude(midpoint)) : Ball(midpoint, radius: radius)
    }

    // MARK: Arithmetic

    /// Returns x + y, rounded.
    public func sum(_ left: Ball, _ right: Ball) -> Ball {
        if left.midpoint.isZero { return rounded(right.widened(by: left.radius)) }
        if right.midpoint.isZero { return rounded(left.widened(by: right.radius)) }
        // A summand below the last place of the other one only widens the ball: aligning them could take unbounded
        // memory.
        let distance = left.midpoint.leadingExponent - right.midpoint.leadingExponent
        let distanceMax = 2 * precision + left.midpoint.significand.bitWidth + right.midpoint.significand.bitWidth
        if distance > distanceMax { return rounded(left.widened(by: right.magnitude)) }
        if distance < -distanceMax { return rounded(right.widened(by: left.magnitude)) }
        return rounded(Ball(left.midpoint + right.midpoint, radius: left.radius + right.radius))
    }

    /// Returns x − y, rounded.
    public func difference(_ left: Ball, _ right: Ball) -> Ball { sum(left, -right) }

    /// Returns x · y, rounded.
    ///
    /// With x = a + d and y = b + e, xy − ab = ae + bd + de.
    public func product(_ left: Ball, _ right: Ball) -> Ball {
        let radius =
            Magnitude(left.midpoint) * right.radius + Magnitude(right.midpoint) * left.radius
            + left.radius * right.radius
        return rounded(Ball(left.midpoint * right.midpoint, radius: radius))
    }

    /// Returns x / y, rounded; nil if y may be 0 or its radius is more than half its midpoint.
    ///
    /// With x = a + d, y = b + e and |e| ≤ |b|/2, x/y − a/b = (d − (a/b) e)/y, and |y| ≥ |b|/2. The quotient of the
    /// midpoints is one unit in the last place off at most.
    public func quotient(_ left: Ball, _ right: Ball) -> Ball? {
        let (dividend, divisor) = (left.midpoint, right.midpoint)
        guard !divisor.isZero, right.radius.scaled(by: 1).dyadic <= divisor.magnitude else { return nil }
        let shift = max(precision + divisor.significand.bitWidth - dividend.significand.bitWidth + 1, 0)
        let (quotient, remainder) =
            (dividend.significand << shift).quotientAndRemainder(dividingBy: divisor.significand)
        let exponent = dividend.exponent - divisor.exponent - shift
        let midpoint = Dyadic(isNegative: dividend.isNegative != divisor.isNegative, quotient, exponent: exponent)
        let truncation = remainder.isZero ? Magnitude.zero : .powerOfTwo(exponent)
        let inherited = (left.radius + (Magnitude(midpoint) + truncation) * right.radius).scaled(by: 1) / divisor
        return rounded(Ball(midpoint, radius: inherited + truncation))
    }

    /// Returns x^n for an integer n, by squaring; nil if n is negative and x may be 0.
    ///
    /// x^0 is 1.
    public func power(_ base: Ball, _ exponent: Int) -> Ball? {
        var power = Ball.one
        var square = base
        var rest = exponent.magnitude
        while rest > 0 {
            if rest & 1 == 1 { power = product(power, square) }
            rest >>= 1
            if rest > 0 { square = product(square, square) }
        }
        return exponent < 0 ? quotient(.one, power) : power
    }

    /// Returns √x, rounded; nil if x may be negative and is not 0, or its radius is more than half its midpoint.
    ///
    /// With x = a + d and |d| ≤ a/2, |√x − √a| = |d|/(√x + √a) ≤ |d|/√a. The integer square root is one unit in the
    /// last place too small at most.
    public func squareRoot(_ ball: Ball) -> Ball? {
        if ball.isZero { return ball }
        let number = ball.midpoint
        guard number.sign > 0, ball.radius.scaled(by: 1).dyadic <= number else { return nil }
        var shift = max(2 * precision + 2 - number.significand.bitWidth, 0)
        if (number.exponent - shift) % 2 != 0 { shift += 1 }
        let scaled = number.significand << shift
        let root = scaled.squareRoot()
        let exponent = (number.exponent - shift) / 2
        let truncation = root * root == scaled ? Magnitude.zero : .powerOfTwo(exponent)
        let midpoint = Dyadic(root, exponent: exponent)
        return rounded(Ball(midpoint, radius: ball.radius / midpoint + truncation))
    }
}

/// The error of a cancelled evaluation.
public struct EvaluationCancelled: Error {}
