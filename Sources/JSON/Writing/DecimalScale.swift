/// What brings the numbers of a binade to decimals.
///
/// With u for the distance of neighbours in the binade, divided by the power of ten that leaves at least 0.1 and less
/// than 1 of it, a number of significand c is c · u. Its integer is then that of the multiple of ten below, when the
/// last digit that the number could need is the unit; the fraction decides which digit that is, and whether it is
/// needed.
struct DecimalScale {
    /// By the binade's exponent as float64 has it, biased.
    ///
    /// Those of the first and the last, whose numbers are not normal, are zero.
    static let all = [none] + (1..<2047).map { DecimalScale(binaryExponent: $0 - 1075) } + [none]

    private static let none = DecimalScale(high: 0, low: 0, halfUnit: 0, pointPosition: 0)

    /// u · 2^117 in two words, less than one unit of the last off.
    let high: UInt64
    let low: UInt64
    /// u / 2, 64 bits behind the point, at most one unit of the last too small.
    let halfUnit: UInt64
    /// Where the point is: c · u with an integer of 16 digits is 0.digits times ten to this power.
    let pointPosition: Int

    private init(high: UInt64, low: UInt64, halfUnit: UInt64, pointPosition: Int) {
        self.high = high
        self.low = low
        self.halfUnit = halfUnit
        self.pointPosition = pointPosition
    }

    private init(binaryExponent: Int) {
        let exponent = (binaryExponent * 1_262_611) >> 22 + 1  // 1 + floor(log10(2^binaryExponent))
        let power = PowersOfTen.significand(-exponent)
        let shift = UInt64(10 - binaryExponent - PowersOfTen.floorLog2(-exponent))  // 11 to 14
        high = power.high >> shift
        low = power.low >> shift | power.high << (64 - shift)
        halfUnit = high << 10 | low >> 54
        pointPosition = 16 + exponent
    }
}
