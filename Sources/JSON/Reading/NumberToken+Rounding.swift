extension NumberToken {
    /// Returns the nearest float64, or nil if it is infinite, undecided, or not enough to round the decimal to float32.
    @inline(__always)
    func roundedIfUsual(_ tables: ReadingTables, isOverflowKnown: Bool) -> Double? {
        var bits: UInt64 = 0
        var isPlain = false
        if significand &>> 32 == 0 && -15...0 ~= exponent {
            // Both operands are exact, so that the division rounds once: W. Clinger, "How to read floating point
            // numbers accurately" (1990). It would be correct for larger significands too, but is faster for short
            // numbers only.
            let power = unsafe Double(Int64(truncatingIfNeeded: tables.smallPowers[0 &- exponent]))
            bits = (Double(Int64(truncatingIfNeeded: significand)) / power).bitPattern
            isPlain = bits & 0x1FFF_FFFF != 0x1000_0000
        } else if significand != 0 && PowersOfTen.exponents.contains(exponent) {
            let power = unsafe tables.powers[2 &* (exponent &- PowersOfTen.exponents.lowerBound)]
            // A magnitude of 2^127 or more may overflow float32, which must be reported the first time.
            bits = EiselLemire.roundIfPlain(significand, exponent, power, rangeLength: isOverflowKnown ? 2045 : 1149)
            isPlain = bits != 0
        }
        if !isPlain {
            guard let magnitude = magnitudeIfUsual(isOverflowKnown: isOverflowKnown) else { return nil }
            bits = magnitude.bitPattern
        }
        return Double(bitPattern: bits | (isNegative ? 1 &<< 63 : 0))
    }

    /// Returns the nearest float64 to the magnitude, or nil if it is infinite, undecided, or not enough to round to
    /// float32.
    @inline(never)
    private func magnitudeIfUsual(isOverflowKnown: Bool) -> Double? {
        if isKnownOrUndecided { return knownMagnitude }
        if significand == 0 { return 0 }
        guard let (value, residual) = EiselLemire.roundToNearest(significand, exponent), value.isFinite,
            residual == 0 || !Float32Rounding.isTie(value),
            isOverflowKnown || value < Float32Rounding.overflowThreshold
        else { return nil }
        return value
    }

    /// The number, or nil if it exceeds the largest float64.
    var number: DecimalNumber? {
        var magnitude = (value: 0.0, residual: 0)
        if significand != 0 {
            magnitude =
                EiselLemire.roundToNearest(significand, exponent)
                ?? ExactDecimal(significand, exponent: exponent).roundedToNearest()
        }
        guard magnitude.value.isFinite else { return nil }
        return DecimalNumber(
            value: isNegative ? -magnitude.value : magnitude.value,
            residual: isNegative ? -magnitude.residual : magnitude.residual,
            isInteger: isInteger)
    }

    private var isInteger: Bool {
        if exponent >= 0 || significand == 0 { return true }
        return exponent >= -19 && significand % Digits.powersOfTen[-exponent] == 0
    }
}
