/// Provides powers of ten to 128 bits, for reading and writing numbers.
///
/// 10^q = (g − ε) · 2^(floor(log2 10^q) − 127) with an integer 2^127 ≤ g < 2^128 and 0 ≤ ε < 1; g is exact for 0 ≤ q ≤
/// 55. Both algorithms need rounding up: see ``EiselLemire`` and ``ShortestDecimal``.
enum PowersOfTen {
    /// The exponents in the table.
    ///
    /// The least is the one below which a significand of 64 bits underflows in float64; the greatest scales up the
    /// least float64 when it is printed.
    static let exponents = -342...324

    /// Returns the significand g of 10^`exponent`.
    @inline(__always)
    static func significand(_ exponent: Int) -> (high: UInt64, low: UInt64) {
        let index = 2 &* (exponent &- exponents.lowerBound)
        return (table[index], table[index &+ 1])
    }

    /// Returns floor(log2 10^`exponent`), which is exact for every exponent of the table.
    @inline(__always)
    static func floorLog2(_ exponent: Int) -> Int { (exponent &* 217706) >> 16 }
}
