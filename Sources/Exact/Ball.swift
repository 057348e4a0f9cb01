/// A real number that is known up to a bound: every number whose distance from `midpoint` is at most `radius`.
///
/// The operations of ``BallArithmetic`` keep the promise of ball arithmetic: for all numbers in the operands, the exact
/// result is in the ball that they return (F. Johansson, Arb, IEEE Trans. Comput. 66, 2017).
public struct Ball: Sendable {
    public let midpoint: Dyadic
    public let radius: Magnitude

    public init(_ midpoint: Dyadic, radius: Magnitude = .zero) {
        self.midpoint = midpoint
        self.radius = radius
    }

    public init(_ value: Int) { self.init(Dyadic(value)) }

    public static let zero = Ball(0)
    public static let one = Ball(1)

    /// Whether the ball is a single number.
    public var isExact: Bool { radius.isZero }

    /// Whether the ball is exactly the number 0.
    public var isZero: Bool { isExact && midpoint.isZero }

    public var lowerBound: Dyadic { midpoint - radius.dyadic }
    public var upperBound: Dyadic { midpoint + radius.dyadic }

    /// A bound of the absolute values in the ball.
    public var magnitude: Magnitude { Magnitude(midpoint) + radius }

    /// The common sign of all its numbers (-1, 0 or 1), or nil if they differ.
    public var sign: Int? {
        if isExact { return midpoint.sign }
        return midpoint.magnitude > radius.dyadic ? midpoint.sign : nil
    }

    public func contains(_ number: Dyadic) -> Bool { (number - midpoint).magnitude <= radius.dyadic }

    public func contains(_ other: Ball) -> Bool {
        lowerBound <= other.lowerBound && other.upperBound <= upperBound
    }

    /// Returns whether the balls have no number in common.
    public func isDisjoint(from other: Ball) -> Bool {
        upperBound < other.lowerBound || other.upperBound < lowerBound
    }

    public static prefix func - (ball: Ball) -> Ball { Ball(-ball.midpoint, radius: ball.radius) }

    /// The ball of the absolute values.
    ///
    /// The distance of |x| from |midpoint| is at most that of x from the midpoint.
    public var absoluteValue: Ball { Ball(midpoint.magnitude, radius: radius) }

    /// Returns the ball times 2^`count`, which is exact.
    public func scaled(by count: Int) -> Ball {
        Ball(midpoint.scaled(by: count), radius: radius.scaled(by: count))
    }

    /// Returns the ball with a radius that is larger by `excess`.
    func widened(by excess: Magnitude) -> Ball { Ball(midpoint, radius: radius + excess) }
}
