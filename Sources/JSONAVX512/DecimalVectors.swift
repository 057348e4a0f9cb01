import CProcessor

/// Finds the decimals of float64 numbers, eight at a time, and writes each as text by one permutation of bytes.
///
/// It uses the instructions of AVX-512 and its multiplication of 52 bits. It is the fast path of `DecimalDigits` in the
/// module JSON, lane by lane: the results are the same, and the same cases are left to the fallback. Only the fraction
/// has 52 bits instead of 64, so that one number in 10^14 more is too close to decide.
public enum DecimalVectors {
    /// The count of numbers that are converted at a time.
    public static var laneCount: Int { 8 }

    /// Finds the digits of numbers.
    ///
    /// - Parameters:
    ///   - numbers: Float64 numbers.
    ///   - count: Their count: ``laneCount`` to 64.
    ///   - scales: For each biased exponent 32 bytes, of which the first 16 are u · 2^117 in two words, the upper one
    ///     first, with the u of `DecimalScale`; 0 for exponents of numbers that are not normal.
    ///   - halves: Space for two words a number: the first 16 digits as text, the earliest digit highest.
    ///   - ends: Space for a word a number. From its lowest byte on it has: the digit after those as text, the count of
    ///     digits without zeros at the end, in two bytes the offset of the form for
    ///     ``write(_:halves:ends:forms:at:upTo:)``, '0', '.'; its highest bit is the sign.
    /// - Returns: A bit for each number, the first one lowest, which is set if the number needs the fallback; what is
    ///   stored for these numbers is undefined.
    public static func convert(
        _ numbers: UnsafeRawPointer, _ count: Int, scales: UnsafeRawPointer, halves: UnsafeMutableRawPointer,
        ends: UnsafeMutableRawPointer
    ) -> UInt64 {
        let wholeCount = count & ~(laneCount &- 1)
        let others = unsafe convertWhole(numbers, wholeCount, scales, halves, ends)
        guard wholeCount < count else { return others }
        // Convert the last ones together with some before them, which are converted twice.
        let index = count &- laneCount
        let lastOthers = unsafe convertWhole(
            numbers + index &* 8, laneCount, scales, halves + index &* 16, ends + index &* 8)
        return others | lastOthers &<< UInt64(truncatingIfNeeded: index)
    }

    /// Finds the digits of a count of numbers that is a multiple of ``laneCount``.
    @inline(never)
    private static func convertWhole(
        _ numbers: UnsafeRawPointer, _ count: Int, _ scales: UnsafeRawPointer, _ halves: UnsafeMutableRawPointer,
        _ ends: UnsafeMutableRawPointer
    ) -> UInt64 {
        // Two loops, since one would be such a long chain of steps for a vector that no other fits into the processor's
        // window of waiting instructions.
        var others: UInt64 = 0
        for index in stride(from: 0, to: count, by: laneCount) {
            let decimal = unsafe Decimal(numbers + index &* 8, scales)
            unsafe halves.storeBytes(of: decimal.digits.words, toByteOffset: index &* 16, as: SIMD8<Int64>.self)
            unsafe ends.storeBytes(of: decimal.end.words, toByteOffset: index &* 8, as: SIMD8<Int64>.self)
            others |= UInt64(truncatingIfNeeded: decimal.others) &<< UInt64(truncatingIfNeeded: index)
        }
        for index in stride(from: 0, to: count, by: laneCount) {
            unsafe separate(at: halves + index &* 16, ends + index &* 8)
        }
        return others
    }

    /// Returns how many of ``laneCount`` numbers need the fallback because they end in 16 zero bits but are not zero.
    ///
    /// Powers of two and integers below 2^37 do.
    public static func irregularCount(_ numbers: UnsafeRawPointer) -> Int {
        unsafe Decimal.irregulars(Lanes(numbers.loadUnaligned(as: SIMD8<Int64>.self))).nonzeroBitCount
    }

    private static var lower52: Lanes { Lanes(repeating: 1 &<< 52 &- 1) }

    /// Holds u with 104 bits after the point, in two parts of 52 bits.
    ///
    /// 1. The table has u · 2^117 in two words, `upper` and `lower`, so that `upper` is u · 2^53, rounded down.
    /// 2. `high` is u · 2^52: `upper` without its last bit.
    /// 3. `low`, the next 52 bits, is that last bit and the upper 51 bits of `lower`.
    /// 4. `halfUnit` is u · 2^63: `upper` with ten zeros after it, and thus less than 2^10 too small.
    private struct Scale {
        let high: Lanes
        let low: Lanes
        /// u / 2 with 64 bits after the point.
        let halfUnit: Lanes

        @inline(__always)
        init(_ numbers: UnsafeRawPointer, _ scales: UnsafeRawPointer) {
            // Interleaving the words of even and of odd numbers puts them in order.
            let evens = unsafe Self.pairs(numbers, scales)
            let odds = unsafe Self.pairs(numbers + 8, scales)
            let upper = Lanes(_mm512_unpacklo_epi64(evens, odds))
            let lower = Lanes(_mm512_unpackhi_epi64(evens, odds))
            high = upper &>> 1
            halfUnit = upper &<< 10
            low = (upper &<< 51 | lower &>> 13) & lower52
        }

        /// Loads the scales of every other number.
        @inline(__always)
        private static func pairs(_ numbers: UnsafeRawPointer, _ scales: UnsafeRawPointer) -> SIMD8<Int64> {
            let lower = unsafe SIMD4(lowHalf: pair(numbers, scales), highHalf: pair(numbers + 16, scales))
            let upper = unsafe SIMD4(lowHalf: pair(numbers + 32, scales), highHalf: pair(numbers + 48, scales))
            return SIMD8(lowHalf: lower, highHalf: upper)
        }

        @inline(__always)
        private static func pair(_ number: UnsafeRawPointer, _ scales: UnsafeRawPointer) -> SIMD2<Int64> {
            // The upper two bytes have the sign, the exponent, and four bits of the fraction.
            let upper = unsafe Int(number.load(fromByteOffset: 6, as: UInt16.self))
            return unsafe scales.loadUnaligned(fromByteOffset: (upper & 0x7FF0) &* 2, as: SIMD2<Int64>.self)
        }
    }

    /// Finds eight decimals.
    ///
    /// With m for the 52 bits of a number's fraction, its significand is c = 2^52 + m. With H and L for the parts of
    /// the scale, u = H / 2^52 + L / 2^104:
    ///
    /// 1. c · u = H + m · H / 2^52 + L / 2^52 + m · L / 2^104. The products m · H and m · L have 104 bits; the
    ///    instructions add the upper or the lower 52 bits of a product.
    /// 2. `upper` is H plus the upper part of m · H. `lower`, in units of 2^-52, is L plus the lower part of m · H plus
    ///    the upper part of m · L. The integer of c · u is `upper` plus the carry of `lower`.
    /// 3. Dropping the last bits of u loses less than 2^-104, which c < 2^53 makes less than two units of 2^-52, and
    ///    dropping the lower part of m · L loses less than one. So `fraction`, with 64 bits after the point of which
    ///    the last twelve are missing, is at most 2^14 of its last units too small, and the half unit at most 2^10.
    /// 4. `excess` is the distance to the nearest integer minus u / 2. If it is negative, the nearest integer is the
    ///    decimal. Because of step 3, it does not decide from -2^15 to 2^15 - 1.
    /// 5. Otherwise `digit`, ten times the sum of the fraction and a twentieth, rounds to the nearest tenth. `rest`,
    ///    which is what follows the digit in units of 2^-52, is at most 39 too small: ten times the three units of step
    ///    3 and the 0.8 by which the twentieth is rounded down. If `rest` may thus belong to the next digit, adding 64
    ///    modulo 2^52 leaves less than 128, and it does not decide.
    private struct Decimal {
        /// The first 16 digits.
        let digits: Lanes
        /// The ends of ``DecimalVectors/convert(_:_:scales:halves:ends:)``, without the counts of digits.
        let end: Lanes
        /// A bit for each number that needs the fallback.
        let others: UInt8

        @inline(__always)
        init(_ numbers: UnsafeRawPointer, _ scales: UnsafeRawPointer) {
            let bits = unsafe Lanes(numbers.loadUnaligned(as: SIMD8<Int64>.self))
            let scale = unsafe Scale(numbers, scales)
            // The scale itself is added for the leading bit of the significand.
            let upper = scale.high.addingUpper(bits, scale.high)
            let lower = scale.low.addingLower(bits, scale.high).addingUpper(bits, scale.low)
            let integer = upper &+ lower &>> 52
            // See steps 3 and 4 above.
            let fraction = lower &<< 12
            let excess = fraction.magnitude &- scale.halfUnit
            // See step 5 above.
            let twentieth = lower &+ Lanes(repeating: 1 &<< 51 / 10)
            let digit = Lanes(repeating: 0).addingUpper(twentieth, Lanes(repeating: 10))
            let rest = Lanes(repeating: 64).addingLower(twentieth, Lanes(repeating: 10))
            others =
                Self.irregulars(bits) | ~Self.zeros(bits)
                & ((excess &+ Lanes(repeating: 1 &<< 15)).hasNone(of: ~(1 &<< 16 &- 1))
                    | rest.hasNone(of: 1 &<< 52 &- 128))
            let isShorter = excess.isNegative
            let rounded = integer &+ (fraction & excess) &>> 63
            let lastDigit = digit.without(isShorter)
            let isShort = (rounded &- Lanes(repeating: 1_000_000_000_000_000)).isNegative
            digits = rounded ^ ((rounded ^ (rounded.timesTen &+ lastDigit)) & isShort)
            let last = lastDigit.without(isShort)
            // As in DecimalScale, the position is 17 + floor(log10(2^(biased exponent - 1075))); it is one less for a
            // short number.
            let exponent = ((bits &<< 1) &>> 53).times32(1_262_611)
            let position = (exponent &+ Lanes(repeating: 17 &<< 22 &- 1075 &* 1_262_611)).shiftedWithSign(by: 22)
            let ordinaryForm = position &+ isShort &+ Lanes(repeating: pointOffset)
            let formOffset = ordinaryForm.replaced(by: zeroForm, where: Self.zeros(bits)).times32(formByteCount)
            end = last | formOffset &<< 16 | Lanes(repeating: 0x2E_30_0000_0030) | bits & Lanes(repeating: .min)
        }

        /// Returns a bit for each number that ends in zeros but is not zero.
        @inline(__always)
        static func irregulars(_ bits: Lanes) -> UInt8 { bits.hasNone(of: 0xFFFF) & ~zeros(bits) }

        @inline(__always)
        private static func zeros(_ bits: Lanes) -> UInt8 { bits.hasNone(of: .max) }
    }

    /// Replaces the 16 digits at `halves` by their text, and adds the counts of digits to `ends`.
    @inline(__always)
    private static func separate(at halves: UnsafeMutableRawPointer, _ ends: UnsafeMutableRawPointer) {
        // To divide by 10^8 = 2^8 · 5^8, shift by 8; for the remaining 46 bits, 2^70 / 5^8 rounded up is exact enough.
        let digits = unsafe Lanes(halves.loadUnaligned(as: SIMD8<Int64>.self))
        let high = Lanes(repeating: 0).addingUpper(digits &>> 8, Lanes(repeating: 3_022_314_549_036_573)) &>> 18
        let highs = separated(high)
        let lows = separated(digits &- high.times32(100_000_000))
        let highText = (highs | zeroText).words
        let lowText = (lows | zeroText).words
        let first = _mm512_permutex2var_epi64(highText, SIMD8(0, 8, 1, 9, 2, 10, 3, 11), lowText)
        let second = _mm512_permutex2var_epi64(highText, SIMD8(4, 12, 5, 13, 6, 14, 7, 15), lowText)
        unsafe halves.storeBytes(of: first, as: SIMD8<Int64>.self)
        unsafe halves.storeBytes(of: second, toByteOffset: 64, as: SIMD8<Int64>.self)

        let end = unsafe Lanes(ends.loadUnaligned(as: SIMD8<Int64>.self))
        let isLowZero = lows.hasNone(of: -1)
        let last = Lanes(_mm512_mask_mov_epi64(lows.words, isLowZero, highs.words))
        let zeroCount = last.trailingZeroCount &>> 3
        let count = Lanes(repeating: 16).replaced(by: 8, where: isLowZero) &- zeroCount
        let counts = count.replaced(by: 17, where: ~end.hasNone(of: 0xF))
        unsafe ends.storeBytes(of: (end | counts &<< 8).words, as: SIMD8<Int64>.self)
    }

    private static var zeroText: Lanes { Lanes(repeating: 0x3030_3030_3030_3030) }

    /// Returns the digits of numbers below 10^8, the first one in the highest byte.
    ///
    /// The three steps are those of `Digits.separated` in the module JSON, with 6554 / 2^16 as the reciprocal of 10.
    @inline(__always)
    private static func separated(_ eights: Lanes) -> Lanes {
        let thousands = eights.times32(109_951_163) &>> 40
        let fours = (eights &+ thousands.times32(1 &<< 32 &- 10_000)).words
        let hundreds = _mm512_srli_epi16(_mm512_mulhi_epu16(fours, _mm512_set1_epi16(10_486)), 4)
        let rests = _mm512_sub_epi16(fours, _mm512_mullo_epi16(hundreds, _mm512_set1_epi16(100)))
        let twos = _mm512_add_epi32(rests, _mm512_slli_epi32(hundreds, 16))
        let tens = _mm512_mulhi_epu16(twos, _mm512_set1_epi16(6554))
        let ones = _mm512_add_epi16(twos, _mm512_mullo_epi16(tens, _mm512_set1_epi16(1 &<< 8 &- 10)))
        return Lanes(ones)
    }
}

/// Holds eight words in a vector register, with the processor's own operations.
///
/// LLVM splits `&`, `|` and `^` of Swift's vectors into lanes and joins them later, even those that should stay
/// separate. The type is private: if other files can use a type, a debug build gives it a function for copying, which
/// the linker would keep for types of this size in other modules too.
private struct Lanes {
    var words: SIMD8<Int64>

    @inline(__always)
    init(_ words: SIMD8<Int64>) { self.words = words }

    @inline(__always)
    init(repeating word: Int64) { words = SIMD8(repeating: word) }

    @inline(__always)
    static func & (a: Lanes, b: Lanes) -> Lanes { Lanes(_mm512_and_epi64(a.words, b.words)) }

    @inline(__always)
    static func | (a: Lanes, b: Lanes) -> Lanes { Lanes(_mm512_or_epi64(a.words, b.words)) }

    @inline(__always)
    static func ^ (a: Lanes, b: Lanes) -> Lanes { Lanes(_mm512_xor_epi64(a.words, b.words)) }

    @inline(__always)
    static func &+ (a: Lanes, b: Lanes) -> Lanes { Lanes(_mm512_add_epi64(a.words, b.words)) }

    @inline(__always)
    static func &- (a: Lanes, b: Lanes) -> Lanes { Lanes(_mm512_sub_epi64(a.words, b.words)) }

    @inline(__always)
    static func &<< (a: Lanes, count: UInt32) -> Lanes { Lanes(_mm512_slli_epi64(a.words, count)) }

    /// Shifts zeros in from above.
    @inline(__always)
    static func &>> (a: Lanes, count: UInt32) -> Lanes { Lanes(_mm512_srli_epi64(a.words, count)) }

    /// Shifts the sign in from above.
    @inline(__always)
    func shiftedWithSign(by count: UInt32) -> Lanes { Lanes(_mm512_srai_epi64(words, count)) }

    /// All ones in lanes that are negative, and all zeros in the others.
    @inline(__always)
    var isNegative: Lanes { shiftedWithSign(by: 63) }

    @inline(__always)
    var magnitude: Lanes { Lanes(_mm512_abs_epi64(words)) }

    /// Returns the lanes without the bits of `other`.
    @inline(__always)
    func without(_ other: Lanes) -> Lanes { Lanes(_mm512_andnot_epi64(other.words, words)) }

    /// The lanes times ten.
    @inline(__always)
    var timesTen: Lanes { self &<< 3 &+ self &<< 1 }

    /// Returns the product of the lower 32 bits with `factor`.
    @inline(__always)
    func times32(_ factor: Int64) -> Lanes { Lanes(_mm512_mul_epu32(words, SIMD8(repeating: factor))) }

    /// Returns the lanes plus the lower 52 bits of the product of the lower 52 bits of `a` and `b`.
    @inline(__always)
    func addingLower(_ a: Lanes, _ b: Lanes) -> Lanes { Lanes(_mm512_madd52lo_epu64(words, a.words, b.words)) }

    /// Returns the lanes plus the upper 52 bits of the product, of 104 bits, of the lower 52 bits of `a` and `b`.
    @inline(__always)
    func addingUpper(_ a: Lanes, _ b: Lanes) -> Lanes { Lanes(_mm512_madd52hi_epu64(words, a.words, b.words)) }

    /// The count of zeros after the last bit that is set; 64 if no bit is set.
    @inline(__always)
    var trailingZeroCount: Lanes { Lanes(_mm512_popcnt_epi64((self &+ Lanes(repeating: -1)).without(self).words)) }

    /// Returns the lanes, with those replaced by `word` whose bit of `mask` is set.
    @inline(__always)
    func replaced(by word: Int64, where mask: UInt8) -> Lanes {
        Lanes(_mm512_mask_mov_epi64(words, mask, SIMD8(repeating: word)))
    }

    /// Returns a bit for each lane, the first one lowest, which is set if the lane has no bit of `mask`.
    @inline(__always)
    func hasNone(of mask: Int64) -> UInt8 { _mm512_testn_epi64_mask(words, SIMD8(repeating: mask)) }
}
