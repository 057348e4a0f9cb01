/// Operations on words of eight bytes, which replace loops over single bytes.
enum ByteWord {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// Loads eight bytes of `bytes` from `offset`, the first one in the lowest byte.
    ///
    /// - Precondition: All eight bytes are within `bytes`.
    @inline(__always)
    static func load(_ bytes: Span<UInt8>, at offset: Int) -> UInt64 {
        // SAFETY: bytes have no padding, any eight of them form a UInt64, and the load is checked against the span's
        // bounds.
        unsafe UInt64(littleEndian: bytes.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// Loads eight bytes of `bytes` from `offset`, without a bounds check; the caller ensures that they are within
    /// `bytes`.
    @inline(__always)
    @unsafe
    static func loadUnchecked(_ bytes: Span<UInt8>, at offset: Int) -> UInt64 {
        unsafe UInt64(
            littleEndian: bytes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
    }

    /// Skips whole words in which `find` finds nothing, four at a time while possible.
    ///
    /// - Parameter find: Returns a word whose lowest set bit is the high bit of the first matching byte, or 0 if no
    ///   byte matches.
    /// - Returns: The position of the first byte that `find` has found; if no whole word has a match, the position from
    ///   which fewer than eight bytes remain.
    @inline(__always)
    static func skip(_ bytes: Span<UInt8>, _ range: Range<Int>, _ find: (UInt64) -> UInt64) -> Int {
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "The range lies in the bytes.")
        var next = range.lowerBound
        // SAFETY: each load ends within the range, which has just been checked to be within the bytes.
        while next <= range.upperBound &- 32 {
            let first = unsafe find(loadUnchecked(bytes, at: next)) | find(loadUnchecked(bytes, at: next &+ 8))
            let second = unsafe find(loadUnchecked(bytes, at: next &+ 16)) | find(loadUnchecked(bytes, at: next &+ 24))
            if first | second != 0 { break }
            next &+= 32
        }
        while next <= range.upperBound &- 8 {
            let found = unsafe find(loadUnchecked(bytes, at: next))
            if found != 0 { return next &+ found.trailingZeroBitCount &>> 3 }
            next &+= 8
        }
        return next
    }

    /// Returns whether a field's name is `literal`, ignoring ASCII case.
    ///
    /// - Parameters:
    ///   - name: Contains only characters that are valid in a name, hence no control characters.
    ///   - literal: Four or more characters, each a lowercase letter or a dash.
    @inline(__always)
    static func isName(_ bytes: Span<UInt8>, _ name: Range<Int>, _ literal: StaticString) -> Bool {
        let count = literal.utf8CodeUnitCount
        guard name.count == count else { return false }
        // That bit changes only an uppercase letter, or a control character into a dash, to another character.
        let lower = ones &* 0x20
        if count < 8 {
            for index in 0..<count {
                // SAFETY: `index` is less than the literal's length.
                guard unsafe bytes[name.lowerBound + index] | 0x20 == literal.utf8Start[index] else { return false }
            }
            return true
        }
        var index = 0
        while true {
            // SAFETY: the eight bytes from `index` end within `count`, which is the literal's length.
            let expected = unsafe load(literal.utf8Start, at: index)
            guard load(bytes, at: name.lowerBound + index) | lower == expected else { return false }
            if index == count - 8 { return true }
            // The last word ends at the end, and may overlap the previous one.
            index = Swift.min(index + 8, count - 8)
        }
    }

    /// Returns a literal of at most eight bytes as such a word, padded with zeros.
    @inline(__always)
    static func of(_ text: StaticString) -> UInt64 {
        var word: UInt64 = 0
        for index in 0..<text.utf8CodeUnitCount {
            // SAFETY: `index` is less than the literal's length.
            word |= unsafe UInt64(text.utf8Start[index]) &<< UInt64(8 &* index)
        }
        return word
    }

    /// Loads eight bytes from `offset` of a pointer; the caller ensures that they are valid.
    @inline(__always)
    @unsafe
    static func load(_ bytes: UnsafePointer<UInt8>, at offset: Int) -> UInt64 {
        unsafe UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// Returns the high bit of each byte that equals `byte`; bytes above the first match may be marked falsely.
    @inline(__always)
    static func matches(_ word: UInt64, _ byte: UInt8) -> UInt64 {
        let difference = word ^ (ones &* UInt64(byte))
        return (difference &- ones) & ~difference & highBits
    }

    /// Returns a nonzero word if a byte is below 0x20 or equals 0x7F.
    @inline(__always)
    static func controls(_ word: UInt64) -> UInt64 {
        // A borrow can only add bits above a true one; the caller then checks each byte.
        (word &- ones &* 0x20) & ~word & highBits | matches(word, 0x7F)
    }

    /// Returns the high bit of each byte that is neither an ASCII letter nor `-`.
    @inline(__always)
    static func othersThanLettersAndDashes(_ word: UInt64) -> UInt64 {
        let lower = (word | ones &* 0x20) & ~highBits
        let letters = (lower &+ ones &* (0x80 - 0x61)) & ~(lower &+ ones &* (0x7F - 0x7A))
        let difference = word ^ (ones &* 0x2D)
        let dashes = ~((difference & ~highBits) &+ ones &* 0x7F | difference)
        return ~((letters | dashes) & ~word) & highBits
    }

    /// Returns a nonzero word unless all bytes are ASCII letters, digits, `-`, `.`, `/` or `_`.
    @inline(__always)
    static func othersThanPlainPath(_ word: UInt64) -> UInt64 {
        let low = word & ~highBits
        let lower = low | ones &* 0x20
        let letters = (lower &+ ones &* (0x80 - 0x61)) & ~(lower &+ ones &* (0x7F - 0x7A))
        // `-`, `.`, `/` and the digits are consecutive.
        let digits = (low &+ ones &* (0x80 - 0x2D)) & ~(low &+ ones &* (0x7F - 0x39))
        let difference = low ^ (ones &* 0x5F)
        let underscores = ~(difference &+ ones &* 0x7F)
        return ~((letters | digits | underscores) & ~word) & highBits
    }

    /// Returns the word with its ASCII letters in lower case.
    @inline(__always)
    static func lowercased(_ word: UInt64) -> UInt64 {
        let low = word & ~highBits
        let upper = (low &+ ones &* (0x80 - 0x41)) & ~(low &+ ones &* (0x7F - 0x5A)) & ~word & highBits
        return word | upper >> 2
    }
}
