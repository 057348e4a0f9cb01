/// A number of 256 significant bits and a bound of its error, which needs no heap memory.
///
/// It is the second tier of exact evaluation: it decides nearly every rounding that a kernel does not, in a fraction of
/// the time that ``BallArithmetic`` takes. The number is ± significand · 2^(``exponent`` − 255), at most
/// ``errorUnitCount`` units of the significand's last bit off.
public struct FixedBall: Sendable {
    /// The significand, whose highest bit is set unless the number is 0.
    let significand: UInt256
    let isNegative: Bool
    /// ⌊log2 |x|⌋, for a number that is not 0.
    let exponent: Int
    /// The error bound in units of 2^(``exponent`` − 255).
    let errorUnitCount: UInt64

    /// A number with a larger error bound counts as unknown: a rounding needs at most 150 bits.
    private static let errorUnitCountMax: UInt64 = 1 << 60

    public static let zero = FixedBall(significand: .zero, isNegative: false, exponent: 0, errorUnitCount: 0)
    public static let one = FixedBall(1.0)

    private init(significand: UInt256, isNegative: Bool, exponent: Int, errorUnitCount: UInt64) {
        self.significand = significand
        self.isNegative = isNegative
        self.exponent = exponent
        self.errorUnitCount = errorUnitCount
    }

    /// Creates the number `significand` · 2^`lastBitExponent`, normalised so that its highest bit is set; nil if its
    /// error is not below its size.
    init?(normalizing significand: UInt256, isNegative: Bool, lastBitExponent: Int, errorUnitCount: UInt64) {
        let shift = significand.leadingZeroBitCount
        guard shift < 190, errorUnitCount < Self.errorUnitCountMax >> UInt64(min(shift, 60)) || errorUnitCount == 0
        else { return nil }
        self.init(
            significand: significand.shiftedLeft(by: shift), isNegative: isNegative,
            exponent: lastBitExponent + 255 - shift,
            errorUnitCount: errorUnitCount == 0 ? 0 : errorUnitCount << UInt64(shift))
    }

    /// Creates the exact value of a finite float64.
    public init(_ value: Double) {
        precondition(value.isFinite, "The number is not finite.")
        guard value != 0 else {
            self = .zero
            return
        }
        let bits = value.significandBitPattern | (value.isNormal ? 1 << 52 : 0)
        let shift = bits.leadingZeroBitCount
        let lastBitExponent = Int(max(value.exponentBitPattern, 1)) - 1075
        self.init(
            significand: UInt256(0, 0, 0, bits << UInt64(shift)), isNegative: value < 0,
            exponent: lastBitExponent + 63 - shift, errorUnitCount: 0)
    }

    public var isZero: Bool { significand.isZero }

    /// The sign: -1, 0 or 1; the error is always smaller than the number.
    public var sign: Int { isZero ? 0 : isNegative ? -1 : 1 }

    public static prefix func - (number: FixedBall) -> FixedBall {
        FixedBall(
            significand: number.significand, isNegative: !number.isNegative && !number.isZero,
            exponent: number.exponent, errorUnitCount: number.errorUnitCount)
    }

    /// Returns the number times 2^`count`.
    public func scaled(by count: Int) -> FixedBall {
        isZero
            ? self
            : FixedBall(
                significand: significand, isNegative: isNegative, exponent: exponent + count,
                errorUnitCount: errorUnitCount)
    }

    /// The same number as a ball of any precision.
    public var ball: Ball {
        Ball(
            Dyadic(isNegative: isNegative, significand.natural, exponent: exponent - 255),
            radius: Magnitude(Int(errorUnitCount)).scaled(by: exponent - 255))
    }
}

// MARK: Arithmetic

/// Each operation returns nil if its operands are known so poorly that the result could have any sign, or a divisor
/// could be 0.
extension FixedBall {
    /// Returns x + y, with at most 2 units more than the operands' errors.
    public static func sum(_ left: FixedBall, _ right: FixedBall) -> FixedBall? {
        if left.isZero { return right }
        if right.isZero { return left }
        let (large, small) = left.exponent >= right.exponent ? (left, right) : (right, left)
        let distance = large.exponent - small.exponent
        // One bit is kept free for the carry.
        let augend = large.significand.shiftedRight(by: 1)
        let addend = small.significand.shiftedRight(by: min(distance, 300) + 1)
        let errorShift = UInt64(min(distance + 1, 63))
        let error = large.errorUnitCount / 2 + 1 + (small.errorUnitCount &>> errorShift) + 1 + 1
        let isExact = left.errorUnitCount == 0 && right.errorUnitCount == 0 && isExactSum(large, small, distance)
        let difference = augend.subtracting(addend)
        let (magnitude, isFlipped) =
            large.isNegative == small.isNegative
            ? (augend.adding(addend).sum, false)
            : difference.borrow ? (addend.subtracting(augend).difference, true) : (difference.difference, false)
        if magnitude.isZero { return isExact ? .zero : nil }
        return FixedBall(
            normalizing: magnitude, isNegative: large.isNegative != isFlipped, lastBitExponent: large.exponent - 254,
            errorUnitCount: isExact ? 0 : error)
    }

    /// Returns whether no bit is lost when two exact numbers are aligned.
    private static func isExactSum(_ large: FixedBall, _ small: FixedBall, _ distance: Int) -> Bool {
        guard distance < 192, large.significand.words.0 & 1 == 0 else { return false }
        return small.significand.shiftedRight(by: distance + 1).shiftedLeft(by: distance + 1) == small.significand
    }

    public static func difference(_ left: FixedBall, _ right: FixedBall) -> FixedBall? { sum(left, -right) }

    /// Returns x · y.
    ///
    /// With operands a ± d and b ± e in units of their last bits and a product of at least 2^255 units, the error is at
    /// most 2 (d + e) units, a unit for d · e, and two for truncation.
    public static func product(_ left: FixedBall, _ right: FixedBall) -> FixedBall? {
        if left.isZero || right.isZero { return .zero }
        let (high, low) = left.significand.multiplied(by: right.significand)
        let isExact = left.errorUnitCount == 0 && right.errorUnitCount == 0 && low.isZero
        return FixedBall(
            normalizing: high, isNegative: left.isNegative != right.isNegative,
            lastBitExponent: left.exponent + right.exponent - 254,
            errorUnitCount: isExact ? 0 : left.errorUnitCount + right.errorUnitCount + 2)
    }

    /// Returns x / y.
    ///
    /// The quotient of the significands is truncated to 256 bits, which is one unit. An error of the dividend counts at
    /// most twice as much in units of the quotient, and so does one of the divisor.
    public static func quotient(_ left: FixedBall, _ right: FixedBall) -> FixedBall? {
        if right.isZero { return nil }
        if left.isZero { return .zero }
        let isSmaller = left.significand < right.significand
        // The dividend is halved if it would not be below the divisor.
        let dividend = isSmaller ? left.significand : left.significand.shiftedRight(by: 1)
        let quotient = dividend.quotientOfShifted(by: right.significand)
        let error = 2 * (left.errorUnitCount + right.errorUnitCount) + 4
        return FixedBall(
            normalizing: quotient, isNegative: left.isNegative != right.isNegative,
            lastBitExponent: left.exponent - right.exponent - (isSmaller ? 256 : 255), errorUnitCount: error)
    }
}
