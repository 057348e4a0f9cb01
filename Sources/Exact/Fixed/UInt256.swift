/// An integer of 256 bits, in four words.
struct UInt256: Equatable, Sendable {
    /// The words from the lowest to the highest.
    var words: (UInt64, UInt64, UInt64, UInt64)

    static let zero = UInt256(0, 0, 0, 0)

    @inline(__always)
    init(_ first: UInt64, _ second: UInt64, _ third: UInt64, _ fourth: UInt64) {
        words = (first, second, third, fourth)
    }

    /// Creates the lowest 256 bits of a number.
    init(truncating number: Natural) {
        let low = { (shift: Int) in (number >> shift).lowBits(64).word ?? 0 }
        self.init(low(0), low(64), low(128), low(192))
    }

    /// The same number without a limit to its size.
    var natural: Natural {
        [words.3, words.2, words.1, words.0].reduce(Natural.zero) { ($0 << 64) + Natural($1) }
    }

    @inline(__always)
    static func == (left: UInt256, right: UInt256) -> Bool { left.words == right.words }

    @inline(__always)
    var isZero: Bool { words.0 | words.1 | words.2 | words.3 == 0 }

    var leadingZeroBitCount: Int {
        if words.3 != 0 { return words.3.leadingZeroBitCount }
        if words.2 != 0 { return 64 + words.2.leadingZeroBitCount }
        if words.1 != 0 { return 128 + words.1.leadingZeroBitCount }
        return 192 + words.0.leadingZeroBitCount
    }

    @inline(__always)
    static func < (left: UInt256, right: UInt256) -> Bool { left.subtracting(right).borrow }
}

// MARK: Sums

extension UInt256 {
    /// Returns the sum modulo 2^256, and whether it overflowed.
    @inline(__always)
    func adding(_ other: UInt256) -> (sum: UInt256, carry: Bool) {
        let (first, carry0) = words.0.addingReportingOverflow(other.words.0)
        let (second, carry1) = Self.add(words.1, other.words.1, carry0)
        let (third, carry2) = Self.add(words.2, other.words.2, carry1)
        let (fourth, carry3) = Self.add(words.3, other.words.3, carry2)
        return (UInt256(first, second, third, fourth), carry3)
    }

    /// Returns the difference modulo 2^256, and whether it is negative.
    @inline(__always)
    func subtracting(_ other: UInt256) -> (difference: UInt256, borrow: Bool) {
        let (first, borrow0) = words.0.subtractingReportingOverflow(other.words.0)
        let (second, borrow1) = Self.subtract(words.1, other.words.1, borrow0)
        let (third, borrow2) = Self.subtract(words.2, other.words.2, borrow1)
        let (fourth, borrow3) = Self.subtract(words.3, other.words.3, borrow2)
        return (UInt256(first, second, third, fourth), borrow3)
    }

    @inline(__always)
    private static func add(_ left: UInt64, _ right: UInt64, _ carry: Bool) -> (UInt64, Bool) {
        let (partial, first) = left.addingReportingOverflow(right)
        let (sum, second) = partial.addingReportingOverflow(carry ? 1 : 0)
        return (sum, first || second)
    }

    @inline(__always)
    private static func subtract(_ left: UInt64, _ right: UInt64, _ borrow: Bool) -> (UInt64, Bool) {
        let (partial, first) = left.subtractingReportingOverflow(right)
        let (difference, second) = partial.subtractingReportingOverflow(borrow ? 1 : 0)
        return (difference, first || second)
    }
}

// MARK: Shifts

extension UInt256 {
    /// Returns the number divided by 2^`count`, rounded down; 0 from 256 on.
    func shiftedRight(by count: Int) -> UInt256 {
        if count >= 256 { return .zero }
        var result = self
        var rest = count
        while rest >= 64 {
            result = UInt256(result.words.1, result.words.2, result.words.3, 0)
            rest -= 64
        }
        if rest == 0 { return result }
        let (down, up) = (UInt64(rest), UInt64(64 - rest))
        return UInt256(
            result.words.0 &>> down | result.words.1 &<< up, result.words.1 &>> down | result.words.2 &<< up,
            result.words.2 &>> down | result.words.3 &<< up, result.words.3 &>> down)
    }

    /// Returns the number times 2^`count`, modulo 2^256.
    func shiftedLeft(by count: Int) -> UInt256 {
        if count >= 256 { return .zero }
        var result = self
        var rest = count
        while rest >= 64 {
            result = UInt256(0, result.words.0, result.words.1, result.words.2)
            rest -= 64
        }
        if rest == 0 { return result }
        let (up, down) = (UInt64(rest), UInt64(64 - rest))
        return UInt256(
            result.words.0 &<< up, result.words.1 &<< up | result.words.0 &>> down,
            result.words.2 &<< up | result.words.1 &>> down, result.words.3 &<< up | result.words.2 &>> down)
    }
}

// MARK: Products and quotients

extension UInt256 {
    /// Returns the product as high and low halves.
    @inline(__always)
    func multiplied(by other: UInt256) -> (high: UInt256, low: UInt256) {
        let row0 = multiplied(by: other.words.0)
        let row1 = multiplied(
            by: other.words.1, plus: (row0.low.words.1, row0.low.words.2, row0.low.words.3, row0.high))
        let row2 = multiplied(
            by: other.words.2, plus: (row1.low.words.1, row1.low.words.2, row1.low.words.3, row1.high))
        let row3 = multiplied(
            by: other.words.3, plus: (row2.low.words.1, row2.low.words.2, row2.low.words.3, row2.high))
        return (
            UInt256(row3.low.words.1, row3.low.words.2, row3.low.words.3, row3.high),
            UInt256(row0.low.words.0, row1.low.words.0, row2.low.words.0, row3.low.words.0)
        )
    }

    /// Returns the product with one word, plus four words, as the fifth word and the lower four.
    @inline(__always)
    func multiplied(
        by word: UInt64, plus addend: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    ) -> (high: UInt64, low: UInt256) {
        // A product of two words plus two more words fits into 128 bits.
        let factor = UInt128(word)
        let first = UInt128(words.0) &* factor &+ UInt128(addend.0)
        let second = UInt128(words.1) &* factor &+ UInt128(addend.1) &+ (first &>> 64)
        let third = UInt128(words.2) &* factor &+ UInt128(addend.2) &+ (second &>> 64)
        let fourth = UInt128(words.3) &* factor &+ UInt128(addend.3) &+ (third &>> 64)
        return (
            UInt64(truncatingIfNeeded: fourth &>> 64),
            UInt256(
                UInt64(truncatingIfNeeded: first), UInt64(truncatingIfNeeded: second),
                UInt64(truncatingIfNeeded: third), UInt64(truncatingIfNeeded: fourth))
        )
    }

    /// Returns ⌊`self` · 2^256 / `divisor`⌋, for a divisor whose highest bit is set and that is larger than `self`.
    ///
    /// It works word by word, after D. E. Knuth, TAOCP 2, algorithm D: each word of the quotient is estimated from the
    /// highest two words of the remainder and the highest one of the divisor, which is at most 2 too large.
    func quotientOfShifted(by divisor: UInt256) -> UInt256 {
        var rest = self
        var quotient = UInt256.zero
        for _ in 0..<4 {
            let digit = Self.divide(&rest, by: divisor)
            quotient = UInt256(digit, quotient.words.0, quotient.words.1, quotient.words.2)
        }
        return quotient
    }

    /// Returns the next word of a quotient; `rest` · 2^64 becomes the new remainder.
    private static func divide(_ rest: inout UInt256, by divisor: UInt256) -> UInt64 {
        var digit: UInt64 = .max
        if rest.words.3 < divisor.words.3 {
            digit = divisor.words.3.dividingFullWidth((rest.words.3, rest.words.2)).quotient
        }
        let shifted = UInt256(0, rest.words.0, rest.words.1, rest.words.2)
        var (productHigh, product) = divisor.multiplied(by: digit)
        // These are five words: rest.words.3 above `shifted`, `productHigh` above `product`.
        while productHigh > rest.words.3 || (productHigh == rest.words.3 && shifted < product) {
            digit &-= 1
            let (less, borrow) = product.subtracting(divisor)
            product = less
            if borrow { productHigh &-= 1 }
        }
        rest = shifted.subtracting(product).difference
        return digit
    }
}
