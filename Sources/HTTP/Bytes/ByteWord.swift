/// Eight bytes at a time: what a loop over single bytes says, said of a word of them.
enum ByteWord {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// Eight bytes of `bytes` from `offset`, the first one lowest.
    ///
    /// - Precondition: They are there.
    @inline(__always)
    static func load(_ bytes: Span<UInt8>, at offset: Int) -> UInt64 {
        // SAFETY: bytes have no padding, any eight of them are a UInt64, and the load is checked to lie in the span.
        unsafe UInt64(littleEndian: bytes.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// Eight bytes of `bytes` from `offset`; that they are there is the caller's to know.
    @inline(__always)
    @unsafe
    static func loadUnchecked(_ bytes: Span<UInt8>, at offset: Int) -> UInt64 {
        unsafe UInt64(
            littleEndian: bytes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
    }

    /// Skips whole words in which `find` finds nothing, four at a time while it can.
    ///
    /// - Parameter find: Gives a word whose lowest bit that is set is the high bit of the first byte looked for; 0 if
    ///   there is none.
    /// - Returns: The position of the first byte that `find` has found; if there is none in a whole word, the position
    ///   from which fewer than eight bytes are left.
    @inline(__always)
    static func skip(_ bytes: Span<UInt8>, _ range: Range<Int>, _ find: (UInt64) -> UInt64) -> Int {
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "The range lies in the bytes.")
        var next = range.lowerBound
        // SAFETY: what is loaded ends before the range does, which lies in the bytes, as has just been checked.
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

    /// Whether a field's name is `literal`, without regard to ASCII case.
    ///
    /// - Parameters:
    ///   - name: Of the characters that a name may have, none of them a control.
    ///   - literal: Letters in lower case and dashes, four or more.
    @inline(__always)
    static func isName(_ bytes: Span<UInt8>, _ name: Range<Int>, _ literal: StaticString) -> Bool {
        let count = literal.utf8CodeUnitCount
        guard name.count == count else { return false }
        // Only a letter in upper case, or a control for a dash, becomes another character by that bit.
        let lower = ones &* 0x20
        if count < 8 {
            for index in 0..<count {
                // SAFETY: `index` is below the literal's length.
                guard unsafe bytes[name.lowerBound + index] | 0x20 == literal.utf8Start[index] else { return false }
            }
            return true
        }
        var index = 0
        while true {
            // SAFETY: the eight bytes from `index` lie below `count`, which is the literal's length.
            let expected = unsafe load(literal.utf8Start, at: index)
            guard load(bytes, at: name.lowerBound + index) | lower == expected else { return false }
            if index == count - 8 { return true }
            // The last word reaches to the end, and may overlap the one before.
            index = Swift.min(index + 8, count - 8)
        }
    }

    /// A literal of at most eight bytes as such a word, zero behind them.
    @inline(__always)
    static func of(_ text: StaticString) -> UInt64 {
        var word: UInt64 = 0
        for index in 0..<text.utf8CodeUnitCount {
            // SAFETY: `index` is below the literal's length.
            word |= unsafe UInt64(text.utf8Start[index]) &<< UInt64(8 &* index)
        }
        return word
    }

    /// Eight bytes from a pointer's `offset`; that they are there is the caller's to know.
    @inline(__always)
    @unsafe
    static func load(_ bytes: UnsafePointer<UInt8>, at offset: Int) -> UInt64 {
        unsafe UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// The high bit of each byte that equals `byte`; above the first one, perhaps of others too.
    @inline(__always)
    static func matches(_ word: UInt64, _ byte: UInt8) -> UInt64 {
        let difference = word ^ (ones &* UInt64(byte))
        return (difference &- ones) & ~difference & highBits
    }

    /// Not zero where a byte is below 0x20 or equals 0x7F.
    @inline(__always)
    static func controls(_ word: UInt64) -> UInt64 {
        // A borrow can only add bits above a true one; then whoever asks looks at each byte.
        (word &- ones &* 0x20) & ~word & highBits | matches(word, 0x7F)
    }

    /// The high bit of each byte that is no ASCII letter and no `-`.
    @inline(__always)
    static func othersThanLettersAndDashes(_ word: UInt64) -> UInt64 {
        let lower = (word | ones &* 0x20) & ~highBits
        let letters = (lower &+ ones &* (0x80 - 0x61)) & ~(lower &+ ones &* (0x7F - 0x7A))
        let difference = word ^ (ones &* 0x2D)
        let dashes = ~((difference & ~highBits) &+ ones &* 0x7F | difference)
        return ~((letters | dashes) & ~word) & highBits
    }

    /// Not zero where a byte is no ASCII letter, no digit and none of `-`, `.`, `/`, `_`.
    @inline(__always)
    static func othersThanPlainPath(_ word: UInt64) -> UInt64 {
        let low = word & ~highBits
        let lower = low | ones &* 0x20
        let letters = (lower &+ ones &* (0x80 - 0x61)) & ~(lower &+ ones &* (0x7F - 0x7A))
        // `-`, `.`, `/` and the digits follow one another.
        let digits = (low &+ ones &* (0x80 - 0x2D)) & ~(low &+ ones &* (0x7F - 0x39))
        let difference = low ^ (ones &* 0x5F)
        let underscores = ~(difference &+ ones &* 0x7F)
        return ~((letters | digits | underscores) & ~word) & highBits
    }

    /// The word with its ASCII letters in lower case.
    @inline(__always)
    static func lowercased(_ word: UInt64) -> UInt64 {
        let low = word & ~highBits
        let upper = (low &+ ones &* (0x80 - 0x41)) & ~(low &+ ones &* (0x7F - 0x5A)) & ~word & highBits
        return word | upper >> 2
    }
}
