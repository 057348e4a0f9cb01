/// A binary number of any precision: ± significand · 2^exponent.
///
/// Sums, differences and products are exact. The same number has several representations; `==` compares the numbers.
public struct Dyadic: Sendable {
    /// Whether the number is less than 0; false for a zero.
    public let isNegative: Bool
    public let significand: Natural
    /// The power of two that is the value of the significand's last bit.
    ///
    /// Exponents are machine integers; those that arise from arguments below 2^60 stay far from their limits.
    public let exponent: Int

    public static let zero = Dyadic(0)
    public static let one = Dyadic(1)

    public init(isNegative: Bool = false, _ significand: Natural, exponent: Int = 0) {
        self.isNegative = isNegative && !significand.isZero
        self.significand = significand
        self.exponent = significand.isZero ? 0 : exponent
    }

    public init(_ value: Int) { self.init(isNegative: value < 0, Natural(UInt64(value.magnitude))) }

    /// Creates the exact value of a finite float64.
    public init(_ value: Double) {
        precondition(value.isFinite, "The number is not finite.")
        let isSubnormal = value.exponentBitPattern == 0
        let significand = value.significandBitPattern | (isSubnormal ? 0 : 1 << 52)
        self.init(
            isNegative: value.sign == .minus, Natural(significand),
            exponent: Int(max(value.exponentBitPattern, 1)) - 1075)
    }

    public var isZero: Bool { significand.isZero }

    /// ⌊log2 |x|⌋, for a number that is not 0.
    public var leadingExponent: Int { exponent + significand.bitWidth - 1 }

    public var magnitude: Dyadic { Dyadic(significand, exponent: exponent) }

    /// Returns the number times 2^`count`.
    public func scaled(by count: Int) -> Dyadic {
        Dyadic(isNegative: isNegative, significand, exponent: exponent + count)
    }

    /// Returns the number with at most `bitCount` significant bits, rounded towards 0.
    public func truncated(to bitCount: Int) -> Dyadic {
        let excess = significand.bitWidth - bitCount
        if excess <= 0 { return self }
        return Dyadic(isNegative: isNegative, significand >> excess, exponent: exponent + excess)
    }

    /// Returns ⌊|x| · 2^`bitCount`⌋.
    func fixedPoint(_ bitCount: Int) -> Natural {
        let shift = exponent + bitCount
        return shift >= 0 ? significand << shift : significand >> -shift
    }
}

extension Dyadic {
    public static prefix func - (number: Dyadic) -> Dyadic {
        Dyadic(isNegative: !number.isNegative, number.significand, exponent: number.exponent)
    }

    public static func + (left: Dyadic, right: Dyadic) -> Dyadic {
        if left.isZero { return right }
        if right.isZero { return left }
        let exponent = min(left.exponent, right.exponent)
        let leftSignificand = left.significand << (left.exponent - exponent)
        let rightSignificand = right.significand << (right.exponent - exponent)
        if left.isNegative == right.isNegative {
            return Dyadic(isNegative: left.isNegative, leftSignificand + rightSignificand, exponent: exponent)
        }
        if leftSignificand >= rightSignificand {
            return Dyadic(isNegative: left.isNegative, leftSignificand - rightSignificand, exponent: exponent)
        }
        return Dyadic(isNegative: right.isNegative, rightSignificand - leftSignificand, exponent: exponent)
    }

    public static func - (left: Dyadic, right: Dyadic) -> Dyadic { left + -right }

    public static func * (left: Dyadic, right: Dyadic) -> Dyadic {
        Dyadic(
            isNegative: left.isNegative != right.isNegative, left.significand * right.significand,
            exponent: left.exponent + right.exponent)
    }
}

extension Dyadic: Comparable {
    public static func == (left: Dyadic, right: Dyadic) -> Bool { left.compared(to: right) == 0 }

    public static func < (left: Dyadic, right: Dyadic) -> Bool { left.compared(to: right) < 0 }

    /// Returns the sign of the difference; numbers of different size are compared without aligning them.
    private func compared(to other: Dyadic) -> Int {
        if sign != other.sign || isZero { return sign < other.sign ? -1 : sign == other.sign ? 0 : 1 }
        if leadingExponent != other.leadingExponent { return (leadingExponent < other.leadingExponent ? -1 : 1) * sign }
        let shift = exponent - other.exponent
        let (left, right) =
            shift >= 0
            ? (significand << shift, other.significand) : (significand, other.significand << -shift)
        return left == right ? 0 : (left < right ? -1 : 1) * sign
    }

    /// The sign: -1, 0 or 1.
    public var sign: Int { isZero ? 0 : isNegative ? -1 : 1 }
}
