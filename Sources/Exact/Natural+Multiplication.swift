extension Natural {
    public static func * (left: Natural, right: Natural) -> Natural {
        if left.isZero || right.isZero { return .zero }
        return Natural(limbs: product(left.limbs[...], right.limbs[...]))
    }

    public static func * (left: Natural, right: UInt64) -> Natural {
        var product = [UInt64](repeating: 0, count: left.limbs.count + 1)
        var carry: UInt64 = 0
        for index in left.limbs.indices {
            let (high, low) = left.limbs[index].multipliedFullWidth(by: right)
            let (sum, overflow) = low.addingReportingOverflow(carry)
            product[index] = sum
            carry = high &+ (overflow ? 1 : 0)
        }
        product[left.limbs.count] = carry
        return Natural(limbs: product)
    }

    /// Returns `base` to the power `exponent`; 0^0 is 1.
    public static func power(_ base: Natural, _ exponent: Int) -> Natural {
        precondition(exponent >= 0, "The exponent is negative.")
        var power = Natural.one
        var square = base
        var rest = exponent
        while rest > 0 {
            if rest & 1 == 1 { power = power * square }
            rest >>= 1
            if rest > 0 { square = square * square }
        }
        return power
    }

    /// The number of limbs from which on three products of half the length cost less than the schoolbook's four.
    private static let karatsubaLimbCount = 40

    private static func product(_ left: ArraySlice<UInt64>, _ right: ArraySlice<UInt64>) -> [UInt64] {
        let (long, short) = left.count >= right.count ? (left, right) : (right, left)
        if short.count < karatsubaLimbCount { return schoolbook(long, short) }
        if long.count >= 2 * short.count { return unbalanced(long, short) }
        return karatsuba(long, short)
    }

    private static func schoolbook(_ left: ArraySlice<UInt64>, _ right: ArraySlice<UInt64>) -> [UInt64] {
        var product = [UInt64](repeating: 0, count: left.count + right.count)
        for (rightIndex, factor) in right.enumerated() where factor != 0 {
            var carry: UInt64 = 0
            var index = rightIndex
            for limb in left {
                // This is at most (2^64 - 1)^2 + 2 (2^64 - 1) = 2^128 - 1, so that it fits two words.
                let (high, low) = limb.multipliedFullWidth(by: factor)
                let (partial, first) = low.addingReportingOverflow(product[index])
                let (sum, second) = partial.addingReportingOverflow(carry)
                product[index] = sum
                carry = high &+ (first ? 1 : 0) &+ (second ? 1 : 0)
                index += 1
            }
            product[index] = carry
        }
        return product
    }

    /// Multiplies factors of different length by splitting the longer one into pieces as long as the shorter one.
    private static func unbalanced(_ long: ArraySlice<UInt64>, _ short: ArraySlice<UInt64>) -> [UInt64] {
        var sum = [UInt64](repeating: 0, count: long.count + short.count)
        for offset in stride(from: 0, to: long.count, by: short.count) {
            let start = long.startIndex + offset
            let piece = long[start..<min(start + short.count, long.endIndex)]
            add(product(piece, short), to: &sum, at: offset)
        }
        return sum
    }

    /// Multiplies by (a B + b)(c B + d) = ac B² + ((a + b)(c + d) - ac - bd) B + bd, with B a power of 2^64.
    private static func karatsuba(_ left: ArraySlice<UInt64>, _ right: ArraySlice<UInt64>) -> [UInt64] {
        let half = (left.count + 1) / 2
        let (leftLow, leftHigh) = (left.prefix(half), left.dropFirst(half))
        let (rightLow, rightHigh) = (right.prefix(half), right.dropFirst(half))
        let low = Natural(limbs: product(leftLow, rightLow))
        let high = Natural(limbs: product(leftHigh, rightHigh))
        let leftSum = Natural(limbs: Array(leftLow)) + Natural(limbs: Array(leftHigh))
        let rightSum = Natural(limbs: Array(rightLow)) + Natural(limbs: Array(rightHigh))
        let middle = leftSum * rightSum - low - high
        var sum = [UInt64](repeating: 0, count: left.count + right.count)
        add(low.limbs, to: &sum, at: 0)
        add(middle.limbs, to: &sum, at: half)
        add(high.limbs, to: &sum, at: 2 * half)
        return sum
    }

    /// Adds to `sum`, which has room for the result, a number that begins at one of its limbs.
    private static func add(_ summand: [UInt64], to sum: inout [UInt64], at offset: Int) {
        var carry = false
        var index = offset
        for limb in summand {
            if index == sum.count { break }
            let (partial, first) = sum[index].addingReportingOverflow(limb)
            let (total, second) = partial.addingReportingOverflow(carry ? 1 : 0)
            sum[index] = total
            carry = first || second
            index += 1
        }
        while carry {
            let (total, overflow) = sum[index].addingReportingOverflow(1)
            sum[index] = total
            carry = overflow
            index += 1
        }
    }
}
