/// The items of a query, in order, escapes decoded.
enum QueryItems {
    /// - Throws: `malformed-query` where the query is no text.
    static func read(_ query: Span<UInt8>?) throws(Problem) -> [(name: String, value: String)] {
        var items: [(name: String, value: String)] = []
        var rest = query
        while let list = rest {
            let split = list.splitOff(at: UInt8(ascii: "&"))
            rest = split.rest
            if split.part.isEmpty { continue }
            let pair = split.part.splitOff(at: UInt8(ascii: "="))
            let value = if let value = pair.rest { try text(value) } else { "" }
            items.append((try text(pair.part), value))
        }
        return items
    }

    /// Part of a query with its escapes decoded.
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
