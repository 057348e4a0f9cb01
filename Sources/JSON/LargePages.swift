import Glibc

/// Pages of 2 MiB for the memory of large arrays, where the system has them.
///
/// Faults of small pages cost a request of a million numbers a tenth of its reading.
enum LargePages {
    /// A smaller array has one whole large page at most.
    private static let byteCountMin = 4 << 20
    private static let (smallPageByteCount, largePageByteCount) = (4096, 2 << 20)
    /// What an array and the allocator keep around the elements, at most.
    private static let overheadByteCount = 64
    /// `MADV_COLLAPSE`, which older headers lack and older kernels refuse.
    private static let madviseCollapse: Int32 = 25

    /// The least capacity from `capacity` on whose memory is a whole number of large pages.
    ///
    /// Such a mapping the kernel begins at the boundary of one.
    static func capacity(from capacity: Int) -> Int {
        let byteCount = capacity * MemoryLayout<Double>.stride
        guard byteCount >= byteCountMin else { return capacity }
        let pageCount = (byteCount + overheadByteCount + largePageByteCount - 1) / largePageByteCount
        return (pageCount * largePageByteCount - overheadByteCount) / MemoryLayout<Double>.stride
    }

    /// Asks for large pages under the memory of an array that is about to be filled; nothing depends on getting them.
    static func advise(for numbers: inout [Double]) {
        let byteCount = numbers.capacity * MemoryLayout<Double>.stride
        guard byteCount >= byteCountMin else { return }
        // SAFETY: the advice concerns the pages that the array's memory lies in, and changes nothing in them.
        unsafe numbers.withUnsafeMutableBufferPointer { buffer in
            guard let start = UnsafeMutableRawPointer(buffer.baseAddress) else { return }
            let firstPage = unsafe start.alignedDown(toMultipleOf: smallPageByteCount)
            let end = unsafe (start + byteCount).alignedUp(toMultipleOf: smallPageByteCount)
            _ = unsafe madvise(firstPage, end - firstPage, MADV_HUGEPAGE)
            // The allocator has already written to the first page, which keeps it small, and its neighbours too.
            _ = unsafe madvise(firstPage, largePageByteCount, madviseCollapse)
        }
    }
}
