#if arch(x86_64)
    typealias SixteenBytes = SixteenBytesX86
#else
    typealias SixteenBytes = SixteenBytesPortable
#endif

/// Processes sixteen bytes of text at once.
protocol SixteenBytesProtocol {
    /// Loads the bytes at `text`, all of which must be readable.
    init(_ text: UnsafePointer<UInt8>)

    /// Returns a bit for each byte, the first one lowest, which is set if the byte equals `byte`.
    func mask(of byte: UInt8) -> UInt64

    /// Returns the value of the last bytes as decimal digits.
    ///
    /// - Parameter mask: The mask that keeps the bits of those bytes.
    /// - Returns: nil if one of them is not a digit.
    func value(keptBy mask: SIMD16<UInt8>) -> UInt64?
}

extension SixteenBytesProtocol {
    /// The value of the bytes as decimal digits, or nil if one of them is not a digit.
    @inline(__always)
    var value: UInt64? { value(keptBy: SIMD16(repeating: 0xFF)) }
}

#if arch(x86_64)
    import CProcessor

    /// Uses instructions of baseline x86-64 that Swift's vectors do not offer.
    struct SixteenBytesX86: SixteenBytesProtocol {
        private let bytes: SIMD2<Int64>

        @inline(__always)
        init(_ text: UnsafePointer<UInt8>) {
            bytes = unsafe UnsafeRawPointer(text).loadUnaligned(as: SIMD2<Int64>.self)
        }

        @inline(__always)
        func mask(of byte: UInt8) -> UInt64 {
            let isEqual = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(CChar(bitPattern: byte)))
            return UInt64(UInt32(bitPattern: _mm_movemask_epi8(isEqual)))
        }

        @inline(__always)
        func value(keptBy mask: SIMD16<UInt8>) -> UInt64? {
            // SAFETY: both are vectors of integers of the same size, for which all bit patterns are valid.
            let mask = unsafe unsafeBitCast(mask, to: SIMD2<Int64>.self)
            let digits = _mm_and_si128(_mm_xor_si128(bytes, _mm_set1_epi8(0x30)), mask)
            let excess = _mm_subs_epu8(digits, _mm_set1_epi8(9))
            guard _mm_movemask_epi8(_mm_cmpeq_epi8(excess, _mm_setzero_si128())) == 0xFFFF else { return nil }
            // Lanes of one digit become lanes of two, of four, and of eight digits. The first multiplication is by 10
            // and 1 at once, since the digits of a lane are in its two halves.
            let twos = _mm_srli_epi16(_mm_mullo_epi16(digits, _mm_set1_epi16(10 << 8 + 1)), 8)
            let fours = _mm_madd_epi16(twos, _mm_set1_epi32(1 << 16 + 100))
            let eights = _mm_madd_epi16(_mm_packs_epi32(fours, fours), _mm_set1_epi32(1 << 16 + 10_000))
            let halves = UInt64(bitPattern: _mm_cvtsi128_si64(eights))
            return (halves & 0xFFFF_FFFF) &* 100_000_000 &+ halves &>> 32
        }
    }
#endif

/// Uses words of eight bytes.
struct SixteenBytesPortable: SixteenBytesProtocol {
    private let first: UInt64
    private let second: UInt64

    @inline(__always)
    init(_ text: UnsafePointer<UInt8>) {
        first = unsafe Digits.load(text, 0)
        second = unsafe Digits.load(text, 8)
    }

    @inline(__always)
    func mask(of byte: UInt8) -> UInt64 {
        let bytes = UInt64(byte ^ 0x30) &* 0x0101_0101_0101_0101
        return Self.zeroMask(first ^ bytes) | Self.zeroMask(second ^ bytes) &<< 8
    }

    @inline(__always)
    func value(keptBy mask: SIMD16<UInt8>) -> UInt64? {
        // SAFETY: both are vectors of integers of the same size, for which all bit patterns are valid.
        let masks = unsafe unsafeBitCast(mask, to: SIMD2<UInt64>.self)
        let upper = first & UInt64(littleEndian: masks[0])
        let lower = second & UInt64(littleEndian: masks[1])
        guard Digits.othersMask(upper) | Digits.othersMask(lower) == 0 else { return nil }
        return Digits.value(upper) &* 100_000_000 &+ Digits.value(lower)
    }

    /// Returns a bit for each byte that is zero.
    private static func zeroMask(_ word: UInt64) -> UInt64 {
        let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        let isZero = ~((word & low &+ low) | word | low)  // the high bits, and no carries between bytes
        return (isZero &>> 7 &* 0x0102_0408_1020_4080) &>> 56
    }
}
