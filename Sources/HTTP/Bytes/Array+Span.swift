extension Array where Element == UInt8 {
    /// Creates a copy of these bytes.
    public init(copying bytes: Span<UInt8>) {
        // SAFETY: the buffer is read and copied while the span is valid.
        self = unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) }
    }
}
