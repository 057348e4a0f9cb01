extension DoubleDouble {
    /// Returns this number, held at the scale 2^500, scaled back and rounded once, even to a subnormal result.
    @inline(__always)
    var unscaledRounded: Double {
        // For a subnormal result, the anchor puts the last place of `anchor + high` at the format's last place, so that
        // one addition rounds as the format does; otherwise it is 0 and changes nothing.
        let anchor = abs(high) < 0x1p-522 ? Double(signOf: high, magnitudeOf: 0x1p-522) : 0
        let sum = anchor + high
        let error = high - (sum - anchor)
        return ((sum + (error + low)) - anchor) * Exponential.unscale
    }

    /// Returns this number rounded once to float32.
    ///
    /// Rounding to double first and to float then would be wrong if the first rounding hits the midpoint of two floats.
    /// Rounding to odd instead preserves the information that bits were cut off.
    @inline(__always)
    var roundedToFloat: Float {
        let sum = DoubleDouble.exactSum(larger: high, smaller: low)
        let bits = sum.high.bitPattern
        // Towards the other side of the number: away from zero if the remainder has the sign of the sum.
        let neighbour = (sum.low > 0) == (sum.high > 0) ? bits &+ 1 : bits &- 1
        let isOddOrExact = sum.low == 0 || bits & 1 == 1
        return Float(Double(bitPattern: isOddOrExact ? bits : neighbour))
    }
}
