import CProcessor

/// The decimals of float64 numbers, found eight at a time with the instructions of AVX-512 and its multiplication of 52
/// bits, and their texts, each by one permutation of bytes.
///
/// The quick way of `DecimalDigits` in the module JSON, lane by lane: it has the same results, and the same cases are
/// left to the slow one. Only the fraction has 52 bits instead of 64, so that one number in 10^14 more is too close to
/// tell.
public enum DecimalVectors {
    /// How many numbers are converted at a time.
    public static var laneCount: Int { 8 }

    /// Finds the digits of numbers.
    ///
    /// - Parameters:
    ///   - numbers: Float64 numbers.
    ///   - count: How many there are: ``laneCount`` to 64.
    ///   - scales: By a number's biased exponent 32 bytes, of which the first 16 are u · 2^117 in two words, the upper
    ///     one first, with the u of `DecimalScale`; 0 for exponents of numbers that are not normal.
    ///   - halves: For each number, room for two words: the first 16 digits as text, the earliest digit highest.
    ///   - ends: For each number, room for a word. From its lowest byte on: the digit behind those as text, how many
    ///     digits there are without zeros at the end, in two bytes the offset of the form that
    ///     ``write(_:halves:ends:forms:at:upTo:)`` needs, '0', '.'; in its highest bit the sign.
    /// - Returns: A bit for each number, the first one lowest, set where another way has to find the digits; what is
    ///   stored for these numbers means nothing.
    public static func convert(
        _ numbers: UnsafeRawPointer, _ count: Int, scales: UnsafeRawPointer, halves: UnsafeMutableRawPointer,
        ends: UnsafeMutableRawPointer
    ) -> UInt64 {
        let wholeCount = count & ~(laneCount &- 1)
        let others = unsafe convertWhole(numbers, wholeCount, scales, halves, ends)
        guard wholeCount < count else { return others }
        // The last ones, once more with some before them.
        let index = count &- laneCount
        let lastOthers = unsafe convertWhole(
            numbers + index &* 8, laneCount, scales, halves + index &* 16, ends + index &* 8)
        return others | lastOthers &<< UInt64(truncatingIfNeeded: index)
    }

    /// The same for a count of whole vectors.
    @inline(never)
    private static func convertWhole(
        _ numbers: UnsafeRawPointer, _ count: Int, _ scales: UnsafeRawPointer, _ halves: UnsafeMutableRawPointer,
        _ ends: UnsafeMutableRawPointer
    ) -> UInt64 {
        // In two loops, for in one the steps of a vector are such a long chain that no other has room among the
        // instructions that a processor keeps waiting.
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

    /// How many of ``laneCount`` numbers are left to another way for having 16 zeros at their end, as powers of two and
    /// integers below 2^37 have, but are not zero.
    public static func irregularCount(_ numbers: UnsafeRawPointer) -> Int {
        unsafe Decimal.irregulars(Lanes(numbers.loadUnaligned(as: SIMD8<Int64>.self))).nonzeroBitCount
    }

    private static var lower52: Lanes { Lanes(repeating: 1 &<< 52 &- 1) }

    /// u, 104 bits behind the point, in two parts of 52 bits.
    private struct Scale {
        let high: Lanes
        let low: Lanes
        /// u / 2, 64 bits behind the point.
        let halfUnit: Lanes

        @inline(__always)
        init(_ numbers: UnsafeRawPointer, _ scales: UnsafeRawPointer) {
            // The words come in order if even and odd numbers are apart.
            let evens = unsafe Self.pairs(numbers, scales)
            let odds = unsafe Self.pairs(numbers + 8, scales)
            let upper = Lanes(_mm512_unpacklo_epi64(evens, odds))
            let lower = Lanes(_mm512_unpackhi_epi64(evens, odds))
            high = upper &>> 1
            halfUnit = upper &<< 10
            low = (upper &<< 51 | lower &>> 13) & lower52
        }

        /// What belongs to every other number.
        @inline(__always)
        private static func pairs(_ numbers: UnsafeRawPointer, _ scales: UnsafeRawPointer) -> SIMD8<Int64> {
            let lower = unsafe SIMD4(lowHalf: pair(numbers, scales), highHalf: pair(numbers + 16, scales))
            let upper = unsafe SIMD4(lowHalf: pair(numbers + 32, scales), highHalf: pair(numbers + 48, scales))
            return SIMD8(lowHalf: lower, highHalf: upper)
        }

        @inline(__always)
        private static func pair(_ number: UnsafeRawPointer, _ scales: UnsafeRawPointer) -> SIMD2<Int64> {
            // The upper two bytes: sign, exponent, and four bits of the fraction.
            let upper = unsafe Int(number.load(fromByteOffset: 6, as: UInt16.self))
            return unsafe scales.loadUnaligned(fromByteOffset: (upper & 0x7FF0) &* 2, as: SIMD2<Int64>.self)
        }
    }

    /// Eight decimals.
    private struct Decimal {
        /// The first 16 digits.
        let digits: Lanes
        /// What is known besides, without how many digits there are.
        let end: Lanes
        /// A bit for each that is not to be used.
        let others: UInt8

        @inline(__always)
        init(_ numbers: UnsafeRawPointer, _ scales: UnsafeRawPointer) {
            let bits = unsafe Lanes(numbers.loadUnaligned(as: SIMD8<Int64>.self))
            let scale = unsafe Scale(numbers, scales)
            // For the leading bit of the significand the scale itself is added.
            let upper = scale.high.addingUpper(bits, scale.high)
            let lower = scale.low.addingLower(bits, scale.high).addingUpper(bits, scale.low)
            let integer = upper &+ lower &>> 52
            // How much farther than half a unit the nearest integer is, 64 bits behind the point. The fraction, whose
            // last twelve bits are missing, is 2^14 of the last units too small at most, the half unit 2^10.
            let fraction = lower &<< 12
            let excess = fraction.magnitude &- scale.halfUnit
            // The digit behind the integer: ten times the fraction and, to round, a twentieth. What is behind it is 39
            // units too small at most: where that may be the next digit, 64 units more leave less than 128.
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
            // As DecimalScale has it: 17 + floor(log10(2^(biased exponent - 1075))), of a short one one less.
            let exponent = ((bits &<< 1) &>> 53).times32(1_262_611)
            let position = (exponent &+ Lanes(repeating: 17 &<< 22 &- 1075 &* 1_262_611)).shiftedWithSign(by: 22)
            let ordinaryForm = position &+ isShort &+ Lanes(repeating: pointOffset)
            let formOffset = ordinaryForm.replaced(by: zeroForm, where: Self.zeros(bits)).times32(formByteCount)
            end = last | formOffset &<< 16 | Lanes(repeating: 0x2E_30_0000_0030) | bits & Lanes(repeating: .min)
        }

        /// Those with zeros at their end, but not zero.
        @inline(__always)
        static func irregulars(_ bits: Lanes) -> UInt8 { bits.hasNone(of: 0xFFFF) & ~zeros(bits) }

        @inline(__always)
        private static func zeros(_ bits: Lanes) -> UInt8 { bits.hasNone(of: .max) }
    }

    /// Puts text in place of 16 digits at `halves`, and at `ends`, how many digits there are.
    @inline(__always)
    private static func separate(at halves: UnsafeMutableRawPointer, _ ends: UnsafeMutableRawPointer) {
        // The digits are divided by 10^8 = 2^8 · 5^8: for 46 bits, 2^70 / 5^8 rounded up is exact enough.
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

    /// The digits of numbers below 10^8, the first one in the highest byte.
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

/// Eight words in a vector register.
///
/// Of Swift's own vectors, `&`, `|` and `^` are done lane by lane until a pass of LLVM puts them together again, which
/// also puts together what should stay apart. These are the processor's own.
///
/// Private: a debug build gives a type that other files see a function for copying it, and the linker would keep that
/// one for other modules' types of the size too.
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

    /// Shifts with zeros from above.
    @inline(__always)
    static func &>> (a: Lanes, count: UInt32) -> Lanes { Lanes(_mm512_srli_epi64(a.words, count)) }

    /// Shifts with the sign from above.
    @inline(__always)
    func shiftedWithSign(by count: UInt32) -> Lanes { Lanes(_mm512_srai_epi64(words, count)) }

    /// All bits set in those that are negative, none in the others.
    @inline(__always)
    var isNegative: Lanes { shiftedWithSign(by: 63) }

    @inline(__always)
    var magnitude: Lanes { Lanes(_mm512_abs_epi64(words)) }

    /// These without the bits of `other`.
    @inline(__always)
    func without(_ other: Lanes) -> Lanes { Lanes(_mm512_andnot_epi64(other.words, words)) }

    /// These times ten.
    @inline(__always)
    var timesTen: Lanes { self &<< 3 &+ self &<< 1 }

    /// The product of the lower 32 bits.
    @inline(__always)
    func times32(_ factor: Int64) -> Lanes { Lanes(_mm512_mul_epu32(words, SIMD8(repeating: factor))) }

    /// These plus the lower 52 bits of the product of the lower 52 bits of `a` and `b`.
    @inline(__always)
    func addingLower(_ a: Lanes, _ b: Lanes) -> Lanes { Lanes(_mm512_madd52lo_epu64(words, a.words, b.words)) }

    /// These plus the upper 52 bits of that product of 104.
    @inline(__always)
    func addingUpper(_ a: Lanes, _ b: Lanes) -> Lanes { Lanes(_mm512_madd52hi_epu64(words, a.words, b.words)) }

    /// How many zeros are behind the last bit that is set; 64 where none is.
    @inline(__always)
    var trailingZeroCount: Lanes { Lanes(_mm512_popcnt_epi64((self &+ Lanes(repeating: -1)).without(self).words)) }

    /// These with `word` where a bit of `mask` is set.
    @inline(__always)
    func replaced(by word: Int64, where mask: UInt8) -> Lanes {
        Lanes(_mm512_mask_mov_epi64(words, mask, SIMD8(repeating: word)))
    }

    /// A bit for each, the first one lowest: set where none of the bits of `mask` is.
    @inline(__always)
    func hasNone(of mask: Int64) -> UInt8 { _mm512_testn_epi64_mask(words, SIMD8(repeating: mask)) }
}
