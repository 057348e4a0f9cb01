import RepeatableRandom
import Testing

@testable import JSON

@Suite struct EiselLemireTests {
    @Test(arguments: 0...FractionForm.countMax)
    func `the quick way of rounding a fraction ends where the careful one does`(count: Int) {
        var random = SplitMix64(seed: UInt64(count))
        for bitCount in 1...63 {
            for _ in 0..<50 { expectAgreement((random.next() | 1 << 63) >> UInt64(64 - bitCount), count) }
            for power in [UInt64(1) << UInt64(bitCount - 1), UInt64(1) << UInt64(bitCount)] {
                for offset in 1...4 as ClosedRange<UInt64> where power > offset {
                    expectAgreement(power - offset, count)
                    if power < 1 << 63 { expectAgreement(power + offset - 1, count) }
                }
            }
        }
    }

    @Test(arguments: 0...3)
    func `a middle between two numbers and its neighbours are rounded rightly or not at all`(count: Int) {
        var random = SplitMix64(seed: UInt64(count))
        let five = (0..<count).reduce(UInt64(1)) { product, _ in product * 5 }
        for _ in 0..<2000 {
            // An integer of 54 bits, the last of which is set, is halfway between two float64 numbers; the decimal has
            // `count` places.
            let middle = (random.next() >> 10 | 1 << 53 | 1) * five
            expectAgreement(middle - 1, count)
            expectAgreement(middle + 1, count)
            #expect(quickBits(middle, count) == 0)
        }
    }

    @Test func `most fractions are rounded by the quick way`() {
        var random = SplitMix64(seed: 1)
        let quickCount = (0..<10_000).count { _ in
            quickBits(random.next() % 100_000_000_000_000_000 + 1, Int(5 + random.next() % 15)) != 0
        }
        #expect(quickCount > 9_850)
    }

    @Test func `zero, and what is a middle of two float32 numbers, are left to the careful way`() {
        for count in 0...FractionForm.countMax { #expect(quickBits(0, count) == 0) }
        #expect(quickBits(16_777_217, 0) == 0)
        #expect(quickBits(100_000_005_960_464_500, 17) != 0)
        #expect(quickBits(1_000_000_059_604_644_775, 18) == 0)
    }

    private func expectAgreement(_ significand: UInt64, _ count: Int) {
        let bits = quickBits(significand, count)
        guard bits != 0 else { return }
        let careful = EiselLemire.roundToNearest(significand, -count)?.value.bitPattern
        #expect(bits == careful, "\(significand) with \(count) places")
    }

    private func quickBits(_ significand: UInt64, _ count: Int) -> UInt64 {
        FractionUnit.all.withUnsafeBufferPointer { units in
            units.baseAddress.map { EiselLemire.roundFractionIfPlain(significand, $0 + count) } ?? 0
        }
    }
}
