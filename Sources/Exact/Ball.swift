/// A real number that is known to a bound: every number whose distance from `midpoint` is at most `radius`.
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

    /// Whether it is a single number.
    public var isExact: Bool { radius.isZero }

    /// Whether it is the number 0 and no other.
    public var isZero: Bool { isExact && midpoint.isZero }

    public var lowerBound: Dyadic { midpoint - radius.dyadic }
    public var upperBound: Dyadic { midpoint + radius.dyadic }

    /// A bound of the absolute values in it.
    public var magnitude: Magnitude { Magnitude(midpoint) + radius }

    /// The sign that all its numbers have (-1, 0 or 1), or nil if they differ.
    public var sign: Int? {
        if isExact { return midpoint.sign }
        return midpoint.magnitude > radius.dyadic ? midpoint.sign : nil
    }

    public func contains(_ number: Dyadic) -> Bool { (number - midpoint).magnitude <= radius.dyadic }

    public func contains(_ other: Ball) -> Bool {
        lowerBound <= other.lowerBound && other.upperBound <= upperBound
    }

    /// Whether no number is in both.
    public func isDisjoint(from other: Ball) -> Bool {
        upperBound < other.lowerBound || other.upperBound < lowerBound
    }

    public static prefix func - (ball: Ball) -> Ball { Ball(-ball.midpoint, radius: ball.radius) }

    /// The ball of the absolute values.
    ///
    /// The distance of |x| from |midpoint| is at most that of x from the midpoint.
    public var absoluteValue: Ball { Ball(midpoint.magnitude, radius: radius) }

    /// The ball times 2^`count`, which is exact.
    public func scaled(by count: Int) -> Ball {
        Ball(midpoint.scaled(by: count), radius: radius.scaled(by: count))
    }

    /// The ball with a radius that is larger by `excess`.
    func widened(by excess: Magnitude) -> Ball { Ball(midpoint, radius: radius + excess) }
}
