/// The form of most long numbers, as `%.20f` prints them.
extension LongNumber {
    /// Reads a number from `position` to `end`: up to three digits, a point, and enough digits for 19 significant ones.
    ///
    /// With p significant digits before the point and z zeros after it, of which one is 0, the 19 digits are the p
    /// digits, the 16 after the point and the zeros, and 3 - p more:
    ///
    ///     12.34567890123456789000          0.0012345678901234567890000
    ///     pp 16              1  rest       . zz16              3  rest
    ///
    /// Sixteen bytes before the range and sixteen after it must be readable.
    ///
    /// - Returns: nil if the number has another form.
    @inline(__always)
    init?(
        fraction bytes: UnsafePointer<UInt8>, from position: Int, to end: Int, _ powersOfTen: UnsafePointer<UInt64>
    ) {
        self.init()
        isNegative = unsafe bytes[position] == UInt8(ascii: "-")
        let start = position &+ (isNegative ? 1 : 0)
        let word = unsafe Digits.load(bytes, start)
        let point = Digits.pointIndex(word ^ Digits.zeros)
        guard 1...3 ~= point else { return nil }
        let fractionStart = start &+ point &+ 1
        var (integerCount, zeroCount) = (point, 0)
        if word & 0xFF == 0 {
            // A leading zero must be the only digit before the point.
            guard point == 1 else { return nil }
            let fraction = unsafe Digits.load(bytes, fractionStart)
            (integerCount, zeroCount) = (0, fraction.trailingZeroBitCount &>> 3)
        }
        let integerWord = word & (1 &<< UInt64(truncatingIfNeeded: 8 &* point) &- 1)
        let first = fractionStart &+ zeroCount
        let lastCount = 3 &- integerCount
        var index = first &+ 16 &+ lastCount
        guard zeroCount < 8, index <= end, Digits.othersMask(integerWord) == 0,
            let middle = unsafe SixteenBytes(bytes + first).value
        else { return nil }
        // The bytes after the range are shifted out, so that they need not be digits.
        let lastWord = unsafe Digits.load(bytes, first &+ 16) << UInt64(truncatingIfNeeded: 64 &- 8 &* lastCount)
        while index &+ 8 <= end {
            let word = unsafe Digits.load(bytes, index)
            guard Digits.othersMask(word) == 0 else { return nil }
            rest |= word
            index &+= 8
        }
        let restWord = unsafe Digits.load(bytes, end &- 8) >> UInt64(truncatingIfNeeded: 64 &- 8 &* (end &- index))
        guard (Digits.othersMask(lastWord) | Digits.othersMask(restWord)) == 0 else { return nil }
        rest |= restWord
        let integer = Digits.value(integerWord, first: point)
        significand =
            unsafe (integer &* powersOfTen[16] &+ middle) &* powersOfTen[lastCount] &+ Digits.value(lastWord)
        exponent = 0 &- zeroCount &- 16 &- lastCount
    }
}
