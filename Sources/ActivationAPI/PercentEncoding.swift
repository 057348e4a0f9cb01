import HTTP

/// Percent escapes of paths and queries (RFC 3986 §2.1).
enum PercentEncoding {
    /// The bytes with their escapes decoded; nil where a `%` is not followed by two hexadecimal digits.
    ///
    /// A `+` stays a plus: that it means a space is a rule of HTML forms, not of URLs.
    static func decode(_ bytes: Span<UInt8>) -> [UInt8]? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] != UInt8(ascii: "%") {
                decoded.append(bytes[index])
                index += 1
                continue
            }
            guard index + 2 < bytes.count, let high = bytes[index + 1].hexadecimalValue,
                let low = bytes[index + 2].hexadecimalValue
            else { return nil }
            decoded.append(high << 4 | low)
            index += 3
        }
        return decoded
    }

    /// A path with its escapes decoded.
    ///
    /// An escaped slash is data and no separator, so it becomes NUL, which no route has.
    static func decodePath(_ path: Span<UInt8>) -> [UInt8]? {
        var path = Array(copying: path)
        var index = 0
        while index + 2 < path.count {
            if path[index] == UInt8(ascii: "%"), path[index + 1] == UInt8(ascii: "2"),
                path[index + 2].lowercasedASCII == UInt8(ascii: "f")
            {
                path[index + 1] = UInt8(ascii: "0")
                path[index + 2] = UInt8(ascii: "0")
            }
            index += 1
        }
        return decode(path.span)
    }
}
