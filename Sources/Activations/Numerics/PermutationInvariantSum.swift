/// Sums of numbers in [0, 2^550] whose bits do not depend on the order of the terms.
///
/// Each term is cut into whole multiples of two units, one after the other, and the multiples are added as integers,
/// which is exact. The units follow the largest term: all of a term but some 2^-100 of the largest one is kept. The
/// loops hold no branch and no floating-point reduction, so that they become vector code.
struct PermutationInvariantSum {
    /// Bits of a term that go into one multiple.
    private static let digitBits = 50
    /// Terms after which the 64-bit sums move to wider ones: 2^50 · 2^12 < 2^63.
    private static let blockCount = 2048

    private let units: (Double, Double)
    private var totals = (IntegerSum(), IntegerSum())

    /// - Parameter largest: The largest of the terms' high parts.
    @inline(__always)
    init(largest: Double) {
        // The power of two above it; not so small that the second unit would be subnormal.
        let power = Double(bitPattern: ((atLeast(0x1p-600, largest).bitPattern &>> 52) &+ 1) &<< 52)
        let first = power * 0x1p-50
        units = (first, first * 0x1p-50)
    }

    /// Adds the terms of those indices.
    @inline(__always)
    mutating func add(_ range: Range<Int>, _ term: (Int) -> DoubleDouble) {
        // At 1.5 · 2^52 units the last place is one unit: adding and subtracting rounds to whole multiples, and the bit
        // pattern counts them.
        let anchors = (units.0 * 0x1.8p52, units.1 * 0x1.8p52)
        var start = range.lowerBound
        while start < range.upperBound {
            let end = min(start &+ Self.blockCount, range.upperBound)
            var sums: (UInt64, UInt64) = (0, 0)
            for index in start..<end {
                let value = term(index)
                let rounded = anchors.0 + value.high
                let rest = (value.high - (rounded - anchors.0)) + value.low
                sums.0 &+= rounded.bitPattern &- anchors.0.bitPattern
                sums.1 &+= (anchors.1 + rest).bitPattern &- anchors.1.bitPattern
            }
            totals.0.add(Int64(bitPattern: sums.0))
            totals.1.add(Int64(bitPattern: sums.1))
            start = end
        }
    }

    /// The sum of all terms added.
    @inline(__always)
    var value: DoubleDouble {
        let first = totals.0.value(unit: units.0)
        let second = totals.1.value(unit: units.1)
        return DoubleDouble.exactSum(first.high, first.low + (second.high + second.low))
    }
}

/// A sum of 64-bit integers that does not overflow below 2^30 of them.
private struct IntegerSum {
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
