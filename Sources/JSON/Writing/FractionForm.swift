/// Describes how to read the digits after a point, for one count of digits.
struct FractionForm {
    /// The maximum count of digits.
    static let countMax = 19

    /// The forms for each count from 0 on.
    static let all = (0...countMax).map(FractionForm.init(count:))

    /// The mask that keeps, of sixteen bytes that end with the digits, the last sixteen digits, or all if they are
    /// fewer.
    let mask: SIMD16<UInt8>
    /// Ten to the power of the count of digits that `mask` keeps.
    let keptPower: UInt64
    /// The number of bits by which to shift up four bytes, one of which is before the point, to remove those that
    /// `mask` keeps.
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

/// Represents the unit of a decimal fraction: ten to the power of minus the count of digits after the point.
struct FractionUnit {
    /// The units for each count of ``FractionForm``.
    static let all = (0...FractionForm.countMax).map(FractionUnit.init(count:))

    /// The upper half of the unit's significand.
    let significand: UInt64
    /// The summand for the bits of a float64 that accounts for the unit's exponent; see
    /// ``EiselLemire/roundFractionIfPlain(_:_:)``.
    let exponentBits: UInt64

    private init(count: Int) {
        significand = PowersOfTen.significand(-count).high
        exponentBits = UInt64(bitPattern: Int64(PowersOfTen.floorLog2(-count) + 2)) << 52
    }
}
