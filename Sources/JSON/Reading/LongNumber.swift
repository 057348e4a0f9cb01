/// Reads a JSON number of any length in one pass: its first 19 significant digits, and whether others follow.
///
/// Let the number be d₁d₂…dₙ · 10^e with d₁ ≠ 0. Of its digits, w = d₁…d₁₉ is kept, and whether anything but zeros
/// follows:
///
///  1. If only zeros follow, the number is w · 10^q with q = e + n - 19. So trailing zeros only have to be read.
///  2. Otherwise it is greater than w · 10^q and less than (w + 1) · 10^q. If both ends round to one float64, the
///     number rounds to it too; see ``EiselLemire/roundTruncatedIfPlain(_:_:_:rangeLength:)``. The ends are 2^-60 to
///     2^-63 of the number apart and float64 numbers 2^-52 to 2^-53, so that this leaves about one number in two
///     hundred undecided.
///  3. For an undecided number all digits are read again, and compared with the middle between two float64 numbers; see
///     ``ExactDecimal``.
///
/// Digits after the nineteenth are only checked for being digits, and for being zeros, sixteen at a time.
@safe
struct LongNumber {
    /// The first significant digits; 0 if the number is zero.
    var significand: UInt64 = 0
    /// The number of those digits, at most 19.
    private var digitCount = 0
    /// A word that is not 0 if a digit other than 0 has been omitted.
    var rest: UInt64 = 0
    var exponent = 0
    var isNegative = false

    private static let digitCountMax = 19
    /// The bound on the exponent's magnitude.
    ///
    /// A number past it rounds to zero or exceeds the largest float64, however many digits a text has.
    private static let exponentMax = 1_000_000_000

    /// Whether digits other than 0 follow those of ``significand``.
    var isTruncated: Bool { rest != 0 }

    /// Reads the number that begins at `position`.
    ///
    /// - Parameters:
    ///   - bytes: The input.
    ///   - position: The position of the number; afterwards, of the first byte after it.
    ///   - count: The length of the input.
    ///   - powersOfTen: ``Digits/powersOfTen``.
    /// - Returns: nil, with an undefined position, if the number is malformed or so near to the end of the input that
    ///   it may be incomplete.
    init?(
        _ bytes: UnsafePointer<UInt8>, _ position: inout Int, count: Int, _ powersOfTen: UnsafePointer<UInt64>
    ) {
        // Words are loaded at this position at the latest, so that every byte that ends a run of digits is in the
        // input.
        let lastWord = count &- 8
        guard position < lastWord else { return nil }
        isNegative = unsafe bytes[position] == UInt8(ascii: "-")
        position &+= isNegative ? 1 : 0
        let start = position
        guard let integerKeptCount = unsafe takeDigits(bytes, &position, lastWord, powersOfTen) else { return nil }
        let integerCount = position &- start
        // There must be a digit, and a zero must not precede another digit.
        guard unsafe integerCount == 1 || (integerCount > 1 && bytes[start] != UInt8(ascii: "0")) else { return nil }
        exponent = integerCount &- integerKeptCount
        if unsafe bytes[position] == UInt8(ascii: ".") {
            position &+= 1
            let start = position
            guard let keptCount = unsafe takeDigits(bytes, &position, lastWord, powersOfTen), position > start else {
                return nil
            }
            exponent &-= keptCount
        }
        if unsafe bytes[position] | 0x20 == UInt8(ascii: "e") {
            position &+= 1
            guard let value = unsafe Self.exponent(bytes, &position, lastWord, powersOfTen) else { return nil }
            exponent &+= value
        }
        exponent = max(-Self.exponentMax, min(exponent, Self.exponentMax))
    }

    /// Consumes the digits from `index` on.
    ///
    /// - Returns: The number of digits that count for the exponent: those before the first significant one, and those
    ///   kept. nil if the digits do not end in the input.
    @inline(__always)
    private mutating func takeDigits(
        _ bytes: UnsafePointer<UInt8>, _ index: inout Int, _ lastWord: Int, _ powersOfTen: UnsafePointer<UInt64>
    ) -> Int? {
        let start = index
        if digitCount == 0 { unsafe Self.skipZeros(bytes, &index, lastWord) }
        while digitCount < Self.digitCountMax {
            guard index <= lastWord else { return nil }
            let word = unsafe Digits.load(bytes, index)
            let others = Digits.othersMask(word)
            let count = others == 0 ? 8 : others.trailingZeroBitCount &>> 3
            let keptCount = min(count, Self.digitCountMax &- digitCount)
            // Shifted to the upper bytes, the digits have zeros before them; a shift by 64 results in 0.
            let kept = Digits.value(word << UInt64(truncatingIfNeeded: 64 &- 8 &* keptCount))
            significand = unsafe significand &* powersOfTen[keptCount] &+ kept
            digitCount &+= keptCount
            index &+= keptCount
            if others != 0 && keptCount == count { return index &- start }
        }
        let keptCount = index &- start
        return unsafe Self.skipDigits(bytes, &index, lastWord, &rest) ? keptCount : nil
    }

    /// Skips zeros while whole words are in the input.
    @inline(__always)
    private static func skipZeros(_ bytes: UnsafePointer<UInt8>, _ index: inout Int, _ lastWord: Int) {
        while index <= lastWord {
            let word = unsafe Digits.load(bytes, index)
            index &+= word.trailingZeroBitCount &>> 3
            if word != 0 { return }
        }
    }

    /// Skips digits.
    ///
    /// - Parameter rest: A word that becomes other than 0 if any of the digits is not 0.
    /// - Returns: Whether the digits end in the input.
    @inline(__always)
    static func skipDigits(
        _ bytes: UnsafePointer<UInt8>, _ index: inout Int, _ lastWord: Int, _ rest: inout UInt64
    ) -> Bool {
        while index &+ 8 <= lastWord {
            let (first, second) = unsafe (Digits.load(bytes, index), Digits.load(bytes, index &+ 8))
            guard Digits.othersMask(first) | Digits.othersMask(second) == 0 else { break }
            rest |= first | second
            index &+= 16
        }
        while index <= lastWord {
            let word = unsafe Digits.load(bytes, index)
            let others = Digits.othersMask(word)
            if others == 0 {
                rest |= word
                index &+= 8
                continue
            }
            let count = others.trailingZeroBitCount &>> 3
            rest |= word << UInt64(truncatingIfNeeded: 64 &- 8 &* count)
            index &+= count
            return true
        }
        return false
    }

    /// Reads an exponent after its `e`; one of more digits than can matter becomes a huge one.
    private static func exponent(
        _ bytes: UnsafePointer<UInt8>, _ position: inout Int, _ lastWord: Int, _ powersOfTen: UnsafePointer<UInt64>
    ) -> Int? {
        guard position <= lastWord else { return nil }
        let sign = unsafe bytes[position]
        if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { position &+= 1 }
        let start = position
        var number = LongNumber()
        guard let keptCount = unsafe number.takeDigits(bytes, &position, lastWord, powersOfTen), position > start else {
            return nil
        }
        let saturated: UInt64 = 1_000_000_000_000_000_000
        let isWhole = keptCount == position &- start
        let magnitude = Int(truncatingIfNeeded: isWhole ? min(number.significand, saturated) : saturated)
        return sign == UInt8(ascii: "-") ? 0 &- magnitude : magnitude
    }

    init() {}
}

// The value of the number.
extension LongNumber {
    /// Returns the bits of the nearest float64 to the magnitude in the common case, or 0 if the regular path is needed.
    ///
    /// The regular path handles zero, numbers that need more than a multiplication, and numbers that may have to be
    /// rounded to float32 by the decimal.
    @inline(__always)
    func plainMagnitude(_ tables: ReadingTables, isOverflowKnown: Bool) -> UInt64 {
        guard significand != 0, PowersOfTen.exponents.contains(exponent) else { return 0 }
        let power = unsafe tables.powers[2 &* (exponent &- PowersOfTen.exponents.lowerBound)]
        // A magnitude of 2^127 or more may overflow float32, which must be reported the first time.
        let rangeLength: UInt64 = isOverflowKnown ? 2045 : 1149
        return isTruncated
            ? EiselLemire.roundTruncatedIfPlain(significand, exponent, power, rangeLength: rangeLength)
            : EiselLemire.roundIfPlain(significand, exponent, power, rangeLength: rangeLength)
    }

    /// Returns the magnitude rounded to float64, with the residual; infinite past the largest float64.
    ///
    /// - Parameter text: The text of the number, which is only read if the first digits do not decide.
    func magnitude(of text: UnsafeBufferPointer<UInt8>) -> (value: Double, residual: Int) {
        if significand == 0 { return (0, 0) }
        if !isTruncated {
            return EiselLemire.roundToNearest(significand, exponent)
                ?? ExactDecimal(significand, exponent: exponent).roundedToNearest()
        }
        // The residual matters only for a float64 that is halfway between two float32 numbers.
        if let (value, residual) = EiselLemire.roundTruncated(significand, exponent) {
            if let residual { return (value, residual) }
            if !Float32Rounding.isTie(value) { return (value, 0) }
        }
        var scanner = NumberScanner()
        _ = unsafe scanner.take(Span(_unsafeElements: text))
        return scanner.magnitude.roundedToNearest()
    }
}
