import HTTP

/// Percent escapes of paths and queries (RFC 3986 §2.1).
enum PercentEncoding {
    /// Returns the bytes with their escapes decoded, or nil if a `%` is not followed by two hexadecimal digits.
    ///
    /// A `+` stays a plus: treating it as a space is a rule of HTML forms, not of URLs.
    static func decode(_ bytes: Span<UInt8>) -> [UInt8]? { decode(bytes, keepsSlashes: false) }

    private static func decode(_ bytes: Span<UInt8>, keepsSlashes: Bool) -> [UInt8]? {
        // Appending nothing would write to the empty array that all threads share.
        if bytes.isEmpty { return [] }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = 0
        while let escape = bytes.firstIndex(of: UInt8(ascii: "%"), from: index) {
            decoded.append(addingCapacity: escape - index) { $0.append(copying: bytes.extracting(index..<escape)) }
            guard escape + 2 < bytes.count, let high = bytes[escape + 1].hexadecimalValue,
                let low = bytes[escape + 2].hexadecimalValue
            else { return nil }
            let byte = high << 4 | low
            if keepsSlashes, byte == UInt8(ascii: "/") {
                decoded += [bytes[escape], bytes[escape + 1], bytes[escape + 2]]
            } else {
                decoded.append(byte)
            }
            index = escape + 3
        }
        decoded.append(addingCapacity: bytes.count - index) { $0.append(copying: bytes.extracting(index...)) }
        return decoded
    }

    /// Returns a path with all escapes decoded except that of a slash: an escaped slash is data, not a separator.
    ///
    /// No route contains a percent sign, so that such a path matches none, and messages show it as it was sent.
    static func decodePath(_ path: Span<UInt8>) -> [UInt8]? { decode(path, keepsSlashes: true) }
}
