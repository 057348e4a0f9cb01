import RepeatableRandom
import Testing

@testable import JSON

@Suite struct SixteenBytesTests {
    @Test(arguments: Array(UInt8.min...UInt8.max))
    func `bytes are found where they are`(byte: UInt8) {
        var random = SplitMix64(seed: UInt64(byte))
        for _ in 0..<32 {
            // Bytes that differ in one bit are easily mistaken for each other.
            let text = (0..<16).map { _ in random.next() % 3 == 0 ? byte : byte ^ 1 << UInt8(random.next() % 8) }
            let expected = text.enumerated().reduce(UInt64(0)) { $1.element == byte ? $0 | 1 << $1.offset : $0 }
            #expect(SixteenBytes(text).mask(of: byte) == expected)
            #expect(SixteenBytesPortable(text).mask(of: byte) == expected)
        }
    }

    @Test(arguments: 0...16)
    func `the last digits have the value that they spell`(count: Int) {
        var random = SplitMix64(seed: UInt64(count))
        for _ in 0..<500 {
            let digits = (0..<count).map { _ in UInt8(random.next() % 10) }
            let text = (count..<16).map { _ in UInt8(random.next() % 256) } + digits.map { $0 + 0x30 }
            let expected = digits.reduce(UInt64(0)) { $0 * 10 + UInt64($1) }
            let mask = FractionForm.all[count].mask
            #expect(SixteenBytes(text).value(keptBy: mask) == expected)
            #expect(SixteenBytesPortable(text).value(keptBy: mask) == expected)
        }
    }

    @Test(arguments: 0..<16)
    func `any other byte among the last ones leaves no value`(index: Int) {
        for byte in UInt8.min...UInt8.max {
            var text = [UInt8](repeating: 0x39, count: 16)
            text[index] = byte
            let isDigit = byte >= 0x30 && byte <= 0x39
            #expect((SixteenBytes(text).value(keptBy: FractionForm.all[16].mask) != nil) == isDigit)
            #expect((SixteenBytesPortable(text).value(keptBy: FractionForm.all[16].mask) != nil) == isDigit)
            #expect(SixteenBytes(text).value(keptBy: FractionForm.all[15 - index].mask) != nil)
            #expect(SixteenBytesPortable(text).value(keptBy: FractionForm.all[15 - index].mask) != nil)
        }
    }
}

@Suite struct DigitsTests {
    @Test(arguments: 0..<8)
    func `a word of digits has a value, and one with any other byte none`(index: Int) {
        for byte in UInt8.min...UInt8.max {
            var digits: [UInt8] = [9, 0, 8, 1, 7, 2, 6, 3]
            digits[index] = byte ^ 0x30
            let word = digits.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            let isDigit = byte >= 0x30 && byte <= 0x39
            let value = digits.reduce(UInt64(0)) { $0 &* 10 &+ UInt64($1) }
            #expect(Digits.valueIfDigits(word) == (isDigit ? value : nil))
            guard index < 4 else { continue }
            #expect(Digits.valueIfDigits(UInt32(truncatingIfNeeded: word)) == (isDigit ? value / 10_000 : nil))
        }
    }

    @Test(arguments: 0...8)
    func `the first point is found`(index: Int) {
        for other in UInt8.min...UInt8.max where other != 0x2E {
            var text = [UInt8](repeating: other, count: 8)
            if index < 8 { text[index] = 0x2E }
            if index < 6 { text[index + 2] = 0x2E }
            #expect(Digits.pointIndex(text.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }) == index)
        }
    }
}
