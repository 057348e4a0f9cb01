/// An upper bound of a number that is not negative, in one machine word: significand · 2^exponent.
///
/// A bound needs few bits. Each operation rounds up, so that bounds of bounds are bounds; the relative excess of an
/// operation is at most 2^-29.
public struct Magnitude: Sendable {
    /// The significand: 0, or from 2^31 to 2^32.
    private let significand: UInt64
    private let exponent: Int

    public static let zero = Magnitude(rounding: 0, exponent: 0)

    /// Creates `significand` · 2^`exponent`, rounded up to 32 bits.
    private init(rounding significand: UInt64, exponent: Int) {
        guard significand != 0 else {
            self.significand = 0
            self.exponent = 0
            return
        }
        let excess = 32 - significand.leadingZeroBitCount
        if excess <= 0 {
            self.significand = significand << UInt64(-excess)
        } else {
            let kept = significand >> UInt64(excess)
            self.significand = kept + (kept << UInt64(excess) == significand ? 0 : 1)
        }
        self.exponent = exponent + excess
    }

    /// Returns 2^`exponent`.
    public static func powerOfTwo(_ exponent: Int) -> Magnitude { Magnitude(rounding: 1, exponent: exponent) }

    /// Creates a bound of an integer, as a factor of other bounds.
    public init(_ value: Int) {
        precondition(value >= 0, "The magnitude is negative.")
        self.init(rounding: UInt64(value), exponent: 0)
    }

    /// Creates a bound of |x|.
    public init(_ number: Dyadic) {
        let excess = number.significand.bitWidth - 32
        if excess <= 0 {
            self.init(rounding: number.significand.word ?? 0, exponent: number.exponent)
        } else {
            let kept = (number.significand >> excess).word ?? 0
            self.init(rounding: kept + 1, exponent: number.exponent + excess)
        }
    }

    public var isZero: Bool { significand == 0 }

    /// The bound as a number.
    public var dyadic: Dyadic { Dyadic(Natural(significand), exponent: exponent) }

    /// An exponent e such that the bound is at most 2^e; nil for 0.
    public var exponentMax: Int? { isZero ? nil : exponent + 32 }

    public static func + (left: Magnitude, right: Magnitude) -> Magnitude {
        if left.isZero { return right }
        if right.isZero { return left }
        let (large, small) = left.exponent >= right.exponent ? (left, right) : (right, left)
        let distance = large.exponent - small.exponent
        // The smaller one's bits below the larger one's last are rounded up to one of it.
        let aligned = distance < 32 ? small.significand >> UInt64(distance) + 1 : 1
        return Magnitude(rounding: large.significand + aligned, exponent: large.exponent)
    }

    public static func * (left: Magnitude, right: Magnitude) -> Magnitude {
        if left.isZero || right.isZero { return .zero }
        let (high, low) = left.significand.multipliedFullWidth(by: right.significand)
        // The product is at most 2^64, which only the square of 2^32 reaches.
        if high != 0 { return Magnitude(rounding: 1, exponent: left.exponent + right.exponent + 64) }
        return Magnitude(rounding: low, exponent: left.exponent + right.exponent)
    }

    public static func * (left: Magnitude, right: Int) -> Magnitude { left * Magnitude(right) }

    /// Returns a bound of the quotient by a number that is not 0.
    public static func / (left: Magnitude, right: Dyadic) -> Magnitude {
        precondition(!right.isZero, "Division by zero.")
        if left.isZero { return .zero }
        // The divisor is rounded down to 32 bits.
        let excess = right.significand.bitWidth - 32
        let divisor = (excess > 0 ? right.significand >> excess : right.significand << -excess).word ?? 1
        let quotient = left.significand << 31 / divisor + 1
        return Magnitude(rounding: quotient, exponent: left.exponent - 31 - (right.exponent + excess))
    }

    public func scaled(by count: Int) -> Magnitude {
        Magnitude(rounding: significand, exponent: exponent + count)
    }
}

extension Magnitude: Comparable {
    public static func == (left: Magnitude, right: Magnitude) -> Bool { left.dyadic == right.dyadic }

    public static func < (left: Magnitude, right: Magnitude) -> Bool { left.dyadic < right.dyadic }
}
