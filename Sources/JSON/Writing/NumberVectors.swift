import CProcessor

#if arch(x86_64)
    import JSONAVX512
#endif

/// Converts many float64 numbers at a time, if the processor has the instructions.
enum NumberVectors {
    /// The least count of numbers to convert; `Int.max` if the processor does not have the instructions.
    static let countMin: Int = {
        #if arch(x86_64)
            return processor_has_avx512icelake() ? DecimalVectors.laneCount : .max
        #else
            return .max
        #endif
    }()

    /// Returns how many of the first ``countMin`` numbers need the fallback because of their last bits.
    @inline(__always)
    static func irregularCount(_ numbers: UnsafeRawPointer) -> Int {
        #if arch(x86_64)
            return unsafe DecimalVectors.irregularCount(numbers)
        #else
            return 0
        #endif
    }

    /// Finds the digits of numbers.
    ///
    /// - Parameters:
    ///   - numbers: The numbers.
    ///   - count: Their count: ``countMin`` to 64.
    ///   - scales: ``DecimalScale/all``.
    ///   - halves: Space for two words a number.
    ///   - ends: Space for a word a number, and one more.
    /// - Returns: A bit for each number, the first one lowest, which is set if the number needs the fallback.
    @inline(__always)
    static func convert(
        _ numbers: UnsafeRawPointer, _ count: Int, scales: UnsafePointer<DecimalScale>,
        halves: UnsafeMutablePointer<DecimalDigits.Halves>, ends: UnsafeMutablePointer<DecimalDigits.End>
    ) -> UInt64 {
        #if arch(x86_64)
            // SAFETY: the scales and the stored results have the layout that `DecimalVectors` documents.
            return unsafe DecimalVectors.convert(numbers, count, scales: scales, halves: halves, ends: ends)
        #else
            return .max
        #endif
    }

    /// Stores the texts of numbers whose digits have been found, with commas after them.
    ///
    /// - Parameters:
    ///   - range: The range of the numbers among those of ``convert(_:_:scales:halves:ends:)``.
    ///   - start: The address to store them at; afterwards, the address after the last comma.
    ///   - lastStart: The last address at which a number may be stored.
    ///   - forms: ``VectorForm/all``.
    /// - Returns: The first number that has not been stored, for lack of capacity or because it needs the fallback.
    @inline(__always)
    static func write(
        _ range: Range<Int>, halves: UnsafeMutablePointer<DecimalDigits.Halves>,
        ends: UnsafeMutablePointer<DecimalDigits.End>, forms: UnsafePointer<VectorForm>,
        at start: inout UnsafeMutableRawPointer, upTo lastStart: UnsafeMutableRawPointer
    ) -> Int {
        #if arch(x86_64)
            // SAFETY: the forms have the layout that `DecimalVectors` documents.
            return unsafe DecimalVectors.write(
                range, halves: halves, ends: ends, forms: forms, at: &start, upTo: lastStart)
        #else
            return range.lowerBound
        #endif
    }
}
