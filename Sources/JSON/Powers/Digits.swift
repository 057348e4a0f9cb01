/// Arithmetic on eight decimal digits in a word, the first one in the lowest byte.
enum Digits {
    /// Eight bytes, each xor '0': digits become their values.
    @inline(__always)
    static func load(_ bytes: UnsafePointer<UInt8>, _ index: Int) -> UInt64 {
        // Any address is fine for an unaligned load; that the eight bytes are there is the caller's to know.
        let word = unsafe UnsafeRawPointer(bytes).loadUnaligned(fromByteOffset: index, as: UInt64.self)
        return UInt64(littleEndian: word) ^ 0x3030_3030_3030_3030
    }

    /// The high bit of every byte up to the first one that is no digit, set for that one.
    ///
    /// Bits above that first one mean nothing, for carries run upwards.
    @inline(__always)
    static func othersMask(_ word: UInt64) -> UInt64 {
        ((word &+ 0x7676_7676_7676_7676) | word) & 0x8080_8080_8080_8080
    }

    /// The value of eight digits.
    @inline(__always)
    static func value(_ word: UInt64) -> UInt64 {
        let pairs = word &* 10 &+ word &>> 8
        let low = (pairs & 0x0000_00FF_0000_00FF) &* (100 &+ 1_000_000 &<< 32)
        let high = (pairs &>> 16 & 0x0000_00FF_0000_00FF) &* (1 &+ 10_000 &<< 32)
        return (low &+ high) &>> 32
    }

    /// The value of the first `count` digits, 0 to 7.
    @inline(__always)
    static func value(_ word: UInt64, first count: Int) -> UInt64 {
        // Moved up, they have zeros before them.
        value((word &<< UInt64(truncatingIfNeeded: 56 &- count &* 8)) &<< 8)
    }

    /// The value of four bytes, each xor '0', the first one in the lowest byte; nil where one is no digit.
    @inline(__always)
    static func valueIfDigits(_ word: UInt32) -> UInt64? {
        guard (word &+ 0x7676_7676 | word) & 0x8080_8080 == 0 else { return nil }
        // In each half, a digit times ten and the next one; then the same with a hundred.
        let twos = (word &* (10 &<< 8 | 1)) &>> 8 & 0x00FF_00FF
        return UInt64((twos &* (100 &<< 16 | 1)) &>> 16)
    }

    /// The same of eight bytes.
    @inline(__always)
    static func valueIfDigits(_ word: UInt64) -> UInt64? { othersMask(word) == 0 ? value(word) : nil }

    /// The index of the first point among eight bytes of text; 8 where there is none.
    @inline(__always)
    static func pointIndex(_ text: UInt64) -> Int {
        let others = text ^ 0x2E2E_2E2E_2E2E_2E2E
        // The high bit of every byte that is zero; above the first such byte it may mean nothing.
        let isPoint = (others &- 0x0101_0101_0101_0101) & ~others & 0x8080_8080_8080_8080
        return isPoint.trailingZeroBitCount &>> 3
    }

    /// Eight digits 0 as text.
    @inline(__always)
    static var zeros: UInt64 { 0x3030_3030_3030_3030 }

    /// The digits of two numbers below 10^8 as text, the first one in the highest byte.
    ///
    /// Baseline x86-64 has an instruction for each multiplication here if the numbers come from memory; otherwise LLVM
    /// takes the vectors apart.
    @inline(__always)
    static func separated(_ eights: SIMD2<UInt64>) -> SIMD2<UInt64> {
        // Lanes of eight digits become lanes of four, of two, of one: the remainder takes the lower half, the quotient
        // the upper one, which adding the quotient times 2^32 - 10^4 does at once. The factors are 1/10^4, 1/100 and
        // 1/10, exact enough for numbers of 8, 4 and 2 digits. The masks change nothing but tell the compiler that
        // factors have 32 bits, or 16.
        let thousands = ((eights & SIMD2(repeating: 0x7FF_FFFF)) &* SIMD2(repeating: 109_951_163)) &>> 40
        let halves = eights &+ (thousands & SIMD2(repeating: 0x3FFF)) &* SIMD2(repeating: 1 &<< 32 &- 10_000)
        // Sound: vectors of integers of the same size, to which any bits are valid.
        let fours = unsafe unsafeBitCast(halves, to: SIMD4<UInt32>.self)
        let hundreds = ((fours & SIMD4(repeating: 0x3FFF)) &* SIMD4(repeating: 10_486)) &>> 20
        let hundredWords = unsafe unsafeBitCast(hundreds, to: SIMD8<UInt16>.self)
        let products = unsafe unsafeBitCast(hundredWords &* SIMD8(repeating: 100), to: SIMD4<UInt32>.self)
        let twos = unsafe unsafeBitCast(fours &- products &+ hundreds &<< 16, to: SIMD8<UInt16>.self)
        let tens = (twos &* SIMD8(repeating: 103)) &>> 10
        let text = (twos &+ tens &* SIMD8(repeating: 1 &<< 8 &- 10)) | SIMD8(repeating: 0x3030)
        return unsafe unsafeBitCast(text, to: SIMD2<UInt64>.self)
    }

    /// 10^0 to 10^19.
    static let powersOfTen: [UInt64] = [
        1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
        100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
        10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
    ]
}
