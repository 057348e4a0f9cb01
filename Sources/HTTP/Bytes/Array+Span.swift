extension Array where Element == UInt8 {
    /// A copy of these bytes.
    public init(copying bytes: Span<UInt8>) {
        // SAFETY: the buffer is read while the span is valid, and copied.
        self = unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) }
    }
}
