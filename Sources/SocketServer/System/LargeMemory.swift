import CLinux

/// Configures how this process allocates memory for large bodies.
enum LargeMemory {
    /// The least size of a block that is mapped on its own: a tensor of 65,536 float64, or a piece of a large answer.
    private static let byteCountMin = 1 << 19

    /// Makes malloc map large blocks, so that freeing one returns it to the kernel at once.
    ///
    /// The allocator would otherwise keep such memory for the next request, and after a burst a part of it permanently.
    static func mapByItself() {
        // It fails only for a size of more than half of an arena.
        _ = mallopt(M_MMAP_THRESHOLD, Int32(byteCountMin))
    }
}
