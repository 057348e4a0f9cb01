/// Reads the items of a query, in order, with escapes decoded.
enum QueryItems {
    /// - Throws: `malformed-query` if the query is not valid text.
    static func read(_ query: Span<UInt8>?) throws(Problem) -> [(name: String, value: String)] {
        var items: [(name: String, value: String)] = []
        var rest = query
        while let list = rest {
            let split = list.splitOff(at: UInt8(ascii: "&"))
            rest = split.rest
            if split.part.isEmpty { continue }
            let pair = split.part.splitOff(at: UInt8(ascii: "="))
            let value = if let value = pair.rest { try text(ofValue: value) } else { "" }
            items.append((try text(pair.part), value))
        }
        return items
    }

    /// Returns a value with its escapes decoded.
    ///
    /// In a JSON array, a `+` that cannot be the sign of an exponent is the space that form encoders write.
    private static func text(ofValue bytes: Span<UInt8>) throws(Problem) -> String {
        guard bytes.hasPrefix("[") || bytes.hasPrefix("%5B") || bytes.hasPrefix("%5b"),
            bytes.firstIndex(of: UInt8(ascii: "+")) != nil
        else { return try text(bytes) }
        var value = Array(copying: bytes)
        for index in value.indices where value[index] == UInt8(ascii: "+") {
            // An array has at least its bracket before any sign.
            let isAfterE = value[index - 1].lowercasedASCII == UInt8(ascii: "e")
            if isAfterE, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(value[index - 2]) { continue }
            value[index] = UInt8(ascii: " ")
        }
        return try text(value.span)
    }

    /// Returns a part of a query with its escapes decoded.
    private static func text(_ bytes: Span<UInt8>) throws(Problem) -> String {
        guard let decoded = PercentEncoding.decode(bytes) else {
            throw Problem(.malformedQuery, "A % is not followed by two hexadecimal digits.")
        }
        guard let text = String(validating: decoded, as: UTF8.self) else {
            throw Problem(.malformedQuery, "The query is not UTF-8.")
        }
        return text
    }
}
