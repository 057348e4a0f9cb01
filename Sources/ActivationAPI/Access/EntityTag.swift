import HTTP

/// A strong entity tag: a hash over everything that an answer depends on (RFC 9110 §8.8.3).
///
/// FNV-1a of 64 bits, with a step of its own for eight bytes of a long text. It has to differ between versions of one
/// URL's answer. It is not collision-resistant: a caller who constructs a collision spoils only their own cache.
struct EntityTag {
    private var hash: UInt64 = 0xcbf2_9ce4_8422_2325

    /// Takes in some bytes and their end, so that `ab`, `c` and `a`, `bc` differ.
    mutating func combine(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { combine(byte: byte) }
        // No UTF-8 text holds this byte.
        combine(byte: 0xFF)
    }

    /// Takes in a text that may be long, eight bytes at a time.
    mutating func combine(long text: Span<UInt8>) {
        var index = 0
        while index + 8 <= text.count {
            combine(word: text.word(at: index))
            index += 8
        }
        combine(Array(copying: text.extracting(index...)))
    }

    /// Takes in eight bytes: both halves of the product, since bits of the lower half only depend on those below.
    private mutating func combine(word: UInt64) {
        let product = (hash ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        hash = product.high ^ product.low
    }

    private mutating func combine(byte: UInt8) {
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }

    /// As in an `ETag` field, with its quotes.
    var fieldValue: String {
        let digits = String(hash, radix: 16)
        return "\"" + String(repeating: "0", count: 16 - digits.count) + digits + "\""
    }

    /// Whether the request's `If-None-Match` names this tag, compared weakly, or is `*` (RFC 9110 §13.1.2).
    ///
    /// Tags without quotes count too, and those to which a compressing proxy has added its coding: `"…-gzip"`.
    func matchesCondition(of head: borrowing RequestHead) -> Bool {
        let tag = Array(fieldValue.utf8.dropFirst().dropLast())
        var found = false
        head.forEachField("if-none-match") { value in
            if value.trimmed.equals("*") { found = true }
            var rest: Span<UInt8>? = value
            while let list = rest {
                // Our own tags hold no comma, so that a cut inside a foreign one does no harm.
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

    /// Whether a proxy adds that to a tag when it compresses an answer, or nothing at all.
    private static func isCodingSuffix(_ suffix: Span<UInt8>) -> Bool {
        suffix.isEmpty || suffix.equals("-gzip") || suffix.equals("--gzip") || suffix.equals("-br")
            || suffix.equals("-zstd")
    }
}
