/// Computes with eight decimal digits in a word, the first one in the lowest byte.
enum Digits {
    /// Loads eight bytes, each XORed with '0', so that digits become their values.
    @inline(__always)
    static func load(_ bytes: UnsafePointer<UInt8>, _ index: Int) -> UInt64 {
        // SAFETY: an unaligned load accepts any address; the caller ensures that the eight bytes are readable.
        let word = unsafe UnsafeRawPointer(bytes).loadUnaligned(fromByteOffset: index, as: UInt64.self)
        return UInt64(littleEndian: word) ^ 0x3030_3030_3030_3030
    }

    /// Returns the high bit of every byte up to the first non-digit, which is set only for that byte.
    ///
    /// Bits above the first non-digit are undefined, since carries propagate upwards.
    @inline(__always)
    static func othersMask(_ word: UInt64) -> UInt64 {
        ((word &+ 0x7676_7676_7676_7676) | word) & 0x8080_8080_8080_8080
    }

    /// Returns the value of eight digits.
    ///
    /// 1. `pairs` has in every other byte the value of two digits, 10 · d₀ + d₁, from the lowest byte on.
    /// 2. `low` is the first and third pair, each multiplied by its weight 10^6 or 10^2; the upper half of the product
    ///    has the sum.
    /// 3. `high` is the second and fourth pair, with the weights 10^4 and 1.
    /// 4. The upper half of `low` + `high` is the value.
    @inline(__always)
    static func value(_ word: UInt64) -> UInt64 {
        let pairs = word &* 10 &+ word &>> 8
        let low = (pairs & 0x0000_00FF_0000_00FF) &* (100 &+ 1_000_000 &<< 32)
        let high = (pairs &>> 16 & 0x0000_00FF_0000_00FF) &* (1 &+ 10_000 &<< 32)
        return (low &+ high) &>> 32
    }

    /// Returns the value of the first `count` digits, 0 to 7.
    @inline(__always)
    static func value(_ word: UInt64, first count: Int) -> UInt64 {
        // Shifted to the upper bytes, the digits have zeros before them.
        value((word &<< UInt64(truncatingIfNeeded: 56 &- count &* 8)) &<< 8)
    }

    /// Returns the value of four bytes, each XORed with '0' and the first one lowest, or nil if one is not a digit.
    @inline(__always)
    static func valueIfDigits(_ word: UInt32) -> UInt64? {
        guard (word &+ 0x7676_7676 | word) & 0x8080_8080 == 0 else { return nil }
        // Each half becomes ten times a digit plus the next one; then the word becomes a hundred times a half plus the
        // next one.
        let twos = (word &* (10 &<< 8 | 1)) &>> 8 & 0x00FF_00FF
        return UInt64((twos &* (100 &<< 16 | 1)) &>> 16)
    }

    /// Returns the value of eight bytes, each XORed with '0' and the first one lowest, or nil if one is not a digit.
    @inline(__always)
    static func valueIfDigits(_ word: UInt64) -> UInt64? { othersMask(word) == 0 ? value(word) : nil }

    /// Returns the index of the first point among eight bytes of text, or 8 if there is no point.
    @inline(__always)
    static func pointIndex(_ text: UInt64) -> Int {
        let others = text ^ 0x2E2E_2E2E_2E2E_2E2E
        // The high bit of every byte that is zero; above the first such byte it is undefined.
        let isPoint = (others &- 0x0101_0101_0101_0101) & ~others & 0x8080_8080_8080_8080
        return isPoint.trailingZeroBitCount &>> 3
    }

    /// The text of eight digits 0.
    @inline(__always)
    static var zeros: UInt64 { 0x3030_3030_3030_3030 }

    /// Returns the digits of two numbers below 10^8 as text, the first digit in the highest byte.
    ///
    /// Baseline x86-64 has an instruction for each multiplication here if the numbers come from memory; otherwise LLVM
    /// splits the vectors into scalars.
    @inline(__always)
    static func separated(_ eights: SIMD2<UInt64>) -> SIMD2<UInt64> {
        // Lanes of eight digits become lanes of four, of two, and of one digit, in three steps of the same form:
        //
        // 1. The quotient by 10^4, 100 or 10 is a product with the reciprocal and a shift. The reciprocals, 109951163 /
        //    2^40, 10486 / 2^20 and 103 / 2^10, are exact enough for numbers of 8, 4 and 2 digits.
        // 2. The remainder goes to the lower half of the lane and the quotient to the upper half. Adding the quotient
        //    times 2^32 - 10^4 (2^16 - 100, 2^8 - 10) does both at once.
        //
        // The masks do not change the values: they show the compiler that the factors have 32 or 16 bits.
        let thousands = ((eights & SIMD2(repeating: 0x7FF_FFFF)) &* SIMD2(repeating: 109_951_163)) &>> 40
        let halves = eights &+ (thousands & SIMD2(repeating: 0x3FFF)) &* SIMD2(repeating: 1 &<< 32 &- 10_000)
        // SAFETY: both are vectors of integers of the same size, for which all bit patterns are valid.
        let fours = unsafe unsafeBitCast(halves, to: SIMD4<UInt32>.self)
        let hundreds = ((fours & SIMD4(repeating: 0x3FFF)) &* SIMD4(repeating: 10_486)) &>> 20
        let hundredWords = unsafe unsafeBitCast(hundreds, to: SIMD8<UInt16>.self)
        let products = unsafe unsafeBitCast(hundredWords &* SIMD8(repeating: 100), to: SIMD4<UInt32>.self)
        let twos = unsafe unsafeBitCast(fours &- products &+ hundreds &<< 16, to: SIMD8<UInt16>.self)
        let tens = (twos &* SIMD8(repeating: 103)) &>> 10
        let text = (twos &+ tens &* SIMD8(repeating: 1 &<< 8 &- 10)) | SIMD8(repeating: 0x3030)
        return unsafe unsafeBitCast(text, to: SIMD2<UInt64>.self)
    }

    /// The powers of ten from 10^0 to 10^19.
    static let powersOfTen: [UInt64] = [
        1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
        100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
        10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
    ]
}
