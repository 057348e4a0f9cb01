/// A real number of any size: e^(-decay) · ball.
///
/// The decay is exact, so that a number like e^(-10^300) keeps a sign and a leading coefficient although no exponent
/// could represent it. It is 0, or more than 2^49 in magnitude: a smaller one becomes part of the ball.
public struct Tail: Sendable {
    public let decay: Rational
    public let ball: Ball

    public static let zero = Tail(.zero)

    /// Creates a number of ordinary size.
    public init(_ ball: Ball) {
        decay = .zero
        self.ball = ball
    }

    /// Creates e^(-`decay`) · `ball`; the decay is more than 2^49 in magnitude.
    init(decay: Rational, _ ball: Ball) {
        self.decay = ball.isZero ? .zero : decay
        self.ball = ball
    }

    /// Decays that a ball's exponent can represent are less than 2 to this power.
    static let plainDecayExponentMax = 50

    /// Returns whether a number is too large for ``BallArithmetic/exponential(_:)`` and so has to be a decay.
    static func isDecay(_ number: Rational) -> Bool {
        number.numerator.bitWidth - number.denominator.bitWidth >= plainDecayExponentMax
    }

    /// A bound of e^(-d) for each decay d > 0, as decays are above 2^(``plainDecayExponentMax`` − 1), and e > 2.
    private static let decayed = Magnitude.powerOfTwo(-1 << (plainDecayExponentMax - 1))

    public var isZero: Bool { ball.isZero }

    /// Whether the number is smaller than every number that a ball's exponent is likely to represent.
    var isVanishing: Bool { decay.sign > 0 }

    /// Whether the number is larger than such numbers.
    var isHuge: Bool { decay.sign < 0 }

    /// A bound of the absolute value; nil if the number is huge.
    var magnitude: Magnitude? {
        if isHuge { return nil }
        return isVanishing ? ball.magnitude * Self.decayed : ball.magnitude
    }

    static prefix func - (tail: Tail) -> Tail { Tail(decay: tail.decay, -tail.ball) }
}

extension BallArithmetic {
    /// Returns e^(-L) a + e^(-M) b: the term with the smaller decay is factored out, and the other one, times e^(-|L −
    /// M|), is added to its ball.
    func sum(_ left: Tail, _ right: Tail) throws(EvaluationCancelled) -> Tail? {
        if left.isZero { return right }
        if right.isZero { return left }
        if left.decay == right.decay { return Tail(decay: left.decay, sum(left.ball, right.ball)) }
        let (large, small) = left.decay < right.decay ? (left, right) : (right, left)
        let distance = small.decay - large.decay
        if Tail.isDecay(distance) {
            let bound = Tail(decay: distance, small.ball).magnitude ?? .zero
            return Tail(decay: large.decay, rounded(large.ball.widened(by: bound)))
        }
        guard let factor = try exponential(ball(-distance)) else { return nil }
        return Tail(decay: large.decay, sum(large.ball, product(factor, small.ball)))
    }

    func product(_ left: Tail, _ right: Tail) throws(EvaluationCancelled) -> Tail? {
        try normalized(left.decay + right.decay, product(left.ball, right.ball))
    }

    func product(_ factor: Rational, _ tail: Tail) -> Tail {
        if factor == .one { return tail }
        if factor.isZero { return .zero }
        return Tail(decay: tail.decay, product(ball(factor), tail.ball))
    }

    func quotient(_ left: Tail, _ right: Tail) throws(EvaluationCancelled) -> Tail? {
        guard let quotient = quotient(left.ball, right.ball) else { return nil }
        return try normalized(left.decay - right.decay, quotient)
    }

    /// Returns e^(-`decay`) · `factor`, for any decay.
    private func normalized(_ decay: Rational, _ factor: Ball) throws(EvaluationCancelled) -> Tail? {
        if decay.isZero || Tail.isDecay(decay) { return Tail(decay: decay, factor) }
        return try exponential(of: -decay).map { Tail(product($0, factor)) }
    }

    /// Returns e^q for a rational number that is not a decay, with a relative error of a few units in the last place.
    ///
    /// The argument gets as many additional bits as it has before the point.
    func exponential(of number: Rational) throws(EvaluationCancelled) -> Ball? {
        let excess = max(number.numerator.bitWidth - number.denominator.bitWidth + 1, 0)
        return try with(precision: precision + excess + 2).exponential(
            with(precision: precision + excess + 2).ball(number)
        )
        .map(rounded)
    }
}
