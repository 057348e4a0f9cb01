import Glibc

/// Caches the last request head, so that an identical one is not parsed again.
struct KnownHead {
    /// The length of the longest head that is cached; longer ones are parsed each time.
    private static let byteCountMax = 1024

    private var bytes: [UInt8] = []
    private var head: ParsedHead?
    /// The number of the ``QuickWay`` that answers all requests with that head, or nil if it is unknown.
    private(set) var way: Int?

    mutating func forget() {
        head = nil
        way = nil
    }

    /// Caches the fast path of requests with the last head, if that head is cached.
    mutating func remember(way: Int) {
        if head != nil { self.way = way }
    }

    mutating func remember(_ head: ParsedHead, _ bytes: Span<UInt8>) {
        guard head.byteCount <= Self.byteCountMax else { return }
        self.bytes.removeAll(keepingCapacity: true)
        self.bytes.append(addingCapacity: head.byteCount) { $0.append(copying: bytes.extracting(0..<head.byteCount)) }
        self.head = head
        way = nil
    }

    /// Returns the head if `input` begins with the same bytes.
    @inline(__always)
    func recognize(_ input: Span<UInt8>) -> ParsedHead? {
        guard let head, head.byteCount <= input.count else { return nil }
        let isSame = unsafe bytes.withUnsafeBytes { known in
            unsafe input.withUnsafeBytes { input in
                guard let known = known.baseAddress, let input = input.baseAddress else { return false }
                // SAFETY: both have at least `head.byteCount` bytes.
                return unsafe memcmp(known, input, head.byteCount) == 0
            }
        }
        return isSame ? head : nil
    }
}

extension HeadParser {
    /// Returns the head that `bytes` begin with, if it is byte for byte the same as the last one.
    ///
    /// Then the field lines are unchanged, and nothing has to be reset or parsed: many clients send the same head
    /// repeatedly. If it is a different head, the parser's state is unchanged.
    @inline(__always)
    func recognize(_ bytes: Span<UInt8>) -> ParsedHead? { known.recognize(bytes) }

    /// Releases the memory of the cached head.
    mutating func releaseKnownHead() { known = KnownHead() }

    /// Returns whether a head holds a secret: the time that a comparison takes must not reveal how much of another one
    /// is right.
    func hasCredentials(_ bytes: Span<UInt8>) -> Bool {
        guard nameLengthBits & RequestHead.bit("authorization".utf8.count) != 0 else { return false }
        let lines = fieldLines
        for index in lines.indices where ByteWord.isName(bytes, lines[index].name, "authorization") { return true }
        return false
    }
}
