/// Bytes that are appended, looked at together and thrown away, again and again in the same memory.
///
/// An array would have to find out each time whether somebody shares it; this cannot be copied. Its memory grows as is
/// needed and is given back with the buffer.
@safe
public struct ByteBuffer: ~Copyable {
    @usableFromInline var memory: UnsafeMutableBufferPointer<UInt8>
    /// Bytes up to here are set aside.
    @usableFromInline var start = 0
    @usableFromInline var end = 0

    /// - Parameter capacity: How many bytes there is room for before more memory is needed.
    public init(capacity: Int = 0) { unsafe memory = .allocate(capacity: capacity) }

    deinit { unsafe memory.deallocate() }

    @inlinable public var count: Int { end &- start }

    @inlinable public var isEmpty: Bool { end == start }

    @inlinable public var span: Span<UInt8> {
        @_lifetime(borrow self)
        @inline(__always)
        get {
            // SAFETY: the bytes up to the end are initialized, and stay as they are while the buffer is borrowed.
            unsafe memory.span.extracting(unchecked: start..<end)
        }
    }

    /// Appends what `write` appends to the span that it is given, which has room for `byteCountMax` bytes or more.
    @inlinable
    @inline(__always)
    public mutating func append(addingCapacity byteCountMax: Int, _ write: (inout OutputSpan<UInt8>) -> Void) {
        if unsafe memory.count &- end < byteCountMax { grow(toHold: end + byteCountMax) }
        // SAFETY: behind the bytes in use the memory is free.
        let free = unsafe UnsafeMutableBufferPointer(rebasing: memory[end...])
        var output = unsafe OutputSpan(buffer: free, initializedCount: 0)
        write(&output)
        end &+= unsafe output.finalize(for: free)
    }

    /// Throws all bytes away but those set aside, and keeps the memory.
    @inlinable
    public mutating func removeAll() { end = start }

    /// Throws the last bytes away.
    mutating func removeLast(_ byteCount: Int) {
        precondition(byteCount >= 0 && byteCount <= count, "They are there.")
        end &-= byteCount
    }

    /// Moves the last bytes, further away or over those before them; what comes to lie between is theirs still.
    mutating func moveLast(_ byteCount: Int, by distance: Int) {
        precondition(byteCount >= 0 && byteCount <= count && byteCount - distance <= count, "They stay within.")
        if distance > 0, unsafe memory.count &- end < distance { grow(toHold: end + distance) }
        guard let first = unsafe memory.baseAddress else { return }
        // SAFETY: both places are within the memory, and initialized up to the end; they may overlap.
        unsafe (first + (end - byteCount + distance)).update(from: first + (end - byteCount), count: byteCount)
        end += distance
    }

    /// Writes bytes over others.
    mutating func overwrite(from index: Int, _ bytes: Span<UInt8>) {
        precondition(index >= 0 && index + bytes.count <= count, "They are there.")
        guard let first = unsafe memory.baseAddress else { return }
        unsafe bytes.withUnsafeBufferPointer { bytes in
            guard let source = bytes.baseAddress else { return }
            // SAFETY: as many bytes are in use from there on, and `bytes` are someone else's memory.
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

/// Bytes that are kept for later, while the buffer goes on as if it were empty.
extension ByteBuffer {
    /// How many bytes are set aside.
    public var setAsideCount: Int { start }

    /// Sets all bytes aside.
    ///
    /// - Returns: Where ``bytes(setAside:)`` has them.
    public mutating func setAside() -> Range<Int> {
        defer { start = end }
        return start..<end
    }

    /// Bytes that have been set aside and not been thrown away.
    @_lifetime(borrow self)
    public func bytes(setAside range: Range<Int>) -> Span<UInt8> {
        precondition(range.upperBound <= start, "So many bytes are set aside.")
        // SAFETY: the bytes up to the end are initialized, and stay as they are while the buffer is borrowed.
        return unsafe memory.span.extracting(unchecked: range)
    }

    /// Throws away what is set aside, unless there is something else in the buffer, whose place stays as it is.
    public mutating func removeSetAside() {
        guard isEmpty else { return }
        start = 0
        end = 0
    }
}
