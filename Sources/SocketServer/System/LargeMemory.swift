import CLinux

/// How memory for large bodies is allocated in this process.
enum LargeMemory {
    /// The bytes from which on memory is mapped for itself: a tensor of 65,536 float64, or a piece of a large answer.
    private static let byteCountMin = 1 << 19

    /// Has memory of at least this size go back to the system as soon as it is freed.
    ///
    /// The allocator would soon keep such memory for the next request, and after a burst a part of it for good.
    static func mapByItself() {
        // It fails only for a size past half of an arena.
        _ = mallopt(M_MMAP_THRESHOLD, Int32(byteCountMin))
    }
}
