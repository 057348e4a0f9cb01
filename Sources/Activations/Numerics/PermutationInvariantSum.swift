/// Returns the sum of `count` numbers in [0, 2^550], whose bits do not depend on the order of the terms.
///
/// Each term is split into whole multiples of two units in succession, and the multiples are added as integers, which
/// is exact. The units follow the largest term, so that each term is kept up to some 2^-100 of the largest one. The
/// loop has no branch and no floating-point reduction, so that it vectorises.
///
/// - Parameters:
///   - count: The number of terms, below 2^40.
///   - largest: The largest of the terms' high parts.
///   - term: Returns the term at an index; its low part is below the last place of the high one.
@inline(__always)
func permutationInvariantSum(count: Int, largest: Double, _ term: (Int) -> DoubleDouble) -> DoubleDouble {
    // The first unit is 2^-50 of the power of two above the largest term; the second is not so small as to be
    // subnormal.
    let power = Double(bitPattern: ((atLeast(0x1p-600, largest).bitPattern &>> 52) &+ 1) &<< 52)
    let (firstUnit, secondUnit) = (power * 0x1p-50, power * 0x1p-100)
    // At 1.5 · 2^52 units the last place is one unit: adding and subtracting it rounds to whole multiples, and the bit
    // pattern counts them.
    let (firstAnchor, secondAnchor) = (firstUnit * 0x1.8p52, secondUnit * 0x1.8p52)
    var (firstTotal, secondTotal) = (WideInteger(), WideInteger())
    var start = 0
    while start < count {
        // In a block no 64-bit sum overflows: 2^11 terms of at most 2^50 units.
        let end = min(start &+ 2048, count)
        var (first, second): (UInt64, UInt64) = (0, 0)
        for index in start..<end {
            let value = term(index)
            let rounded = firstAnchor + value.high
            let rest = (value.high - (rounded - firstAnchor)) + value.low
            first &+= rounded.bitPattern &- firstAnchor.bitPattern
            second &+= (secondAnchor + rest).bitPattern &- secondAnchor.bitPattern
        }
        firstTotal.add(Int64(bitPattern: first))
        secondTotal.add(Int64(bitPattern: second))
        start = end
    }
    let (sum, rest) = (firstTotal.value(unit: firstUnit), secondTotal.value(unit: secondUnit))
    return DoubleDouble.exactSum(sum.high, sum.low + (rest.high + rest.low))
}

/// A sum of 64-bit integers in two parts of 32 bits each, so that it cannot overflow.
private struct WideInteger {
    private var upper: Int64 = 0
    private var lower: Int64 = 0

    @inline(__always)
    mutating func add(_ number: Int64) {
        upper &+= number &>> 32
        lower &+= number & 0xffff_ffff
    }

    @inline(__always)
    func value(unit: Double) -> DoubleDouble {
        DoubleDouble.exactSum(Double(upper) * 0x1p32 * unit, Double(lower) * unit)
    }
}
