import Glibc

/// Pages of 2 MiB for the memory of large arrays, where the system has them.
///
/// Faults of small pages cost a request of a million numbers a tenth of its reading.
enum LargePages {
    /// A smaller array has one whole large page at most.
    private static let byteCountMin = 4 << 20
    private static let smallPageByteCount = 4096

    /// Asks for large pages under the memory of an array that is about to be filled; nothing depends on getting them.
    static func advise(for numbers: inout [Double]) {
        let byteCount = numbers.capacity * MemoryLayout<Double>.stride
        guard byteCount >= byteCountMin else { return }
        // SAFETY: the advice concerns pages that begin inside the array's memory, and changes nothing in them.
        unsafe numbers.withUnsafeMutableBufferPointer { buffer in
            guard let start = UnsafeMutableRawPointer(buffer.baseAddress) else { return }
            let firstPage = unsafe start.alignedUp(toMultipleOf: smallPageByteCount)
            _ = unsafe madvise(firstPage, byteCount - smallPageByteCount, MADV_HUGEPAGE)
        }
    }
}
