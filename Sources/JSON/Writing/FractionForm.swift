/// What taking the digits behind a point has to know for their count.
struct FractionForm {
    /// How many digits there are at most.
    static let countMax = 19

    /// One for each count from 0 on.
    static let all = (0...countMax).map(FractionForm.init(count:))

    /// Keeps the last sixteen of the digits, or all of fewer, of sixteen bytes that end with them.
    let mask: SIMD16<UInt8>
    /// Ten to the power of how many `mask` keeps.
    let keptPower: UInt64
    /// How far up four bytes, of which one is before the point, have to be moved to be without those that `mask` keeps.
    let upperShift: UInt32

    private init(count: Int) {
        let keptCount = min(count, 16)
        var mask = SIMD16<UInt8>(repeating: 0)
        for index in 16 - keptCount..<16 { mask[index] = 0xFF }
        self.mask = mask
        keptPower = Digits.powersOfTen[keptCount]
        upperShift = UInt32(24 - 8 * (count - keptCount))
    }
}

/// The unit of a decimal fraction, ten to the power of minus the count of digits behind the point.
struct FractionUnit {
    /// One for each count of ``FractionForm``.
    static let all = (0...FractionForm.countMax).map(FractionUnit.init(count:))

    /// The upper half of its significand.
    let significand: UInt64
    /// What its exponent adds to the bits of a float64, for ``EiselLemire/roundFractionIfPlain(_:_:)``.
    let exponentBits: UInt64

    private init(count: Int) {
        significand = PowersOfTen.significand(-count).high
        exponentBits = UInt64(bitPattern: Int64(PowersOfTen.floorLog2(-count) + 2)) << 52
    }
}
