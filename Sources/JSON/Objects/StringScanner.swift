/// Reads a JSON string (RFC 8259 §7) byte by byte, beginning after its opening quotation mark.
///
/// It checks UTF-8 (RFC 3629), escapes and surrogates, and stores a prefix of the decoded text if requested.
struct StringScanner {
    /// Reports the effect of a byte.
    enum Outcome {
        case more
        /// The byte was the closing quotation mark.
        case end
        case malformed(StaticString)
    }

    private enum State {
        case plain
        /// Inside a character of several bytes: the number of remaining bytes, and the range of the next one.
        case continuation(remaining: Int, ClosedRange<UInt8>)
        case escape
        /// Inside `\uXXXX`: the number of remaining hexadecimal digits, and the value so far.
        case hexDigits(remaining: Int, value: UInt32)
        /// After the first half of a surrogate pair, which `\` and then `u` must follow.
        case pairEscape
        case pairEscapeLetter
    }

    private let isHeld: Bool
    private var state = State.plain
    private var highSurrogate: UInt32 = 0
    /// The decoded text, or its prefix of at most ``JSONLimits/heldStringByteCountMax`` bytes.
    private(set) var held: [UInt8] = []
    private var isCut = false

    init(isHeld: Bool) { self.isHeld = isHeld }

    /// Whether `held` is the whole decoded text.
    var isWhole: Bool { isHeld && !isCut }

    /// The decoded text; if it was too long, its prefix with an ellipsis.
    var text: String { String(decoding: held, as: UTF8.self) + (isCut ? "…" : "") }

    /// Consumes the bytes from `start` on that are ASCII and represent themselves.
    ///
    /// - Returns: The position after them.
    mutating func takeRun(_ bytes: Span<UInt8>, from start: Int) -> Int {
        guard case .plain = state else { return start }
        var end = start
        while end < bytes.count, bytes[end] >= 0x20, bytes[end] < 0x80, bytes[end] != UInt8(ascii: "\""),
            bytes[end] != UInt8(ascii: "\\")
        {
            end += 1
        }
        guard isHeld, end > start else { return end }
        let room = isCut ? 0 : JSONLimits.heldStringByteCountMax - held.count
        let kept = min(room, end - start)
        held.append(addingCapacity: kept) { held in
            for index in start..<start + kept { held.append(bytes[index]) }
        }
        if kept < end - start { isCut = true }
        return end
    }

    mutating func take(_ byte: UInt8) -> Outcome {
        switch state {
        case .plain: return takePlain(byte)
        case .continuation(let remaining, let range):
            guard range.contains(byte) else { return .malformed("The text is not UTF-8.") }
            hold(byte)
            state = remaining == 1 ? .plain : .continuation(remaining: remaining - 1, 0x80...0xBF)
            return .more
        case .escape: return takeEscaped(byte)
        case .hexDigits(let remaining, let value):
            guard let digit = Self.hexDigitValue(byte) else {
                return .malformed("Expected four hexadecimal digits after \\u.")
            }
            let value = value << 4 | digit
            if remaining > 1 {
                state = .hexDigits(remaining: remaining - 1, value: value)
                return .more
            }
            return takeCodeUnit(value)
        case .pairEscape:
            guard byte == UInt8(ascii: "\\") else { return Self.loneSurrogate }
            state = .pairEscapeLetter
            return .more
        case .pairEscapeLetter:
            guard byte == UInt8(ascii: "u") else { return Self.loneSurrogate }
            state = .hexDigits(remaining: 4, value: 0)
            return .more
        }
    }

    private static var loneSurrogate: Outcome { .malformed("A surrogate escape must be one of a pair.") }

    private mutating func takePlain(_ byte: UInt8) -> Outcome {
        switch byte {
        case UInt8(ascii: "\""): return .end
        case UInt8(ascii: "\\"):
            state = .escape
            return .more
        case 0..<0x20: return .malformed("A control character in a string must be escaped.")
        // The lead bytes of well-formed UTF-8 and the bytes that may follow each (RFC 3629 §4).
        case 0xC2...0xDF: state = .continuation(remaining: 1, 0x80...0xBF)
        case 0xE0: state = .continuation(remaining: 2, 0xA0...0xBF)
        case 0xE1...0xEC, 0xEE, 0xEF: state = .continuation(remaining: 2, 0x80...0xBF)
        case 0xED: state = .continuation(remaining: 2, 0x80...0x9F)
        case 0xF0: state = .continuation(remaining: 3, 0x90...0xBF)
        case 0xF1...0xF3: state = .continuation(remaining: 3, 0x80...0xBF)
        case 0xF4: state = .continuation(remaining: 3, 0x80...0x8F)
        case 0x80...0xC1, 0xF5...0xFF: return .malformed("The text is not UTF-8.")
        default: break
        }
        hold(byte)
        return .more
    }

    private mutating func takeEscaped(_ byte: UInt8) -> Outcome {
        state = .plain
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): hold(byte)
        case UInt8(ascii: "b"): hold(0x08)
        case UInt8(ascii: "f"): hold(0x0C)
        case UInt8(ascii: "n"): hold(0x0A)
        case UInt8(ascii: "r"): hold(0x0D)
        case UInt8(ascii: "t"): hold(0x09)
        case UInt8(ascii: "u"): state = .hexDigits(remaining: 4, value: 0)
        default: return .malformed("Unknown escape sequence.")
        }
        return .more
    }

    /// Consumes a UTF-16 code unit that was escaped.
    private mutating func takeCodeUnit(_ unit: UInt32) -> Outcome {
        state = .plain
        switch (unit, highSurrogate) {
        case (0xD800...0xDBFF, 0):
            highSurrogate = unit
            state = .pairEscape
            return .more
        case (0xDC00...0xDFFF, 1...):
            let scalar = 0x10000 + (highSurrogate - 0xD800) << 10 + (unit - 0xDC00)
            highSurrogate = 0
            return hold(scalar: scalar)
        case (0xD800...0xDFFF, _), (_, 1...): return Self.loneSurrogate
        default: return hold(scalar: unit)
        }
    }

    private mutating func hold(scalar: UInt32) -> Outcome {
        guard let scalar = Unicode.Scalar(scalar) else { return Self.loneSurrogate }
        for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { hold(byte) }
        return .more
    }

    private mutating func hold(_ byte: UInt8) {
        guard isHeld else { return }
        if held.count < JSONLimits.heldStringByteCountMax && !isCut { return held.append(byte) }
        if !isCut && Self.isContinuation(byte) {
            // Remove the incomplete last character.
            while let last = held.popLast(), Self.isContinuation(last) {}
        }
        isCut = true
    }

    private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

    private static func hexDigitValue(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A")) + 10
        default: nil
        }
    }
}
