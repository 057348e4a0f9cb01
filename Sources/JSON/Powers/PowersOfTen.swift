/// Powers of ten to 128 bits, for reading and for writing numbers.
///
/// 10^q = (g − ε) · 2^(floor(log2 10^q) − 127) with an integer 2^127 ≤ g < 2^128 and 0 ≤ ε < 1; g is exact for
/// 0 ≤ q ≤ 55. Rounding up serves both algorithms: see ``EiselLemire`` and ``ShortestDecimal``.
enum PowersOfTen {
    /// Exponents in the table: from the least that a significand of 64 bits needs not to vanish in float64, to the
    /// greatest by which the least float64 is scaled up when it is printed.
    static let exponents = -342...324

    /// The significand g of 10^`exponent`.
    @inline(__always)
    static func significand(_ exponent: Int) -> (high: UInt64, low: UInt64) {
        let index = 2 &* (exponent &- exponents.lowerBound)
        return (table[index], table[index &+ 1])
    }

    /// floor(log2 10^`exponent`), right for every exponent of the table.
    @inline(__always)
    static func floorLog2(_ exponent: Int) -> Int { (exponent &* 217706) >> 16 }
}
