/// Represents a JSON number of at most 19 significant digits that is complete in the input.
///
/// Its value is (-1)^`isNegative` · `significand` · 10^`exponent`. This is the fast path for reading a number, eight
/// digits at a time. It reads no byte twice and never past ``byteCountMax`` bytes.
struct NumberToken {
    /// The number of bytes from its start that reading a number may access.
    static let byteCountMax = 64

    let significand: UInt64
    private let shortExponent: Int32
    let isNegative: Bool

    var exponent: Int { Int(shortExponent) }

    /// Creates a number.
    ///
    /// - Parameter exponent: An exponent whose magnitude is little more than ten thousand.
    @inline(__always)
    init(significand: UInt64, exponent: Int, isNegative: Bool) {
        self.significand = significand
        shortExponent = Int32(truncatingIfNeeded: exponent)
        self.isNegative = isNegative
    }

    /// Creates a number whose value is known: `magnitude`, or its negative.
    @inline(__always)
    init(known magnitude: UInt64, isNegative: Bool) {
        self.init(significand: magnitude, exponent: Self.knownExponent, isNegative: isNegative)
    }

    /// A number that its first digits do not decide.
    static var undecided: NumberToken {
        NumberToken(significand: 1, exponent: undecidedExponent, isNegative: false)
    }

    /// Sentinels that no number has as its exponent: every fast path of rounding leaves them to ``knownMagnitude``.
    private static let (knownExponent, undecidedExponent) = (1 << 30, 1 << 30 + 1)

    /// Whether the exponent is a sentinel, so that the fast paths do not apply.
    @inline(__always)
    var isKnownOrUndecided: Bool { exponent >= Self.knownExponent }

    /// The magnitude if it is known.
    var knownMagnitude: Double? { exponent == Self.knownExponent ? Double(bitPattern: significand) : nil }

    /// Returns whether a number may begin with this byte.
    @inline(__always)
    static func canBegin(with byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
    }

    /// Reads the number that begins at `start`, if a byte after it shows that it is complete.
    ///
    /// - Returns: The number and the position after it, or nil if it is a case for ``LongNumber`` or ``NumberScanner``.
    static func scan(_ bytes: Span<UInt8>, from start: Int) -> (token: NumberToken, end: Int)? {
        let count = bytes.count - start
        var position = 0
        if count >= byteCountMax {
            // SAFETY: `byteCountMax` bytes are readable.
            let token = unsafe bytes.extracting(start...).withUnsafeBufferPointer { unsafe scan($0, &position) }
            return token.map { ($0, start + position) }
        }
        var padded = InlineArray<64, UInt8>(repeating: 0)
        for index in 0..<count { padded[index] = bytes[start + index] }
        let token = unsafe padded.span.withUnsafeBufferPointer { unsafe scan($0, &position) }
        return position < count ? token.map { ($0, start + position) } : nil
    }

    private static func scan(_ bytes: UnsafeBufferPointer<UInt8>, _ position: inout Int) -> NumberToken? {
        unsafe Digits.powersOfTen.withUnsafeBufferPointer { powers in
            guard let byteAddress = bytes.baseAddress, let powerAddress = powers.baseAddress else { return nil }
            return unsafe scan(byteAddress, &position, powerAddress)
        }
    }

    /// Reads the number that begins at `position`.
    ///
    /// - Parameter powersOfTen: ``Digits/powersOfTen``.
    /// - Returns: nil, with `position` unchanged, if the number is malformed or has too many digits. Otherwise
    ///   `position` is that of the first byte after the number.
    @inline(__always)
    static func scan(
        _ bytes: UnsafePointer<UInt8>, _ position: inout Int, _ powersOfTen: UnsafePointer<UInt64>
    ) -> NumberToken? {
        // SAFETY: every read is within `byteCountMax` of `position`, which the caller has checked to be readable: a
        // sign, up to 19 digits, a point, three words of eight bytes, and an exponent of up to six bytes with the byte
        // after it make 60.
        var index = position
        let isNegative = unsafe bytes[index] == UInt8(ascii: "-")
        index &+= isNegative ? 1 : 0
        let integerStart = index
        var digit = unsafe UInt64(bytes[index] &- 0x30)
        guard digit <= 9 else { return nil }
        var significand = digit
        index &+= 1
        digit = unsafe UInt64(bytes[index] &- 0x30)
        if digit <= 9 {
            if significand == 0 { return nil }
            repeat {
                significand = significand &* 10 &+ digit
                index &+= 1
                digit = unsafe UInt64(bytes[index] &- 0x30)
            } while digit <= 9 && index &- integerStart < 19
        }
        var exponent = 0
        if digit == 0xFE {  // the point, '.' - '0'
            index &+= 1
            let fractionStart = index
            var word = unsafe Digits.load(bytes, index)
            var others = Digits.othersMask(word)
            if others == 0 {
                significand = significand &* 100_000_000 &+ Digits.value(word)
                index &+= 8
                word = unsafe Digits.load(bytes, index)
                others = Digits.othersMask(word)
                if others == 0 {
                    significand = significand &* 100_000_000 &+ Digits.value(word)
                    index &+= 8
                    word = unsafe Digits.load(bytes, index)
                    others = Digits.othersMask(word)
                    if others == 0 { return nil }
                }
            }
            let count = others.trailingZeroBitCount &>> 3
            significand = unsafe significand &* powersOfTen[count] &+ Digits.value(word, first: count)
            index &+= count
            exponent = fractionStart &- index
            if exponent == 0 { return nil }
            if index &- integerStart > 20 {
                // The number has more than 19 digits; but leading zeros do not count, and arithmetic modulo 2^64 is
                // exact if at most 19 others follow.
                guard unsafe bytes[integerStart] == UInt8(ascii: "0") else { return nil }
                let word = unsafe Digits.load(bytes, fractionStart)
                let leadingZeroCount = word.trailingZeroBitCount &>> 3
                guard index &- fractionStart &- leadingZeroCount <= 19 else { return nil }
            }
            digit = unsafe UInt64(bytes[index] &- 0x30)
        } else if digit <= 9 {
            return nil
        }
        if digit | 0x20 == 0x35 {  // 'e' - '0', or 'E' - '0'
            index &+= 1
            let sign = unsafe bytes[index]
            if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { index &+= 1 }
            let exponentStart = index
            var value = 0
            digit = unsafe UInt64(bytes[index] &- 0x30)
            while digit <= 9 && index &- exponentStart < 4 {
                value = value &* 10 &+ Int(truncatingIfNeeded: digit)
                index &+= 1
                digit = unsafe UInt64(bytes[index] &- 0x30)
            }
            guard index > exponentStart, digit > 9 else { return nil }
            exponent &+= sign == UInt8(ascii: "-") ? 0 &- value : value
        }
        position = index
        return NumberToken(significand: significand, exponent: exponent, isNegative: isNegative)
    }
}
