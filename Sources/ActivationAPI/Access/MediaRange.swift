/// An element of an `Accept` field: `application/*;q=0.5`.
///
/// The parser accepts what real clients send beyond the grammar: a bare `*` is `*/*`, blanks may surround `=`, and a
/// weight may have any number of decimals (`.2`, `0.0001`). A malformed weight counts as 1, as if it were absent.
struct MediaRange {
    /// The weight 1.
    static let fullQuality = 1_000_000_000

    /// The length of the part before any parameter.
    private let typeByteCount: Int
    /// The weight, in billionths.
    let quality: Int

    /// Parses an element, or returns nil if it is not a media range.
    init?(_ element: Span<UInt8>) {
        let split = element.splitOff(atUnquoted: UInt8(ascii: ";"))
        let type = split.part.trimmed
        guard type.equals("*") || Self.isRange(type) else { return nil }
        typeByteCount = type.count
        var quality = Self.fullQuality
        var rest = split.rest
        while let parameters = rest {
            let split = parameters.splitOff(atUnquoted: UInt8(ascii: ";"))
            rest = split.rest
            let pair = split.part.splitOff(at: UInt8(ascii: "="))
            guard pair.part.trimmed.equalsIgnoringCase("q"), let value = pair.rest else { continue }
            quality = Self.weight(value.trimmed.unquoted) ?? Self.fullQuality
        }
        self.quality = quality
    }

    private static func isRange(_ type: Span<UInt8>) -> Bool {
        guard let slash = type.firstIndex(of: UInt8(ascii: "/")) else { return false }
        return MediaType.isToken(type.extracting(..<slash)) && MediaType.isToken(type.extracting((slash + 1)...))
    }

    /// Returns 3 if the range is the type, 2 for `application/*`, 1 for `*/*`, and 0 if it does not match.
    func specificity(for type: StaticString, in element: Span<UInt8>) -> Int {
        let range = element.extracting(..<typeByteCount)
        if range.equalsIgnoringCase(type) { return 3 }
        if range.equals("*/*") || range.equals("*") { return 1 }
        guard range.count >= 2, range.extracting(last: 2).equals("/*") else { return 0 }
        let name = type.description
        let major = name.utf8.prefix(range.count - 1)
        guard major.last == UInt8(ascii: "/"), major.count == range.count - 1 else { return 0 }
        var index = 0
        for byte in major {
            guard range[index].lowercasedASCII == byte else { return 0 }
            index += 1
        }
        return 2
    }

    /// Returns a decimal from 0 to 1 in billionths, or nil if the text is not one.
    ///
    /// A positive weight never rounds to 0.
    private static func weight(_ text: Span<UInt8>) -> Int? {
        var (value, unit) = (0, fullQuality)
        var (hasDigit, hasPoint, isPositive) = (false, false, false)
        for index in text.indices {
            if text[index] == UInt8(ascii: "."), !hasPoint {
                hasPoint = true
                continue
            }
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[index]) else { return nil }
            let digit = Int(text[index] - UInt8(ascii: "0"))
            hasDigit = true
            if digit > 0 { isPositive = true }
            if hasPoint {
                unit /= 10
                value += digit * unit
            } else {
                value = value * 10 + digit * fullQuality
            }
            guard value <= fullQuality else { return nil }
        }
        guard hasDigit else { return nil }
        return isPositive ? max(value, 1) : 0
    }
}
