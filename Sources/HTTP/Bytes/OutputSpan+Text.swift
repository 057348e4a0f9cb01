extension OutputSpan<UInt8> {
    /// Appends bytes in a single copy.
    ///
    /// - Precondition: There is space for them.
    @inlinable
    @inline(__always)
    public mutating func append(copying bytes: [UInt8]) {
        unsafe bytes.withUnsafeBufferPointer { unsafe append(copying: $0) }
    }

    /// Appends bytes in a single copy.
    ///
    /// - Precondition: There is space for them.
    @inline(__always)
    public mutating func append(copying bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBufferPointer { unsafe append(copying: $0) }
    }

    /// Appends a literal's bytes.
    ///
    /// - Precondition: There is space for them.
    @inlinable
    @inline(__always)
    public mutating func append(_ text: StaticString) {
        // SAFETY: the pointer and the count belong to one literal, which lives as long as the program.
        unsafe append(copying: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    @inlinable
    @inline(__always)
    mutating func append(copying bytes: UnsafeBufferPointer<UInt8>) {
        precondition(bytes.count <= freeCapacity, "There is room for what is appended.")
        // SAFETY: there is space for `bytes` after `count`, and they are in other memory.
        unsafe withUnsafeMutableBufferPointer { buffer, count in
            guard let source = bytes.baseAddress, let start = buffer.baseAddress else { return }
            unsafe (start + count).initialize(from: source, count: bytes.count)
            count &+= bytes.count
        }
    }

    /// Appends a non-negative number in decimal digits.
    ///
    /// - Precondition: There is space for 19 digits.
    public mutating func append(decimal number: Int) {
        precondition(number >= 0 && freeCapacity >= 19, "A number without a sign, and room for it.")
        if number < 10 { return append(0x30 &+ UInt8(truncatingIfNeeded: number)) }
        // SAFETY: an Int has at most 19 digits, for which there is space after `count`.
        unsafe withUnsafeMutableBufferPointer { buffer, count in
            guard let start = buffer.baseAddress else { return }
            var rest = UInt64(truncatingIfNeeded: number)
            var digitCount = 1
            var limit: UInt64 = 10
            while digitCount < 19, rest >= limit {
                digitCount &+= 1
                limit &*= 10
            }
            count &+= digitCount
            for place in 1...digitCount {
                unsafe (start + count - place).initialize(to: 0x30 &+ UInt8(truncatingIfNeeded: rest % 10))
                rest /= 10
            }
        }
    }
}
