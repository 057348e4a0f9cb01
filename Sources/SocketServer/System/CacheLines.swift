import CProcessor

/// Evicts cache lines of memory that two cores write and read in turn.
///
/// If the cores share no cache, a line that the other core has read is evicted automatically when it is written again.
/// For many lines that takes several times as long as evicting them from every cache first. If the cores share a cache,
/// the lines are best left there.
enum CacheLines {
    private static let byteCount = 64
    /// The number of lines that are written to measure the time.
    private static let probeCount = 64
    /// The time per line from which on the cores share no cache.
    ///
    /// It is 2 to 5 ns if they do, and 13 to 25 ns if they do not.
    private static let slowNanoseconds = 10
    /// The least memory for which the measurement is worthwhile.
    private static let byteCountMin = 16_384

    private static let canBeTakenBack = processor_has_clflushopt()

    /// Prepares memory that another core may have read for being overwritten; its content is irrelevant.
    ///
    /// - Parameter slowNanoseconds: The least time for writing a line that makes evicting worthwhile.
    static func takeBack(_ bytes: inout [UInt8], slowNanoseconds: Int = slowNanoseconds) {
        guard canBeTakenBack, bytes.count >= byteCountMin else { return }
        let probedByteCount = probeCount * byteCount
        let start = Clock.monotonicNanoseconds()
        for offset in stride(from: 0, to: probedByteCount, by: byteCount) { bytes[offset] = 0 }
        processor_mfence()
        guard Clock.monotonicNanoseconds() - start >= probeCount * slowNanoseconds else { return }
        // SAFETY: every address is in the array's memory, of which nothing is changed.
        unsafe bytes.withUnsafeBytes { buffer in
            for offset in stride(from: probedByteCount, to: buffer.count, by: byteCount) {
                unsafe processor_clflushopt(buffer.baseAddress.map { unsafe $0 + offset })
            }
        }
    }
}
