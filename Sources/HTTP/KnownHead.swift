import Glibc

/// The head that was read last, to be recognised when it comes again.
struct KnownHead {
    /// Longer ones are read each time.
    private static let byteCountMax = 1024

    private var bytes: [UInt8] = []
    private var head: ParsedHead?

    mutating func forget() { head = nil }

    mutating func remember(_ head: ParsedHead, _ bytes: Span<UInt8>) {
        guard head.byteCount <= Self.byteCountMax else { return }
        self.bytes.removeAll(keepingCapacity: true)
        self.bytes.append(addingCapacity: head.byteCount) { $0.append(copying: bytes.extracting(0..<head.byteCount)) }
        self.head = head
    }

    /// The head, if `input` begins with the same bytes.
    @inline(__always)
    func recognize(_ input: Span<UInt8>) -> ParsedHead? {
        guard let head, head.byteCount <= input.count else { return nil }
        let isSame = unsafe bytes.withUnsafeBytes { known in
            unsafe input.withUnsafeBytes { input in
                guard let known = known.baseAddress, let input = input.baseAddress else { return false }
                // SAFETY: both have so many bytes.
                return unsafe memcmp(known, input, head.byteCount) == 0
            }
        }
        return isSame ? head : nil
    }
}
