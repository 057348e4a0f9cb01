import CProcessor

/// The texts of the decimals.
extension DecimalVectors {
    /// The form of the point's position p is the one at p + this, of those that ``write(_:halves:ends:forms:at:upTo:)``
    /// is given; behind the one of the last position come the two others.
    static var pointOffset: Int64 { 323 }
    static var zeroForm: Int64 { pointOffset &+ 310 }
    private static var integerForm: Int64 { zeroForm &+ 1 }
    static var formByteCount: Int64 { 48 }

    /// Stores the texts of numbers whose digits have been found.
    ///
    /// - Parameters:
    ///   - range: Which of the numbers.
    ///   - halves: As ``convert(_:_:scales:halves:ends:)`` has left them.
    ///   - ends: Likewise, with a word behind them that may be loaded.
    ///   - forms: 48 bytes for each position of the point from -323 to 309, for zero and for other integers. Of the 32
    ///     bytes that are a number's halves, its end and what is behind, in order: which ones make the text up to the
    ///     last digit. Eight bytes that follow it. How many bytes come before these besides the digits; how many there
    ///     are in all; how many digits a number of this form has at least; with fewer, how many an integer has.
    ///   - start: Where to store them; afterwards, behind the last one. Up to 40 bytes behind a text's beginning are
    ///     stored to.
    ///   - lastStart: The last address that a text may begin at.
    /// - Returns: The first number that has not been stored, for want of room or because it has a single digit and an
    ///   exponent.
    public static func write(
        _ range: Range<Int>, halves: UnsafeRawPointer, ends: UnsafeRawPointer, forms: UnsafeRawPointer,
        at start: inout UnsafeMutableRawPointer, upTo lastStart: UnsafeMutableRawPointer
    ) -> Int {
        var index = range.lowerBound
        var next = unsafe start
        while unsafe index < range.upperBound && next <= lastStart {
            let end = unsafe ends.load(fromByteOffset: index &* 8, as: UInt64.self)
            let digitCount = Int(truncatingIfNeeded: end &>> 8 & 0xFF)
            let form = unsafe forms + Int(truncatingIfNeeded: end &>> 16 & 0xFFFF)
            unsafe next.storeBytes(of: UInt8(ascii: "-"), as: UInt8.self)
            // Added and not asked for, since nothing foretells the sign.
            let first = unsafe next + Int(truncatingIfNeeded: end &>> 63)
            let bytes = unsafe SIMD4(
                lowHalf: halves.loadUnaligned(fromByteOffset: index &* 16, as: SIMD2<Int64>.self),
                highHalf: ends.loadUnaligned(fromByteOffset: index &* 8, as: SIMD2<Int64>.self))
            guard unsafe digitCount >= Int(form.load(fromByteOffset: 42, as: UInt8.self)) else {
                let byteCount = unsafe Int(form.load(fromByteOffset: 43, as: UInt8.self))
                guard byteCount > 0 else { break }
                unsafe storeText(bytes, forms + Int(integerForm &* formByteCount), at: first)
                unsafe first.storeBytes(of: UInt8(ascii: ","), toByteOffset: byteCount, as: UInt8.self)
                unsafe next = first + (byteCount &+ 1)
                index &+= 1
                continue
            }
            unsafe storeText(bytes, form, at: first)
            let suffix = unsafe form.load(fromByteOffset: 32, as: UInt64.self)
            let suffixOffset = unsafe digitCount &+ Int(form.load(fromByteOffset: 40, as: UInt8.self))
            unsafe first.storeBytes(of: suffix, toByteOffset: suffixOffset, as: UInt64.self)
            unsafe next = first + (digitCount &+ Int(form.load(fromByteOffset: 41, as: UInt8.self)))
            index &+= 1
        }
        unsafe start = next
        return index
    }

    /// Stores bytes in the order of a form.
    @inline(__always)
    private static func storeText(
        _ bytes: SIMD4<Int64>, _ form: UnsafeRawPointer, at start: UnsafeMutableRawPointer
    ) {
        let text = unsafe _mm256_permutexvar_epi8(form.loadUnaligned(as: SIMD4<Int64>.self), bytes)
        unsafe start.storeBytes(of: text, as: SIMD4<Int64>.self)
    }
}
