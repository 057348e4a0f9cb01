/// A natural number of any size.
///
/// It is the basis of this module's arithmetic: significands of binary numbers, numerators and denominators, decimal
/// digits. Multiplication is schoolbook and Karatsuba, division is schoolbook; that is fast enough for the few thousand
/// bits of a thousand decimal digits, and short enough to be read.
public struct Natural: Hashable, Sendable {
    /// The digits in base 2^64, least significant first; the last one is not 0.
    private(set) var limbs: [UInt64]

    public static let zero = Natural(limbs: [])
    public static let one = Natural(1)

    public init(_ value: UInt64) { limbs = value == 0 ? [] : [value] }

    /// Creates the number with these digits in base 2^64, least significant first; leading zeros are dropped.
    init(limbs: [UInt64]) {
        self.limbs = limbs
        trim()
    }

    private mutating func trim() {
        while limbs.last == 0 { limbs.removeLast() }
    }

    public var isZero: Bool { limbs.isEmpty }

    public var isOdd: Bool { limbs.first.map { $0 & 1 == 1 } ?? false }

    /// The number of bits without leading zeros; 0 for 0.
    public var bitWidth: Int {
        guard let last = limbs.last else { return 0 }
        return limbs.count * 64 - last.leadingZeroBitCount
    }

    /// The exponent of 2 in the number; 0 for 0.
    public var trailingZeroBitCount: Int {
        guard let index = limbs.firstIndex(where: { $0 != 0 }) else { return 0 }
        return index * 64 + limbs[index].trailingZeroBitCount
    }

    /// The number as a machine integer, or nil if it is 2^64 or more.
    public var word: UInt64? { limbs.count <= 1 ? limbs.first ?? 0 : nil }

    /// Returns the bit of value 2^`index`.
    public func bit(at index: Int) -> Bool {
        index / 64 < limbs.count && limbs[index / 64] >> UInt64(index % 64) & 1 == 1
    }
}

extension Natural: Comparable {
    public static func < (left: Natural, right: Natural) -> Bool {
        if left.limbs.count != right.limbs.count { return left.limbs.count < right.limbs.count }
        for index in left.limbs.indices.reversed() where left.limbs[index] != right.limbs[index] {
            return left.limbs[index] < right.limbs[index]
        }
        return false
    }
}

extension Natural: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: UInt64) { self.init(value) }
}

// MARK: Sums and shifts

extension Natural {
    public static func + (left: Natural, right: Natural) -> Natural {
        let (long, short) =
            left.limbs.count >= right.limbs.count ? (left.limbs, right.limbs) : (right.limbs, left.limbs)
        var sum = long
        var carry = false
        for index in long.indices {
            if index >= short.count && !carry { break }
            let (partial, first) = long[index].addingReportingOverflow(index < short.count ? short[index] : 0)
            let (total, second) = partial.addingReportingOverflow(carry ? 1 : 0)
            sum[index] = total
            carry = first || second
        }
        if carry { sum.append(1) }
        return Natural(limbs: sum)
    }

    /// Returns the difference of two numbers, the first of which must not be the smaller one.
    public static func - (left: Natural, right: Natural) -> Natural {
        precondition(left.limbs.count >= right.limbs.count, "The difference would be negative.")
        var difference = left.limbs
        var borrow = false
        for index in difference.indices {
            if index >= right.limbs.count && !borrow { break }
            let subtrahend = index < right.limbs.count ? right.limbs[index] : 0
            let (partial, first) = difference[index].subtractingReportingOverflow(subtrahend)
            let (total, second) = partial.subtractingReportingOverflow(borrow ? 1 : 0)
            difference[index] = total
            borrow = first || second
        }
        precondition(!borrow, "The difference would be negative.")
        return Natural(limbs: difference)
    }

    /// Returns the number times 2^`count`.
    public static func << (number: Natural, count: Int) -> Natural {
        precondition(count >= 0, "The shift is negative.")
        if number.isZero || count == 0 { return number }
        let (words, bits) = (count / 64, UInt64(count % 64))
        var limbs = [UInt64](repeating: 0, count: number.limbs.count + words + 1)
        for (index, limb) in number.limbs.enumerated() {
            limbs[index + words] |= limb << bits
            if bits > 0 { limbs[index + words + 1] = limb >> (64 - bits) }
        }
        return Natural(limbs: limbs)
    }

    /// Returns the number divided by 2^`count`, rounded down.
    public static func >> (number: Natural, count: Int) -> Natural {
        precondition(count >= 0, "The shift is negative.")
        let (words, bits) = (count / 64, UInt64(count % 64))
        if words >= number.limbs.count { return .zero }
        if bits == 0 { return Natural(limbs: Array(number.limbs[words...])) }
        let limbs = (words..<number.limbs.count).map { index in
            let above = index + 1 < number.limbs.count ? number.limbs[index + 1] << (64 - bits) : 0
            return number.limbs[index] >> bits | above
        }
        return Natural(limbs: limbs)
    }

    /// Returns the number modulo 2^`count`.
    public func lowBits(_ count: Int) -> Natural {
        let words = count / 64
        if words >= limbs.count { return self }
        var low = Array(limbs[...words])
        low[words] &= 1 << UInt64(count % 64) - 1
        return Natural(limbs: low)
    }
}
