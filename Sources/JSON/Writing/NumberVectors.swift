import CProcessor

#if arch(x86_64)
    import JSONAVX512
#endif

/// Many float64 numbers at a time, where the processor has the instructions.
enum NumberVectors {
    /// How many numbers there have to be; more than ever are where the processor has no such instructions.
    static let countMin: Int = {
        #if arch(x86_64)
            return processor_has_avx512icelake() ? DecimalVectors.laneCount : .max
        #else
            return .max
        #endif
    }()

    /// How many of the first ``countMin`` numbers are left to another way because of their last bits.
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
    ///   - count: How many there are: ``countMin`` to 64.
    ///   - scales: ``DecimalScale/all``.
    ///   - halves: Room for two words a number.
    ///   - ends: Room for a word a number, and one more.
    /// - Returns: A bit for each number, the first one lowest, set where another way has to be taken.
    @inline(__always)
    static func convert(
        _ numbers: UnsafeRawPointer, _ count: Int, scales: UnsafePointer<DecimalScale>,
        halves: UnsafeMutablePointer<DecimalDigits.Halves>, ends: UnsafeMutablePointer<DecimalDigits.End>
    ) -> UInt64 {
        #if arch(x86_64)
            // Sound: the scales, and what is stored, are laid out as documented there.
            return unsafe DecimalVectors.convert(numbers, count, scales: scales, halves: halves, ends: ends)
        #else
            return .max
        #endif
    }

    /// Stores the texts of numbers whose digits have been found, with commas behind them.
    ///
    /// - Parameters:
    ///   - range: Which of those that ``convert(_:_:scales:halves:ends:)`` had.
    ///   - start: Where to store them; afterwards, behind the last comma.
    ///   - lastStart: The last address that a number may be stored at.
    ///   - forms: ``VectorForm/all``.
    /// - Returns: The first one that has not been stored, for want of room or because another way has to be taken.
    @inline(__always)
    static func write(
        _ range: Range<Int>, halves: UnsafeMutablePointer<DecimalDigits.Halves>,
        ends: UnsafeMutablePointer<DecimalDigits.End>, forms: UnsafePointer<VectorForm>,
        at start: inout UnsafeMutableRawPointer, upTo lastStart: UnsafeMutableRawPointer
    ) -> Int {
        #if arch(x86_64)
            // Sound: the forms are laid out as documented there.
            return unsafe DecimalVectors.write(
                range, halves: halves, ends: ends, forms: forms, at: &start, upTo: lastStart)
        #else
            return range.lowerBound
        #endif
    }
}
