import Testing

@testable import JSON

@Suite struct PowersOfTenTests {
    @Test func `the table holds 128 bits of each power, rounded up`() {
        for exponent in PowersOfTen.exponents {
            let (high, low) = PowersOfTen.significand(exponent)
            let shift = PowersOfTen.floorLog2(exponent) - 127
            // This is (g - 1) · 2^shift < 10^exponent ≤ g · 2^shift, with both sides multiplied to become integers.
            var power = BigUInt(1)
            var greater = Self.integer(high, low)
            var less = low == 0 ? Self.integer(high - 1, .max) : Self.integer(high, low - 1)
            if exponent >= 0 {
                power.multiply(byPowerOfFive: exponent)
            } else {
                greater.multiply(byPowerOfFive: -exponent)
                less.multiply(byPowerOfFive: -exponent)
            }
            let binaryShift = exponent - shift
            power.shiftLeft(by: max(0, binaryShift))
            greater.shiftLeft(by: max(0, -binaryShift))
            less.shiftLeft(by: max(0, -binaryShift))
            #expect(high >> 63 == 1)
            #expect(less.compared(to: power) < 0)
            #expect(power.compared(to: greater) <= 0)
        }
    }

    private static func integer(_ high: UInt64, _ low: UInt64) -> BigUInt {
        var integer = BigUInt(high)
        integer.shiftLeft(by: 64)
        // Multiplying by one with a carry is an addition.
        integer.multiply(by: 1, adding: low)
        return integer
    }
}
