import CProcessor

/// Writes the texts of the decimals.
extension DecimalVectors {
    /// The offset of the forms: the form for position p of the point has the index p + this among the forms of
    /// ``write(_:halves:ends:forms:at:upTo:)``.
    ///
    /// The two other forms follow that of the last position.
    static var pointOffset: Int64 { 323 }
    static var zeroForm: Int64 { pointOffset &+ 310 }
    private static var integerForm: Int64 { zeroForm &+ 1 }
    static var formByteCount: Int64 { 48 }

    /// Stores the texts of numbers whose digits have been found.
    ///
    /// A form has 48 bytes:
    ///
    /// - 32 bytes, the order of the text up to the last digit: the index of each byte among the 32 bytes that are a
    ///   number's halves, its end and the word after it.
    /// - Eight bytes that follow the last digit.
    /// - The number of bytes, besides the digits, that precede these.
    /// - The number of bytes of the whole text besides the digits.
    /// - The least count of digits of a number of this form.
    /// - The number of bytes of an integer, which has fewer digits than that.
    ///
    /// - Parameters:
    ///   - range: The range of the numbers.
    ///   - halves: The halves that ``convert(_:_:scales:halves:ends:)`` stored.
    ///   - ends: The ends that it stored, with a word after them that may be loaded.
    ///   - forms: A form for each position of the point from -323 to 309, for zero and for other integers.
    ///   - start: The address to store them at; afterwards, the address after the last one. Up to 40 bytes from the
    ///     start of a text are overwritten.
    ///   - lastStart: The last address at which a text may begin.
    /// - Returns: The first number that has not been stored, for lack of capacity or because it has a single digit and
    ///   an exponent.
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
            // Added rather than branched on, since the sign is unpredictable.
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
