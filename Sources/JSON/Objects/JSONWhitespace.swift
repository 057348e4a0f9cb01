/// Recognises the whitespace that is allowed before and after any token (RFC 8259 §2).
enum JSONWhitespace {
    @inline(__always)
    static func contains(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
}
