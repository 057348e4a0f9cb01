/// A number c · 2^q, scaled by the power of ten that brings its unit u = 2^q into [1, 10).
///
/// The quick way to ``ShortestDecimal``, in two halves: many numbers can be in the middle of one of them at a time.
struct ScaledNumber {
    /// The scaled number: an integer and 64 bits of fraction, at most one unit of the last off.
    private let integer: UInt64
    private let fraction: UInt64
    /// Half of the scaled unit: 4 bits before the point and 60 behind it, at most two units of the last too small.
    private let halfUnit: UInt64
    /// The power of ten of the scaled number.
    private let exponent: Int

    /// - Parameter significand: It must have neighbours that are equally far away.
    @inline(__always)
    init(_ significand: UInt64, _ binaryExponent: Int) {
        exponent = (binaryExponent &* 1_262_611) >> 22  // floor(log10(2^q))
        let shift = UInt64(truncatingIfNeeded: binaryExponent &+ PowersOfTen.floorLog2(0 &- exponent) &+ 1)  // 1 to 4
        let power = PowersOfTen.significand(0 &- exponent)
        let upper = power.high.multipliedFullWidth(by: significand &<< shift)
        let lower = power.low.multipliedFullWidth(by: significand &<< shift)
        let (low, carry) = upper.low.addingReportingOverflow(lower.high)
        fraction = low
        integer = upper.high &+ (carry ? 1 : 0)
        halfUnit = power.high &>> (5 &- shift)
    }

    /// What has no ``shortest`` decimal, for numbers that this is not the way for.
    static let none = ScaledNumber(integer: 0, fraction: 0, halfUnit: 0, exponent: 0)

    private init(integer: UInt64, fraction: UInt64, halfUnit: UInt64, exponent: Int) {
        self.integer = integer
        self.fraction = fraction
        self.halfUnit = halfUnit
        self.exponent = exponent
    }

    /// The decimal; nil where comparisons are closer than their errors.
    @inline(__always)
    var shortest: ShortestDecimal? {
        let tenth = integer / 10
        // The distance from the multiple of ten below, in units like `halfUnit`'s. Shifted like this, since `integer`
        // less ten times `tenth`, moved up as one, would become an instruction that is slow on many processors.
        let distance = integer &<< 60 &- (tenth &* 5) &<< 61 | fraction &>> 4
        let reach = distance &+ halfUnit
        let ten: UInt64 = 10 &<< 60
        let isClose =
            distance &- halfUnit &+ 3 <= 6 || ten &- reach &+ 3 <= 6 || fraction &- (1 &<< 63) &+ 3 <= 6
        if isClose { return nil }
        // Which of the three it is nothing foretells, so that masks do better than branches.
        let isTenAbove: UInt64 = reach > ten ? 1 : 0
        let isTenBelow: UInt64 = distance < halfUnit ? 1 : 0
        let shorter = (tenth &+ isTenAbove) &* 10
        let nearest = integer &+ fraction &>> 63
        let isShorter = 0 &- (isTenAbove | isTenBelow)
        return ShortestDecimal(digits: nearest ^ (nearest ^ shorter) & isShorter, exponent: exponent)
    }
}
