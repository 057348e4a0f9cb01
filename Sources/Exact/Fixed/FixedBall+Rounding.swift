extension BinaryFormat {
    /// Returns the number nearest to each number of a ball, or nil if they differ.
    ///
    /// With p of the 256 bits kept, the roundings differ on either side of odd multiples of half the last kept bit. The
    /// ball rounds to one number if it contains none of these.
    public func rounded(_ number: FixedBall) -> RoundedBinary? {
        if number.isZero { return .finite(isNegative: false, significand: 0, exponent: 0) }
        let isNegative = number.isNegative
        let keptBitCount = significandBitCount - max(exponents.lowerBound - number.exponent, 0)
        if number.exponent > exponents.upperBound { return .infinite(isNegative: isNegative) }
        guard keptBitCount >= 0 else {
            // This is below half of the smallest number, or so little below that the ball may reach it.
            let distance = UInt256.zero.subtracting(number.significand).difference
            let isSettled = keptBitCount < -1 || UInt256(number.errorUnitCount, 0, 0, 0) < distance
            return isSettled ? .finite(isNegative: isNegative, significand: 0, exponent: 0) : nil
        }
        let shift = 256 - keptBitCount
        let half = UInt256(0, 0, 0, 1 << 63).shiftedRight(by: keptBitCount)
        let rest = number.significand.shiftedLeft(by: keptBitCount).shiftedRight(by: keptBitCount)
        let isUp = !(rest < half)
        let distance = isUp ? rest.subtracting(half).difference : half.subtracting(rest).difference
        guard UInt256(number.errorUnitCount, 0, 0, 0) < distance else { return nil }
        let kept = number.significand.shiftedRight(by: shift).words.0 &+ (isUp ? 1 : 0)
        // A carry out of 64 bits.
        let isCarry = kept == 0 && isUp && keptBitCount == 64
        let lastPlace = number.exponent - 255 + shift
        if kept == 0, !isCarry { return .finite(isNegative: isNegative, significand: 0, exponent: 0) }
        let leadingExponent = isCarry ? lastPlace + 64 : lastPlace + 63 - kept.leadingZeroBitCount
        if leadingExponent > exponents.upperBound { return .infinite(isNegative: isNegative) }
        if isCarry { return .finite(isNegative: isNegative, significand: 1, exponent: lastPlace + 64) }
        let twos = kept.trailingZeroBitCount
        return .finite(
            isNegative: isNegative, significand: kept &>> UInt64(twos), exponent: lastPlace + twos)
    }
}
