extension Natural {
    /// Returns the quotient, rounded down, and the remainder.
    public func quotientAndRemainder(dividingBy divisor: UInt64) -> (quotient: Natural, remainder: UInt64) {
        precondition(divisor != 0, "Division by zero.")
        var quotient = limbs
        var remainder: UInt64 = 0
        for index in limbs.indices.reversed() {
            (quotient[index], remainder) = divisor.dividingFullWidth((remainder, limbs[index]))
        }
        return (Natural(limbs: quotient), remainder)
    }

    /// Returns the quotient, rounded down, and the remainder.
    ///
    /// This is algorithm D of D. E. Knuth, The Art of Computer Programming, volume 2, section 4.3.1.
    public func quotientAndRemainder(dividingBy divisor: Natural) -> (quotient: Natural, remainder: Natural) {
        if let word = divisor.word {
            let (quotient, remainder) = quotientAndRemainder(dividingBy: word)
            return (quotient, Natural(remainder))
        }
        if self < divisor { return (.zero, self) }
        // D1: scaled so that the divisor's leading bit is set, which makes each estimate at most 2 too large.
        let shift = divisor.limbs[divisor.limbs.count - 1].leadingZeroBitCount
        let divisorLimbs = (divisor << shift).limbs
        var rest = (self << shift).limbs
        rest.append(contentsOf: repeatElement(0, count: limbs.count + 1 - rest.count))
        var quotient = [UInt64](repeating: 0, count: limbs.count - divisorLimbs.count + 1)
        for index in quotient.indices.reversed() {
            let estimate = Self.quotientDigit(rest, divisorLimbs, at: index)
            quotient[index] = Self.subtract(divisorLimbs, times: estimate, from: &rest, at: index)
        }
        return (Natural(limbs: quotient), Natural(limbs: rest) >> shift)
    }

    /// D3: returns the next digit of the quotient, or one more.
    private static func quotientDigit(_ rest: [UInt64], _ divisor: [UInt64], at index: Int) -> UInt64 {
        let (first, second) = (divisor[divisor.count - 1], divisor[divisor.count - 2])
        let top = index + divisor.count
        if rest[top] >= first { return .max }
        var (digit, remainder) = first.dividingFullWidth((rest[top], rest[top - 1]))
        while true {
            let (high, low) = digit.multipliedFullWidth(by: second)
            if (high, low) <= (remainder, rest[top - 2]) { return digit }
            digit -= 1
            let (sum, overflow) = remainder.addingReportingOverflow(first)
            if overflow { return digit }
            remainder = sum
        }
    }

    /// D4 to D6: subtracts the divisor `digit` times from the limbs that begin at `index`, or once less if that is too
    /// often.
    ///
    /// - Returns: How many times the divisor was subtracted.
    private static func subtract(
        _ divisor: [UInt64], times digit: UInt64, from rest: inout [UInt64], at index: Int
    ) -> UInt64 {
        var carry: UInt64 = 0
        for position in divisor.indices {
            let (high, low) = divisor[position].multipliedFullWidth(by: digit)
            let (product, overflow) = low.addingReportingOverflow(carry)
            let (difference, borrow) = rest[index + position].subtractingReportingOverflow(product)
            rest[index + position] = difference
            carry = high &+ (overflow ? 1 : 0) &+ (borrow ? 1 : 0)
        }
        let top = index + divisor.count
        let (difference, isTooOften) = rest[top].subtractingReportingOverflow(carry)
        rest[top] = difference
        guard isTooOften else { return digit }
        var addCarry = false
        for position in divisor.indices {
            let (partial, first) = rest[index + position].addingReportingOverflow(divisor[position])
            let (sum, second) = partial.addingReportingOverflow(addCarry ? 1 : 0)
            rest[index + position] = sum
            addCarry = first || second
        }
        rest[top] &+= addCarry ? 1 : 0
        return digit - 1
    }

    public static func / (left: Natural, right: Natural) -> Natural {
        left.quotientAndRemainder(dividingBy: right).quotient
    }

    public static func % (left: Natural, right: Natural) -> Natural {
        left.quotientAndRemainder(dividingBy: right).remainder
    }

    /// Returns the greatest common divisor; that of 0 and n is n.
    ///
    /// It uses Euclid's algorithm after taking out the powers of two, of which binary significands have many.
    public static func greatestCommonDivisor(_ left: Natural, _ right: Natural) -> Natural {
        if left.isZero { return right }
        if right.isZero { return left }
        let twos = min(left.trailingZeroBitCount, right.trailingZeroBitCount)
        var (larger, smaller) = (left >> left.trailingZeroBitCount, right >> right.trailingZeroBitCount)
        while !smaller.isZero { (larger, smaller) = (smaller, larger % smaller) }
        return larger << twos
    }

    /// Returns the square root, rounded down.
    ///
    /// Newton's iteration a ← (a + n/a)/2 runs on the leading 2d bits of n, with a precision d that doubles from step
    /// to step. Before each step (a − 1)² < ⌊n / 4^(c − d)⌋ < (a + 1)², which the step maintains for the next d, so
    /// that one comparison at the end makes a exact (M. Dickinson's `math.isqrt` of CPython, with its proof).
    public func squareRoot() -> Natural {
        if isZero { return .zero }
        let halfWidth = (bitWidth - 1) / 2
        var root = Natural.one
        var precision = 0
        for shift in (0..<(Int.bitWidth - halfWidth.leadingZeroBitCount)).reversed() {
            let last = precision
            precision = halfWidth >> shift
            root = (root << (precision - last - 1)) + (self >> (2 * halfWidth - last - precision + 1)) / root
        }
        return root * root > self ? root - .one : root
    }
}
