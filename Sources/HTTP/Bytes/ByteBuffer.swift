/// A growable byte buffer that reuses its memory: bytes are appended, read together and removed.
///
/// An array would have to check for uniqueness at each change; this type cannot be copied. Its memory grows as needed
/// and is freed with the buffer.
@safe
public struct ByteBuffer: ~Copyable {
    @usableFromInline var memory: UnsafeMutableBufferPointer<UInt8>
    /// The bytes before this index are set aside.
    @usableFromInline var start = 0
    @usableFromInline var end = 0

    /// Creates an empty buffer.
    ///
    /// - Parameter capacity: The number of bytes that fit before the memory has to grow.
    public init(capacity: Int = 0) { unsafe memory = .allocate(capacity: capacity) }

    deinit { unsafe memory.deallocate() }

    @inlinable public var count: Int { end &- start }

    @inlinable public var isEmpty: Bool { end == start }

    @inlinable public var span: Span<UInt8> {
        @_lifetime(borrow self)
        @inline(__always)
        get {
            // SAFETY: the bytes up to the end are initialized, and do not change while the buffer is borrowed.
            unsafe memory.span.extracting(unchecked: start..<end)
        }
    }

    /// Appends what `write` appends to its span, which has space for at least `byteCountMax` bytes.
    @inlinable
    @inline(__always)
    public mutating func append(addingCapacity byteCountMax: Int, _ write: (inout OutputSpan<UInt8>) -> Void) {
        if unsafe memory.count &- end < byteCountMax { grow(toHold: end + byteCountMax) }
        // SAFETY: the memory after the bytes in use is free.
        let free = unsafe UnsafeMutableBufferPointer(rebasing: memory[end...])
        var output = unsafe OutputSpan(buffer: free, initializedCount: 0)
        write(&output)
        end &+= unsafe output.finalize(for: free)
    }

    /// Removes all bytes except those set aside, and keeps the memory.
    @inlinable
    public mutating func removeAll() { end = start }

    /// Removes the last bytes.
    mutating func removeLast(_ byteCount: Int) {
        precondition(byteCount >= 0 && byteCount <= count, "They are there.")
        end &-= byteCount
    }

    /// Shifts the last bytes by a distance, toward the end or over the bytes before them; a gap belongs to the buffer.
    mutating func moveLast(_ byteCount: Int, by distance: Int) {
        precondition(byteCount >= 0 && byteCount <= count && byteCount - distance <= count, "They stay within.")
        if distance > 0, unsafe memory.count &- end < distance { grow(toHold: end + distance) }
        guard let first = unsafe memory.baseAddress else { return }
        // SAFETY: both ranges are within the memory, and initialized up to the end; they may overlap.
        unsafe (first + (end - byteCount + distance)).update(from: first + (end - byteCount), count: byteCount)
        end += distance
    }

    /// Overwrites bytes from an index on.
    mutating func overwrite(from index: Int, _ bytes: Span<UInt8>) {
        precondition(index >= 0 && index + bytes.count <= count, "They are there.")
        guard let first = unsafe memory.baseAddress else { return }
        unsafe bytes.withUnsafeBufferPointer { bytes in
            guard let source = bytes.baseAddress else { return }
            // SAFETY: at least `bytes.count` bytes are in use from there on, and `bytes` are in other memory.
            unsafe (first + (start + index)).update(from: source, count: bytes.count)
        }
    }

    @usableFromInline
    mutating func grow(toHold byteCount: Int) {
        let larger = unsafe UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(byteCount, 2 * memory.count))
        // SAFETY: the bytes up to the end are initialized, and fit.
        _ = unsafe larger.initialize(fromContentsOf: memory[..<end])
        unsafe memory.deallocate()
        unsafe memory = larger
    }
}

/// Bytes that are kept for later while the buffer continues as if it were empty.
extension ByteBuffer {
    /// The number of bytes set aside.
    public var setAsideCount: Int { start }

    /// Sets all bytes aside.
    ///
    /// - Returns: The range to pass to ``bytes(setAside:)``.
    public mutating func setAside() -> Range<Int> {
        defer { start = end }
        return start..<end
    }

    /// Returns bytes that have been set aside and not yet removed.
    @_lifetime(borrow self)
    public func bytes(setAside range: Range<Int>) -> Span<UInt8> {
        precondition(range.upperBound <= start, "So many bytes are set aside.")
        // SAFETY: the bytes up to the end are initialized, and do not change while the buffer is borrowed.
        return unsafe memory.span.extracting(unchecked: range)
    }

    /// Removes the bytes set aside, unless the buffer contains others, whose positions must not change.
    public mutating func removeSetAside() {
        guard isEmpty else { return }
        start = 0
        end = 0
    }
}
