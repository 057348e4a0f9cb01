/// Bytes that are appended, looked at together and thrown away, again and again in the same memory.
///
/// An array would have to find out each time whether somebody shares it; this cannot be copied. Its memory grows as is
/// needed and is given back with the buffer.
@safe
public struct ByteBuffer: ~Copyable {
    @usableFromInline var memory: UnsafeMutableBufferPointer<UInt8>
    @usableFromInline var initializedCount = 0

    /// - Parameter capacity: How many bytes there is room for before more memory is needed.
    public init(capacity: Int = 0) { unsafe memory = .allocate(capacity: capacity) }

    deinit { unsafe memory.deallocate() }

    @inlinable public var count: Int { initializedCount }

    @inlinable public var isEmpty: Bool { count == 0 }

    @inlinable public var span: Span<UInt8> {
        @_lifetime(borrow self)
        @inline(__always)
        get {
            // SAFETY: the first `count` bytes are initialized, and stay as they are while the buffer is borrowed.
            unsafe memory.span.extracting(unchecked: 0..<count)
        }
    }

    /// Appends what `write` appends to the span that it is given, which has room for `byteCountMax` bytes or more.
    @inlinable
    @inline(__always)
    public mutating func append(addingCapacity byteCountMax: Int, _ write: (inout OutputSpan<UInt8>) -> Void) {
        if unsafe memory.count &- count < byteCountMax { grow(toHold: count + byteCountMax) }
        // SAFETY: behind the bytes in use the memory is free.
        let free = unsafe UnsafeMutableBufferPointer(rebasing: memory[count...])
        var output = unsafe OutputSpan(buffer: free, initializedCount: 0)
        write(&output)
        initializedCount &+= unsafe output.finalize(for: free)
    }

    /// Throws all bytes away and keeps the memory.
    @inlinable
    public mutating func removeAll() { initializedCount = 0 }

    @usableFromInline
    mutating func grow(toHold byteCount: Int) {
        let larger = unsafe UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(byteCount, 2 * memory.count))
        // SAFETY: `count` bytes are initialized, and fit.
        _ = unsafe larger.initialize(fromContentsOf: memory[..<count])
        unsafe memory.deallocate()
        unsafe memory = larger
    }
}
