import Glibc

/// The head that was read last, to be recognised when it comes again.
struct KnownHead {
    /// Longer ones are read each time.
    private static let byteCountMax = 1024

    private var bytes: [UInt8] = []
    private var head: ParsedHead?
    /// The number of the ``QuickWay`` by which all requests with that head are answered; nil where that is not known.
    private(set) var way: Int?

    mutating func forget() {
        head = nil
        way = nil
    }

    /// Notes the way by which requests with the head that was read last are answered, if that head is kept.
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

extension HeadParser {
    /// The head that `bytes` begin with, where it is the same to the byte as the one that was read last.
    ///
    /// Then the field lines are as they were, and nothing has to be reset or read: many clients send one head again and
    /// again. Where it is another one, nothing has happened.
    @inline(__always)
    func recognize(_ bytes: Span<UInt8>) -> ParsedHead? { known.recognize(bytes) }

    /// Gives up the memory of the head that was read last.
    mutating func releaseKnownHead() { known = KnownHead() }

    /// Whether a head holds a secret: how long it takes to compare another one with it must not tell how much is right.
    func hasCredentials(_ bytes: Span<UInt8>) -> Bool {
        guard nameLengthBits & RequestHead.bit("authorization".utf8.count) != 0 else { return false }
        let lines = fieldLines
        for index in lines.indices where ByteWord.isName(bytes, lines[index].name, "authorization") { return true }
        return false
    }
}
