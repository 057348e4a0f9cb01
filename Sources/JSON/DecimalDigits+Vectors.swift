import CProcessor

#if arch(x86_64)
    import JSONAVX512
#endif

/// Many decimals at a time, where the processor has the instructions.
extension DecimalDigits {
    /// How many float64 numbers there have to be; more than ever are where the processor has no such instructions.
    static let vectorCountMin: Int = {
        #if arch(x86_64)
            return processor_has_avx512ifma() ? DecimalVectors.laneCount : .max
        #else
            return .max
        #endif
    }()

    /// Finds the digits of float64 numbers, and separates them.
    ///
    /// - Parameters:
    ///   - numbers: The numbers.
    ///   - count: How many there are: ``vectorCountMin`` to 64.
    ///   - scales: ``DecimalScale/all``.
    /// - Returns: A bit for each number, the first one lowest, set where ``init(_:of:scales:)`` has to be asked.
    @inline(__always)
    static func convert(
        _ numbers: UnsafeRawPointer, _ count: Int, scales: UnsafePointer<DecimalScale>,
        halves: UnsafeMutablePointer<Halves>, ends: UnsafeMutablePointer<End>
    ) -> UInt64 {
        #if arch(x86_64)
            // Sound: the scales, and what is stored, are laid out as documented there.
            return unsafe DecimalVectors.convert(numbers, count, scales: scales, halves: halves, ends: ends)
        #else
            return 1 << UInt64(count) - 1
        #endif
    }
}
