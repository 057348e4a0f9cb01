import HTTP

/// A strong entity tag: a hash over everything that an answer depends on (RFC 9110 §8.8.3).
///
/// It is 64-bit FNV-1a with a special step for eight bytes of a long text. It has to differ between versions of one
/// URL's answer. It is not collision-resistant: a caller who constructs a collision only spoils their own cache.
struct EntityTag {
    private var hash: UInt64 = 0xcbf2_9ce4_8422_2325

    /// Hashes some bytes and their end, so that `ab`, `c` and `a`, `bc` differ.
    mutating func combine(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { combine(byte: byte) }
        // This byte occurs in no UTF-8 text.
        combine(byte: 0xFF)
    }

    /// Hashes a text that may be long, eight bytes at a time.
    mutating func combine(long text: Span<UInt8>) {
        var index = 0
        while index + 8 <= text.count {
            combine(word: text.word(at: index))
            index += 8
        }
        combine(Array(copying: text.extracting(index...)))
    }

    /// Hashes eight bytes with both halves of the product, since bits of the lower half depend only on lower bits.
    private mutating func combine(word: UInt64) {
        let product = (hash ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        hash = product.high ^ product.low
    }

    private mutating func combine(byte: UInt8) {
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }

    /// The value of the `ETag` field, including its quotes.
    var fieldValue: String {
        let digits = String(hash, radix: 16)
        return "\"" + String(repeating: "0", count: 16 - digits.count) + digits + "\""
    }

    /// Returns whether the request's `If-None-Match` contains this tag, compared weakly, or is `*` (RFC 9110 §13.1.2).
    ///
    /// Tags without quotes match too, and so do those to which a compressing proxy has appended its coding: `"…-gzip"`.
    func matchesCondition(of head: borrowing RequestHead) -> Bool {
        let tag = Array(fieldValue.utf8.dropFirst().dropLast())
        var found = false
        head.forEachField("if-none-match") { value in
            if value.trimmed.equals("*") { found = true }
            var rest: Span<UInt8>? = value
            while let list = rest {
                // Our own tags contain no comma, so that splitting a foreign one does no harm.
                let split = list.splitOff(at: UInt8(ascii: ","))
                rest = split.rest
                var candidate = split.part.trimmed
                if candidate.hasPrefix("W/") || candidate.hasPrefix("w/") { candidate = candidate.extracting(2...) }
                candidate = candidate.unquoted
                guard candidate.count >= tag.count, candidate.extracting(..<tag.count).equals(tag) else { continue }
                if Self.isCodingSuffix(candidate.extracting(tag.count...)) { found = true }
            }
        }
        return found
    }

    /// Returns whether the suffix is empty or one that proxies append to a tag when they compress an answer.
    private static func isCodingSuffix(_ suffix: Span<UInt8>) -> Bool {
        suffix.isEmpty || suffix.equals("-gzip") || suffix.equals("--gzip") || suffix.equals("-br")
            || suffix.equals("-zstd")
    }
}
