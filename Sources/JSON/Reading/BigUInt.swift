/// Represents a natural number of at most ``limbCountMax`` words, with the operations that the exact comparison of
/// decimals needs.
struct BigUInt: Equatable {
    /// The maximum number of words.
    ///
    /// It is enough for 800 digits, which have 2,658 bits, and for a middle between two float64 numbers times 5^1124 ·
    /// 2^49, which has 2,713 bits.
    static let limbCountMax = 48

    /// The words, least significant first.
    private var limbs: InlineArray<48, UInt64> = .init(repeating: 0)
    /// The number of words without leading zeros.
    private var count: Int

    init(_ value: UInt64) {
        limbs[0] = value
        count = value == 0 ? 0 : 1
    }

    /// Creates the number with these decimal digits, most significant first, each 0 to 9.
    init(digits: ArraySlice<UInt8>) {
        self.init(0)
        for start in stride(from: digits.startIndex, to: digits.endIndex, by: 19) {
            let end = min(start + 19, digits.endIndex)
            var chunk: UInt64 = 0
            for index in start..<end { chunk = chunk &* 10 &+ UInt64(digits[index]) }
            multiply(by: Digits.powersOfTen[end - start], adding: chunk)
        }
    }

    /// Creates 5^`exponent`.
    ///
    /// - Precondition: `exponent` is at most 1,160.
    init(powerOfFive exponent: Int) {
        let (index, rest) = exponent.quotientAndRemainder(dividingBy: 27)
        self = Self.powersOfFive[index]
        multiply(by: Self.smallPowerOfFive(rest))
    }

    /// The powers 5^0, 5^27, 5^54 and so on: 5^27 is the largest one that fits in a word.
    private static let powersOfFive: [BigUInt] = {
        var powers = [BigUInt(1)]
        for index in 0..<42 {
            powers.append(powers[index])
            powers[index + 1].multiply(by: smallPowerOfFive(27))
        }
        return powers
    }()

    private static func smallPowerOfFive(_ exponent: Int) -> UInt64 {
        var power: UInt64 = 1
        for _ in 0..<exponent { power *= 5 }
        return power
    }

    static func == (left: BigUInt, right: BigUInt) -> Bool { left.compared(to: right) == 0 }

    /// Multiplies by `factor`, then adds `summand`.
    ///
    /// - Parameter factor: A factor other than 0.
    mutating func multiply(by factor: UInt64, adding summand: UInt64 = 0) {
        var carry = summand
        for index in 0..<count {
            let (high, low) = limbs[index].multipliedFullWidth(by: factor)
            let (sum, overflow) = low.addingReportingOverflow(carry)
            limbs[index] = sum
            carry = high &+ (overflow ? 1 : 0)
        }
        if carry != 0 {
            precondition(count < Self.limbCountMax, "The number exceeds \(Self.limbCountMax) words.")
            limbs[count] = carry
            count += 1
        }
    }

    mutating func multiply(byPowerOfFive exponent: Int) {
        for _ in 0..<(exponent / 27) { multiply(by: Self.smallPowerOfFive(27)) }
        multiply(by: Self.smallPowerOfFive(exponent % 27))
    }

    mutating func shiftLeft(by bitCount: Int) {
        multiply(by: 1 << UInt64(bitCount % 64))
        let limbShift = bitCount / 64
        guard limbShift > 0, count > 0 else { return }
        precondition(count + limbShift <= Self.limbCountMax, "The number exceeds \(Self.limbCountMax) words.")
        for index in (0..<count).reversed() { limbs[index + limbShift] = limbs[index] }
        for index in 0..<limbShift { limbs[index] = 0 }
        count += limbShift
    }

    /// Returns the sign of (`self` − `other`).
    func compared(to other: BigUInt) -> Int {
        if count != other.count { return count < other.count ? -1 : 1 }
        for index in (0..<count).reversed() where limbs[index] != other.limbs[index] {
            return limbs[index] < other.limbs[index] ? -1 : 1
        }
        return 0
    }
}
