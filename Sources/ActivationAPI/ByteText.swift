// Reading a request's bytes as text: they are compared in place, and become a string only for an error message.

import HTTP

extension Span<UInt8> {
    var first: UInt8? { isEmpty ? nil : self[0] }

    /// Returns whether these are the bytes of an ASCII literal.
    @inline(__always)
    func equals(_ literal: StaticString) -> Bool {
        guard count == literal.utf8CodeUnitCount else { return false }
        let pointer = unsafe literal.utf8Start
        for index in 0..<count {
            // SAFETY: index is below the literal's count of code units.
            guard unsafe self[index] == pointer[index] else { return false }
        }
        return true
    }

    /// Returns whether these are the bytes of an ASCII literal, ignoring the case of letters.
    ///
    /// - Parameter lowercaseLiteral: The literal, in lower case.
    func equalsIgnoringCase(_ lowercaseLiteral: StaticString) -> Bool {
        guard count == lowercaseLiteral.utf8CodeUnitCount else { return false }
        let pointer = unsafe lowercaseLiteral.utf8Start
        for index in 0..<count {
            // SAFETY: index is below the literal's count of code units.
            guard unsafe self[index].lowercasedASCII == pointer[index] else { return false }
        }
        return true
    }

    func equals(_ other: [UInt8]) -> Bool {
        guard count == other.count else { return false }
        for index in indices where self[index] != other[index] { return false }
        return true
    }

    func hasPrefix(_ literal: StaticString) -> Bool {
        count >= literal.utf8CodeUnitCount && extracting(first: literal.utf8CodeUnitCount).equals(literal)
    }

    /// Returns the index of the first `byte` from `start` on, searching eight bytes at a time.
    func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let pattern = UInt64(byte) &* ones
        var index = start
        while index + 32 <= count {
            let others = words(at: index) ^ SIMD4(repeating: pattern)
            let found = (others &- SIMD4(repeating: ones)) & ~others & SIMD4(repeating: ones &* 0x80)
            if found[0] | found[1] | found[2] | found[3] != 0 { break }
            index += 32
        }
        while index + 8 <= count {
            let others = word(at: index) ^ pattern
            // The high bit of every byte that is zero; above the first such byte it is not reliable.
            let found = (others &- ones) & ~others & (ones &* 0x80)
            if found != 0 { return index + found.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < count {
            if self[index] == byte { return index }
            index += 1
        }
        return nil
    }

    /// Returns eight bytes from `offset`, the first one lowest.
    ///
    /// - Precondition: The span has eight bytes from `offset` on.
    @inline(__always)
    func word(at offset: Int) -> UInt64 {
        // SAFETY: bytes have no padding, any eight of them are a UInt64, and the load is bounds-checked.
        unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// Returns 32 bytes from `offset`, as four such words.
    ///
    /// - Precondition: The span has 32 bytes from `offset` on.
    @inline(__always)
    private func words(at offset: Int) -> SIMD4<UInt64> {
        // SAFETY: bytes have no padding, any 32 of them are four UInt64, and the load is bounds-checked.
        let words = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: SIMD4<UInt64>.self)
        return SIMD4(
            UInt64(littleEndian: words[0]), UInt64(littleEndian: words[1]), UInt64(littleEndian: words[2]),
            UInt64(littleEndian: words[3]))
    }

    /// The bytes without spaces and tabs at either end (RFC 9110 §5.6.3).
    var trimmed: Span<UInt8> {
        @_lifetime(copy self) get {
            var start = 0
            var end = count
            while start < end, self[start].isBlank { start += 1 }
            while end > start, self[end - 1].isBlank { end -= 1 }
            return extracting(start..<end)
        }
    }

    /// Splits off the part before the first `separator`; the rest is what follows it, or nil at the end.
    @_lifetime(copy self)
    func splitOff(at separator: UInt8) -> ByteSplit {
        guard let index = firstIndex(of: separator) else {
            return ByteSplit(part: self, rest: nil, scannedByteCount: count)
        }
        return split(at: index, scannedByteCount: index + 1)
    }

    /// Splits off the part before the first `separator` that is not inside a quoted string (RFC 9110 §5.6.4).
    ///
    /// A backslash escapes the byte after it, outside of quotes too, and an unclosed quote quotes nothing. So a split
    /// scans past its part only if the last quote of the list is unclosed, after which no quote is left: splitting a
    /// whole list takes linear time.
    @_lifetime(copy self)
    func splitOff(atUnquoted separator: UInt8) -> ByteSplit {
        var isQuoted = false
        var firstQuoted: Int?
        var index = 0
        while index < count {
            let byte = self[index]
            if byte == UInt8(ascii: "\\") {
                index += 1
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
                firstQuoted = nil
            } else if byte == separator {
                if !isQuoted { return split(at: index, scannedByteCount: index + 1) }
                if firstQuoted == nil { firstQuoted = index }
            }
            index += 1
        }
        if let firstQuoted, isQuoted { return split(at: firstQuoted, scannedByteCount: count) }
        return ByteSplit(part: self, rest: nil, scannedByteCount: count)
    }

    @_lifetime(copy self)
    private func split(at index: Int, scannedByteCount: Int) -> ByteSplit {
        ByteSplit(
            part: extracting(0..<index), rest: extracting((index + 1)...), scannedByteCount: scannedByteCount)
    }

    /// The value without the double quotes around it, if it has them.
    var unquoted: Span<UInt8> {
        @_lifetime(copy self) get {
            guard count >= 2, self[0] == UInt8(ascii: "\""), self[count - 1] == UInt8(ascii: "\"") else { return self }
            return extracting(1..<count - 1)
        }
    }
}

/// The parts before and after a separator.
struct ByteSplit: ~Escapable {
    let part: Span<UInt8>
    let rest: Span<UInt8>?
    /// The number of bytes scanned, which is the cost of the split.
    let scannedByteCount: Int

    @_lifetime(copy part, copy rest)
    init(part: Span<UInt8>, rest: Span<UInt8>?, scannedByteCount: Int) {
        self.part = part
        self.rest = rest
        self.scannedByteCount = scannedByteCount
    }
}

extension UInt8 {
    var lowercasedASCII: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
    var isBlank: Bool { self == 0x20 || self == 0x09 }

    /// Whether the byte may occur in a token (RFC 9110 §5.6.2).
    var isTokenCharacter: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E...0x60, 0x7C, 0x7E:
            true
        default: false
        }
    }

    /// The value of a hexadecimal digit, or nil.
    var hexadecimalValue: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x41 + 10
        case 0x61...0x66: self - 0x61 + 10
        default: nil
        }
    }
}

extension String {
    /// Decodes UTF-8 with replacement characters for what is invalid; for messages only.
    init(decoding bytes: Span<UInt8>) {
        self.init(decoding: Array(copying: bytes), as: UTF8.self)
    }
}

/// Returns text from the caller, in quotes and truncated to a reasonable length.
func quoted(_ text: String) -> String {
    let limit = 64
    return text.count <= limit ? "\"\(text)\"" : "\"\(text.prefix(limit))…\""
}

func quoted(_ bytes: Span<UInt8>) -> String {
    // A character has at most four bytes, so that this is enough for what is shown.
    quoted(String(decoding: bytes.extracting(first: 260)))
}
