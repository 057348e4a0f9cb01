/// A decimal number rounded to float64, with what is needed to round the same decimal to float32 or to tell whether it
/// is an integer.
public struct DecimalNumber: Equatable, Sendable {
    /// The nearest float64, ties to even; finite where read from JSON's number grammar.
    public let value: Double
    /// The sign of (decimal − `value`): decides the rounding to float32 where `value` lies halfway between two of them.
    public let residual: Int
    /// Whether the decimal itself is an integer: `1.0`, `1e30` and `-0` are, `1.00000000000000000001` is not.
    public let isInteger: Bool

    init(value: Double, residual: Int, isInteger: Bool) {
        self.value = value
        self.residual = residual
        self.isInteger = isInteger
    }

    /// A number that is exactly `value`.
    public init(_ value: Double) {
        self.init(value: value, residual: 0, isInteger: value.isFinite && value.rounded(.towardZero) == value)
    }

    /// The decimal rounded once, straight to float32; infinite where that rounds to more than the largest one.
    public var float32: Float { Float32Rounding.round(value, residual: residual) }

    /// The decimal as an `Int`: nil for `1.5`, and for an integer that is too large to be held exactly, as `1e30`.
    public var exactInteger: Int? { isInteger && residual == 0 ? Int(exactly: value) : nil }
}

/// Rounding to float32 of a decimal that has been rounded to float64 already.
///
/// Two roundings differ from one exactly where the first ends halfway between two float32 numbers without the decimal
/// being there. So the sign of the first rounding's error is all that must be kept, and only for such values.
enum Float32Rounding {
    /// Whether a finite `value` lies halfway between two neighbouring float32 numbers, 2^128 taken as the one after the
    /// largest.
    static func isTie(_ value: Double) -> Bool {
        let bits = value.bitPattern
        let biasedExponent = Int(bits >> 52) & 0x7FF
        // 2^-126, the least normal float32, has the biased float64 exponent 897: 29 bits more than float32 keeps.
        if biasedExponent >= 897 { return bits & 0x1FFF_FFFF == 0x1000_0000 && biasedExponent <= 1150 }
        // Below it ties are the odd multiples of 2^-150, whose biased exponent is 873.
        guard biasedExponent >= 873 else { return false }
        let significand = bits & 0xF_FFFF_FFFF_FFFF | 1 << 52
        return significand.trailingZeroBitCount == 52 - (biasedExponent - 873)
    }

    /// The tie between the largest float32 and 2^128: what is not below it may round to infinity.
    static let overflowThreshold = 0x1.ffffffp127

    /// - Parameter residual: The sign of (decimal − `value`).
    static func round(_ value: Double, residual: Int) -> Float {
        let rounded = Float(value)
        guard residual != 0, value.isFinite, isTie(value) else { return rounded }
        if residual > 0 { return Double(rounded) > value ? rounded : rounded.nextUp }
        return Double(rounded) < value ? rounded : rounded.nextDown
    }
}
