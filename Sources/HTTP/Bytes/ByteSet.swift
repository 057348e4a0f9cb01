/// A set of ASCII characters, one bit each, so that membership costs two shifts and no table in memory.
///
/// `ByteSetTests` checks the literals against their grammars, character by character.
struct ByteSet {
    /// Bit n represents character n.
    let low: UInt64
    /// Bit n represents character 64 + n.
    let high: UInt64

    /// `tchar` (RFC 9110 §5.6.2).
    static let token = ByteSet(low: 0x03FF_6CFA_0000_0000, high: 0x57FF_FFFF_C7FF_FFFE)
    /// `pchar` and `/`, without the `%` of an escape (RFC 3986 §3.3).
    static let path = ByteSet(low: 0x2FFF_FFD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFF)
    /// `reg-name` without the `%` of an escape (RFC 3986 §3.2.2).
    static let registeredName = ByteSet(low: 0x2BFF_7FD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFE)

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        guard byte < 0x80 else { return false }
        return ((byte < 64 ? low : high) &>> UInt64(byte)) & 1 == 1
    }
}

/// The bytes that HTTP's grammar names.
enum Byte {
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let space: UInt8 = 0x20
    static let quote: UInt8 = 0x22
    static let numberSign: UInt8 = 0x23
    static let percent: UInt8 = 0x25
    static let asterisk: UInt8 = 0x2A
    static let comma: UInt8 = 0x2C
    static let slash: UInt8 = 0x2F
    static let colon: UInt8 = 0x3A
    static let semicolon: UInt8 = 0x3B
    static let equals: UInt8 = 0x3D
    static let questionMark: UInt8 = 0x3F
    static let at: UInt8 = 0x40
    static let openBracket: UInt8 = 0x5B
    static let backslash: UInt8 = 0x5C
    static let closeBracket: UInt8 = 0x5D
}

extension UInt8 {
    /// Whether the byte is valid in a field value: HTAB, SP, VCHAR or obs-text (RFC 9110 §5.5).
    @inline(__always)
    var isFieldValueByte: Bool { (self >= 0x20 && self != 0x7F) || self == Byte.tab }

    /// Whether the byte is a space or tab, the only bytes of OWS (RFC 9110 §5.6.3).
    @inline(__always)
    var isOptionalWhitespace: Bool { self == Byte.space || self == Byte.tab }

    @inline(__always)
    var isDigit: Bool { self &- 0x30 < 10 }

    /// The value of a hexadecimal digit in either case, or nil for any other byte.
    @inline(__always)
    var hexadecimalValue: Int? {
        if isDigit { return Int(self &- 0x30) }
        let letter = (self | 0x20) &- 0x61
        return letter < 6 ? Int(letter) + 10 : nil
    }

    /// The byte with an ASCII letter in lower case, and any other byte unchanged.
    @inline(__always)
    var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
}

extension Span<UInt8> {
    /// Returns whether these bytes equal `text`, ignoring ASCII case.
    ///
    /// - Parameter text: A literal in lower case.
    func equals(lowercase text: StaticString) -> Bool { equals(text, ignoringCase: true) }

    /// Returns whether these bytes are exactly `text`.
    func equals(_ text: StaticString) -> Bool { equals(text, ignoringCase: false) }

    @inline(__always)
    private func equals(_ text: StaticString, ignoringCase: Bool) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        let expected = unsafe text.utf8Start
        if count < 8 {
            for index in indices {
                let byte = ignoringCase ? self[index].lowercased : self[index]
                // SAFETY: `index` is below `count`, which is the literal's length.
                guard unsafe byte == expected[index] else { return false }
            }
            return true
        }
        var index = 0
        while true {
            let word = ByteWord.load(self, at: index)
            // SAFETY: the eight bytes from `index` end within `count`, which is the literal's length.
            let expectedWord = unsafe ByteWord.load(expected, at: index)
            guard (ignoringCase ? ByteWord.lowercased(word) : word) == expectedWord else { return false }
            if index == count - 8 { return true }
            // The last word ends at the end, and may overlap the previous one.
            index = Swift.min(index + 8, count - 8)
        }
    }

    /// Returns `range` without the spaces and tabs at its ends.
    func trimmingOptionalWhitespace(_ range: Range<Int>) -> Range<Int> {
        var lower = range.lowerBound
        var upper = range.upperBound
        while lower < upper, self[lower].isOptionalWhitespace { lower += 1 }
        while upper > lower, self[upper - 1].isOptionalWhitespace { upper -= 1 }
        return lower..<upper
    }
}
