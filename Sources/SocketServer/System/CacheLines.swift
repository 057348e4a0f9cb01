import CProcessor

/// The lines of memory that two cores write and read in turn.
///
/// Where the cores share no cache, a line that the other one has read is taken back by itself when it is written again.
/// For many lines that takes several times as long as to take them out of every cache first. Where the cores share one,
/// they are best left there.
enum CacheLines {
    private static let byteCount = 64
    /// So many lines are written to find out how long it takes.
    private static let probeCount = 64
    /// From so long for one of them on, the cores share no cache.
    ///
    /// It is 2 to 5 where they do, and 13 to 25 where they do not.
    private static let slowNanoseconds = 10
    /// Less memory is not worth finding out.
    private static let byteCountMin = 16_384

    private static let canBeTakenBack = processor_has_clflushopt()

    /// Makes memory ready to be written, whatever was in it, where another core may have read it.
    ///
    /// - Parameter slowNanoseconds: How long it takes to write a line if it has to be taken back.
    static func takeBack(_ bytes: inout [UInt8], slowNanoseconds: Int = slowNanoseconds) {
        guard canBeTakenBack, bytes.count >= byteCountMin else { return }
        let probedByteCount = probeCount * byteCount
        let start = Clock.monotonicNanoseconds()
        for offset in stride(from: 0, to: probedByteCount, by: byteCount) { bytes[offset] = 0 }
        processor_mfence()
        guard Clock.monotonicNanoseconds() - start >= probeCount * slowNanoseconds else { return }
        // SAFETY: every address lies in the array's memory, of which nothing is changed.
        unsafe bytes.withUnsafeBytes { buffer in
            for offset in stride(from: probedByteCount, to: buffer.count, by: byteCount) {
                unsafe processor_clflushopt(buffer.baseAddress.map { unsafe $0 + offset })
            }
        }
    }
}
