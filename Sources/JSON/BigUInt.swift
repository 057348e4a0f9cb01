/// A natural number of any size, with the few operations that comparing decimals exactly takes.
struct BigUInt: Equatable {
    /// Least significant first, without leading zeros.
    private var limbs: [UInt64]

    init(_ value: UInt64) { limbs = value == 0 ? [] : [value] }

    /// The number with these decimal digits, most significant first, each 0 to 9.
    init(digits: [UInt8]) {
        self.init(0)
        for start in stride(from: 0, to: digits.count, by: 19) {
            var chunk: UInt64 = 0
            var scale: UInt64 = 1
            for digit in digits[start..<min(start + 19, digits.count)] {
                chunk = chunk * 10 + UInt64(digit)
                scale *= 10
            }
            multiply(by: scale, adding: chunk)
        }
    }

    mutating func multiply(by factor: UInt64, adding summand: UInt64 = 0) {
        var carry = summand
        for index in limbs.indices {
            let (high, low) = limbs[index].multipliedFullWidth(by: factor)
            let (sum, overflow) = low.addingReportingOverflow(carry)
            limbs[index] = sum
            carry = high + (overflow ? 1 : 0)
        }
        if carry != 0 { limbs.append(carry) }
    }

    mutating func multiply(byPowerOfFive exponent: Int) {
        let largest: UInt64 = 7_450_580_596_923_828_125  // 5^27, the largest in 64 bits
        for _ in 0..<(exponent / 27) { multiply(by: largest) }
        var factor: UInt64 = 1
        for _ in 0..<(exponent % 27) { factor *= 5 }
        multiply(by: factor)
    }

    mutating func shiftLeft(by bitCount: Int) {
        multiply(by: 1 << UInt64(bitCount % 64))
        if !limbs.isEmpty { limbs.insert(contentsOf: repeatElement(0, count: bitCount / 64), at: 0) }
    }

    /// The sign of (`self` − `other`).
    func compared(to other: BigUInt) -> Int {
        if limbs.count != other.limbs.count { return limbs.count < other.limbs.count ? -1 : 1 }
        for (left, right) in zip(limbs.reversed(), other.limbs.reversed()) where left != right {
            return left < right ? -1 : 1
        }
        return 0
    }
}
