import RepeatableRandom
import Testing

@testable import JSON

/// Tests that float64 numbers written eight at a time have the same text as if they are written one by one.
///
/// They are written eight at a time only if the processor has the instructions. Other tests compare the text of single
/// numbers with the standard library's.
@Suite struct NumberVectorsTests {
    @Test(arguments: Array(1...64) + [111, 112, 113, 500])
    func `any count of numbers has the text that they have one by one`(count: Int) {
        var random = SplitMix64(seed: UInt64(count))
        for _ in 0..<20 {
            let values = (0..<count).map { _ in number(&random) }
            let text = written(values, usesVectors: true)
            #expect(text == written(values, usesVectors: false))
            #expect(text.split(separator: ",").count == count)
        }
    }

    @Test(arguments: 0..<8)
    func `a number that is left to another way takes none with it`(index: Int) {
        let special: [Double] = [
            0, -0.0, 1, 1024, 0x1p-1074, 0x1.8p-1040, -0x1p-1022, 0x1p1023, 1e21, 123_456_789_000,
            2_251_799_813_685_247.25, 18_014_398_509_481_988, .infinity, -.infinity, .nan,
        ]
        for value in special {
            for count in [8, 9, 15, 56] {
                var random = SplitMix64(seed: 3)
                var values = (0..<count).map { _ in Double.random(in: -1...1, using: &random) }
                values[index] = value
                #expect(written(values, usesVectors: true) == written(values, usesVectors: false))
            }
        }
    }

    @Test(arguments: 1...17)
    func `the point is where it is one by one, whatever the exponent`(digitCount: Int) {
        let digits = String("12345678901234567".prefix(digitCount - 1)) + "7"
        let values = (-323...309).flatMap { position -> [Double] in
            let value = Double("0.\(digits)e\(position)")!
            return [value, -value]
        }
        #expect(written(values, usesVectors: true) == written(values, usesVectors: false))
    }

    @Test func `integers have all their digits, and zeros behind them`() {
        var random = SplitMix64(seed: 11)
        let values = (0..<20_000).map { index in
            Double(Int64(bitPattern: random.next()) >> Int64(index % 62)) * [1, 2, 20][index % 3]
        }
        let text = written(values, usesVectors: true)
        #expect(text == written(values, usesVectors: false))
        #expect(text.split(separator: ",").map { Double($0) } == values)
        #expect(text.split(separator: ",").contains { $0.count == 21 })
    }

    @Test func `zeros come between other numbers, as ReLU has them`() {
        var random = SplitMix64(seed: 7)
        var values = (0..<1000).map { _ in max(0, Double.random(in: -1...1, using: &random)) }
        for index in stride(from: 0, to: values.count, by: 3) { values[index] = -values[index] }
        let text = written(values, usesVectors: true)
        #expect(text == written(values, usesVectors: false))
        #expect(text.split(separator: ",").count { $0 == "0" || $0 == "-0" } > 300)
        #expect(written([Double](repeating: 0, count: 56), usesVectors: true) == String(repeating: "0,", count: 56))
    }

    @Test func `where there is room for no more, the rest is left`() {
        var random = SplitMix64(seed: 9)
        let values = (0..<56).map { _ in Double.random(in: -1...1, using: &random) }
        let text = written(values, usesVectors: true)
        var length = 0
        for (index, number) in text.split(separator: ",").enumerated() {
            length += number.utf8.count + 1
            // The next number begins at the last possible address, and then just after it.
            #expect(written(values, usesVectors: true, upTo: length).split(separator: ",").count == min(index + 2, 56))
            #expect(written(values, usesVectors: true, upTo: length - 1).split(separator: ",").count == index + 1)
        }
    }

    @Test func `powers of two, whose lower neighbours are nearer, have the text that they have one by one`() {
        for exponent in -1074...1023 {
            var values = [Double](repeating: 0.1, count: 9)
            values[4] = Double(sign: .plus, exponent: exponent, significand: 1)
            #expect(written(values, usesVectors: true) == written(values, usesVectors: false))
        }
    }

    @Test func `numbers halfway between two decimals have the text that they have one by one`() {
        var random = SplitMix64(seed: 5)
        // These are between two values of the digit after the sixteenth: odd counts of quarters, with neighbours a
        // quarter apart.
        let digits = (0..<20_000).map { _ in
            Double((UInt64.random(in: 1 << 52..<1 << 53, using: &random) | 1) & ~0b10) / 4
        }
        // These are next to multiples of ten that are halfway between neighbours four apart.
        let ends = (0..<20_000).map { _ in
            Double((UInt64.random(in: 1 << 54..<1 << 55, using: &random) / 20) * 20 &+ 8)
        }
        for values in [digits, ends] {
            let text = written(values, usesVectors: true)
            #expect(text == written(values, usesVectors: false))
            #expect(text.split(separator: ",").map { Double($0) } == values)
        }
    }
}

/// Returns a number with any bits, a decimal of few places, or a number near 1.
private func number(_ random: inout SplitMix64) -> Double {
    switch random.next() % 8 {
    case 0: Double(Int.random(in: -1000...1000, using: &random))
    case 1: Double(Int.random(in: -100_000_000...100_000_000, using: &random)) / 1000
    case 2...4: Double.random(in: -2...2, using: &random)
    default: Double(bitPattern: random.next())
    }
}

/// Returns the text of the numbers.
///
/// - Parameter lastStart: The last position at which a number may begin; nil for no limit.
private func written(_ values: [Double], usesVectors: Bool, upTo lastStart: Int? = nil) -> String {
    let room = JSONText.numberByteCountMax + 1
    let bytes = [UInt8](unsafeUninitializedCapacity: (values.count + 1) * room) { buffer, count in
        guard let start = UnsafeMutableRawPointer(buffer.baseAddress) else { return }
        var next = start
        let last = start + (lastStart ?? values.count * room)
        values.withUnsafeBufferPointer { values in
            _ = NumberBlockWriter<Double>.with(usesVectors: usesVectors) {
                $0.write(values, at: &next, upTo: last, isUndefined: { _ in false })
            }
        }
        count = next - start
    }
    return String(decoding: bytes, as: UTF8.self)
}
