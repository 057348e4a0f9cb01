/// Scales the numbers of a binade to decimals.
///
/// 1. Let the numbers of the binade be c · 2^q with integers c. Let k = 1 + floor(log10(2^q)) and u = 2^q / 10^k, so
///    that 0.1 ≤ u < 1. The number is then c · u · 10^k.
/// 2. Unless the number is a power of two, the decimals that read back to it are those within half a unit, u / 2, of c
///    · u. That interval has the length u: it contains at most one integer, and at least one multiple of 0.1.
/// 3. So the shortest decimal is that integer if there is one, and otherwise the multiple of 0.1 nearest to c · u. The
///    fraction of c · u decides both.
struct DecimalScale {
    /// The scales by the biased exponent of the binade in float64.
    ///
    /// The first and the last, whose numbers are not normal, are zero.
    static let all = [none] + (1..<2047).map { DecimalScale(binaryExponent: $0 - 1075) } + [none]

    private static let none = DecimalScale(high: 0, low: 0, halfUnit: 0, pointPosition: 0)

    /// The upper word of u · 2^117, which both words represent with an error of less than one unit.
    let high: UInt64
    let low: UInt64
    /// u / 2 with 64 bits after the point, at most one unit of the last bit too small.
    let halfUnit: UInt64
    /// The position of the point: if the integer of c · u has 16 digits, the number is 0.digits times ten to this
    /// power.
    let pointPosition: Int

    private init(high: UInt64, low: UInt64, halfUnit: UInt64, pointPosition: Int) {
        self.high = high
        self.low = low
        self.halfUnit = halfUnit
        self.pointPosition = pointPosition
    }

    private init(binaryExponent: Int) {
        // 1. 10^-k = (g - ε) · 2^(f - 127) with f = floor(log2(10^-k)) and 0 ≤ ε < 1; see ``PowersOfTen``.
        // 2. So u · 2^117 = 2^(q + 117) · 10^-k = (g - ε) / 2^(10 - q - f). The shift is 11 to 14, as 2^127 ≤ g < 2^128
        //    and 0.1 · 2^117 ≤ u · 2^117 < 2^117.
        // 3. The error of g is thus less than 2^-11, and that of dropping the bits that are shifted out less than 1, to
        //    the other side.
        let exponent = (binaryExponent * 1_262_611) >> 22 + 1  // 1 + floor(log10(2^binaryExponent))
        let power = PowersOfTen.significand(-exponent)
        let shift = UInt64(10 - binaryExponent - PowersOfTen.floorLog2(-exponent))  // 11 to 14
        high = power.high >> shift
        low = power.low >> shift | power.high << (64 - shift)
        halfUnit = high << 10 | low >> 54
        pointPosition = 16 + exponent
    }
}
