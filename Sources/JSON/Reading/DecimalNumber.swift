/// Represents a decimal number rounded to float64.
///
/// It has what is needed to round the same decimal to float32, and to determine whether the decimal is an integer.
public struct DecimalNumber: Equatable, Sendable {
    /// The nearest float64, ties to even; finite if the number was read with JSON's number grammar.
    public let value: Double
    /// The sign of (decimal − `value`), which decides the rounding to float32 if `value` is halfway between two float32
    /// numbers.
    public let residual: Int
    /// Whether the decimal itself is an integer: `1.0`, `1e30` and `-0` are, `1.00000000000000000001` is not.
    public let isInteger: Bool

    init(value: Double, residual: Int, isInteger: Bool) {
        self.value = value
        self.residual = residual
        self.isInteger = isInteger
    }

    /// Creates a number that is exactly `value`.
    public init(_ value: Double) {
        self.init(value: value, residual: 0, isInteger: value.isFinite && value.rounded(.towardZero) == value)
    }

    /// The decimal rounded once, directly to float32; infinite if it overflows float32.
    public var float32: Float { Float32Rounding.round(value, residual: residual) }

    /// The decimal as an `Int`; nil for a fraction such as `1.5`, and for an integer too large to be held exactly, such
    /// as `1e30`.
    public var exactInteger: Int? { isInteger && residual == 0 ? Int(exactly: value) : nil }
}

/// Rounds a decimal to float32 that has been rounded to float64 already.
///
/// Two roundings differ from one exactly if the first one ends halfway between two float32 numbers and the decimal is
/// not there. So only the sign of the first rounding's error must be kept, and only for such values.
enum Float32Rounding {
    /// Returns whether a finite `value` is halfway between two neighbouring float32 numbers.
    ///
    /// 2^128 counts as the number after the largest one.
    static func isTie(_ value: Double) -> Bool {
        let bits = value.bitPattern
        let biasedExponent = Int(bits >> 52) & 0x7FF
        // 2^-126, the least normal float32, has the biased float64 exponent 897: a float64 has 29 bits more than
        // float32.
        if biasedExponent >= 897 { return bits & 0x1FFF_FFFF == 0x1000_0000 && biasedExponent <= 1150 }
        // Below it, ties are the odd multiples of 2^-150, whose biased exponent is 873.
        guard biasedExponent >= 873 else { return false }
        let significand = bits & 0xF_FFFF_FFFF_FFFF | 1 << 52
        return significand.trailingZeroBitCount == 52 - (biasedExponent - 873)
    }

    /// The tie between the largest float32 and 2^128: a number below it does not round to infinity.
    static let overflowThreshold = 0x1.ffffffp127

    /// Returns the float32 nearest to the decimal.
    ///
    /// - Parameter residual: The sign of (decimal − `value`).
    static func round(_ value: Double, residual: Int) -> Float {
        let rounded = Float(value)
        guard residual != 0, value.isFinite, isTie(value) else { return rounded }
        if residual > 0 { return Double(rounded) > value ? rounded : rounded.nextUp }
        return Double(rounded) < value ? rounded : rounded.nextDown
    }
}
