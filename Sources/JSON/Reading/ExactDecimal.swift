/// Represents a non-negative decimal number of any length exactly enough to compare it with any float64.
///
/// Its value is `digits` · 10^`exponent`, and a little more if `isTruncated`. A float64, or the middle between two, has
/// at most 767 significant digits; so 800 digits, and whether anything but zeros follows them, are enough for the
/// comparison.
struct ExactDecimal {
    static let digitCountMax = 800

    /// The digits, most significant first, each 0 to 9, without leading zeros; empty for 0.
    var digits: [UInt8]
    var exponent: Int
    /// Whether a digit other than 0 was omitted after the last one.
    var isTruncated: Bool

    init(digits: [UInt8] = [], exponent: Int = 0, isTruncated: Bool = false) {
        self.digits = digits
        self.exponent = exponent
        self.isTruncated = isTruncated
    }

    /// Creates `significand` · 10^`exponent`.
    init(_ significand: UInt64, exponent: Int) {
        var digits: [UInt8] = []
        var rest = significand
        while rest != 0 {
            digits.append(UInt8(rest % 10))
            rest /= 10
        }
        self.init(digits: digits.reversed(), exponent: exponent)
    }

    /// Whether the number is an integer; it may be false for values beyond float64's range.
    var isInteger: Bool {
        let trailingZeroCount = digits.reversed().prefix { $0 == 0 }.count
        return digits.isEmpty || (!isTruncated && exponent + trailingZeroCount >= 0)
    }

    /// Returns the nearest float64, ties to even, and the sign of (this number − float64); infinite past the largest
    /// float64.
    ///
    /// 1. The first 19 digits, w, nearly always decide. If only zeros follow them, the number is w units of the 19th
    ///    digit.
    /// 2. Otherwise it is between w and w + 1 such units. If both round to the same float64, so does everything in
    ///    between. That also shows whether the number is above or below that float64, unless the float64 itself is
    ///    between w and w + 1.
    /// 3. Every other case is compared exactly.
    func roundedToNearest() -> (value: Double, residual: Int) {
        let leadingExponent = digits.count + exponent  // the number is less than 10 to this power
        if digits.isEmpty { return (0, 0) }
        if leadingExponent <= -324 { return (0, 1) }
        if leadingExponent > 309 { return (.infinity, -1) }
        let head = digits.prefix(19).reduce(0) { $0 &* 10 &+ UInt64($1) }
        let headExponent = leadingExponent - min(19, digits.count)
        if !isTruncated && digits.dropFirst(19).allSatisfy({ $0 == 0 }) {
            if let rounded = EiselLemire.roundToNearest(head, headExponent) { return rounded }
        } else if let (value, residual) = EiselLemire.roundTruncated(head, headExponent) {
            return (value, residual ?? compared(to: value))
        }
        let value = roundedByComparison(head, headExponent)
        return (value, compared(to: value))
    }

    /// Returns the nearest float64, found by a comparison with the middle between two candidates.
    private func roundedByComparison(_ head: UInt64, _ headExponent: Int) -> Double {
        if headExponent < PowersOfTen.exponents.lowerBound { return 0 }
        var (significand, exponent) = EiselLemire.truncate(head, headExponent)
        var side = compared(to: 2 * significand + 1, exponent - 1)
        if side < 0 && compared(to: significand, exponent) < 0 {
            significand -= 1
            side = compared(to: 2 * significand + 1, exponent - 1)
        }
        if side > 0 || (side == 0 && significand & 1 == 1) { significand += 1 }
        // Both factors are exact, and their product is a float64 or exceeds the largest one.
        return Double(sign: .plus, exponent: exponent, significand: Double(significand))
    }

    /// Returns the sign of (this number − `value`) for a `value` that is not negative.
    func compared(to value: Double) -> Int {
        if value == 0 { return digits.isEmpty ? 0 : 1 }
        if digits.isEmpty || value == .infinity { return -1 }
        let isSubnormal = value.exponentBitPattern == 0
        let significand = value.significandBitPattern | (isSubnormal ? 0 : 1 << 52)
        return compared(to: significand, Int(max(value.exponentBitPattern, 1)) - 1075)
    }

    /// Returns the sign of (this number − `significand` · 2^`binaryExponent`), if both are within float64's range.
    ///
    /// 1. Let b be the binary exponent. If b is negative, a multiple of 2^b has -b digits after the point, since 2^b =
    ///    5^-b / 10^-b. So the digits after those matter only as to whether all of them are zero. Around 1, that leaves
    ///    some fifty digits of a number of thousands.
    /// 2. With d for the digits that are left and e for the exponent of the last of them, the comparison is between d ·
    ///    10^e and m · 2^b.
    /// 3. Moving the negative powers of five and of two to the other side makes both sides integers.
    private func compared(to significand: UInt64, _ binaryExponent: Int) -> Int {
        let leadingExponent = digits.count + exponent
        if leadingExponent < -400 || significand == 0 { return significand == 0 ? 1 : -1 }
        let keptCount = min(digits.count, max(leadingExponent + max(0, -binaryExponent), 0))
        let exponent = leadingExponent - keptCount
        var left = BigUInt(digits: digits.prefix(keptCount))
        var right = BigUInt(significand)
        if exponent >= 0 {
            left.multiply(byPowerOfFive: exponent)
        } else {
            right = BigUInt(powerOfFive: -exponent)
            right.multiply(by: significand)
        }
        let shift = exponent - binaryExponent
        if shift >= 0 { left.shiftLeft(by: shift) } else { right.shiftLeft(by: -shift) }
        let sign = left.compared(to: right)
        guard sign == 0 else { return sign }
        return isTruncated || digits.dropFirst(keptCount).contains { $0 != 0 } ? 1 : 0
    }
}
