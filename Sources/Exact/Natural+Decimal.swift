extension Natural {
    /// 10^19, the largest power of ten in 64 bits, and its exponent.
    private static let digitChunk = (divisor: 10_000_000_000_000_000_000 as UInt64, digitCount: 19)

    /// Returns 10^`exponent`.
    public static func powerOfTen(_ exponent: Int) -> Natural { power(5, exponent) << exponent }

    /// Creates the number with these decimal digits (0 to 9, not characters), most significant first.
    ///
    /// The digits are split in halves, so that most of the work is multiplication of long numbers.
    public init(decimalDigits digits: some RandomAccessCollection<UInt8>) {
        if digits.count <= Self.digitChunk.digitCount {
            self.init(digits.reduce(0) { $0 * 10 + UInt64($1) })
        } else {
            let lowCount = digits.count / 2
            let high = Natural(decimalDigits: digits.dropLast(lowCount))
            self = high * Self.powerOfTen(lowCount) + Natural(decimalDigits: digits.suffix(lowCount))
        }
    }

    /// The decimal digits (0 to 9), most significant first, without leading zeros; empty for 0.
    public var decimalDigits: [UInt8] {
        // log10(2) < 0.30103, so this is at least the number of digits.
        let digits = paddedDigits(count: bitWidth * 30_103 / 100_000 + 1)
        return Array(digits.drop { $0 == 0 })
    }

    /// Returns exactly `count` digits, with leading zeros; the number is less than 10^`count`.
    private func paddedDigits(count: Int) -> [UInt8] {
        if count <= Self.digitChunk.digitCount {
            var digits = [UInt8](repeating: 0, count: count)
            var rest = word ?? 0
            for index in digits.indices.reversed() {
                digits[index] = UInt8(rest % 10)
                rest /= 10
            }
            return digits
        }
        let lowCount = count / 2
        let (high, low) = quotientAndRemainder(dividingBy: Self.powerOfTen(lowCount))
        return high.paddedDigits(count: count - lowCount) + low.paddedDigits(count: lowCount)
    }
}
