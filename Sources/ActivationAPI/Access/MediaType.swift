import HTTP

/// Media types of request bodies (RFC 9110 §8.3).
enum MediaType {
    /// Returns whether the value is `application/json`, `application/*+json` or a form's type, with no charset but
    /// UTF-8.
    ///
    /// A list of such types is accepted too, since field lines of one name may be joined by commas.
    static func isJSON(_ value: Span<UInt8>) -> Bool {
        // Nearly every client sends this.
        if value.equals("application/json") { return true }
        var isJSON = false
        var rest: Span<UInt8>? = value
        while let list = rest {
            let split = list.splitOff(atUnquoted: UInt8(ascii: ","))
            rest = split.rest
            if split.part.trimmed.isEmpty { continue }
            guard isOneJSON(split.part) else { return false }
            isJSON = true
        }
        return isJSON
    }

    private static func isOneJSON(_ value: Span<UInt8>) -> Bool {
        let split = value.splitOff(atUnquoted: UInt8(ascii: ";"))
        let type = split.part.trimmed
        guard
            type.equalsIgnoringCase("application/json") || isStructuredJSON(type)
                || type.equalsIgnoringCase("application/x-www-form-urlencoded")
        else { return false }
        var rest = split.rest
        while let parameters = rest {
            let split = parameters.splitOff(atUnquoted: UInt8(ascii: ";"))
            rest = split.rest
            let pair = split.part.splitOff(at: UInt8(ascii: "="))
            guard pair.part.trimmed.equalsIgnoringCase("charset") else { continue }
            guard let charset = pair.rest, isUTF8(charset.trimmed.unquoted) else { return false }
        }
        return true
    }

    /// Returns whether the type is `application/` with the suffix `+json` (RFC 6839 §3.1).
    private static func isStructuredJSON(_ type: Span<UInt8>) -> Bool {
        let prefix = 12
        let suffix = 5
        guard type.count > prefix + suffix, isToken(type.extracting(prefix...)) else { return false }
        return type.extracting(..<prefix).equalsIgnoringCase("application/")
            && type.extracting(last: suffix).equalsIgnoringCase("+json")
    }

    /// Returns whether the charset is a name of UTF-8 or of ASCII, which is a subset of it.
    private static func isUTF8(_ charset: Span<UInt8>) -> Bool {
        charset.equalsIgnoringCase("utf-8") || charset.equalsIgnoringCase("utf8")
            || charset.equalsIgnoringCase("us-ascii")
    }

    static func isToken(_ bytes: Span<UInt8>) -> Bool {
        for index in bytes.indices where !bytes[index].isTokenCharacter { return false }
        return !bytes.isEmpty
    }
}
