import HTTP
import JSON

/// Turns the query of an evaluate GET into the equivalent POST body.
///
/// One reader then checks both, and the body, being free of escapes, also serves as the canonical form of the query.
enum EvaluationQuery {
    /// Returns the POST body that is equivalent to a query.
    ///
    /// A list that consists only of characters of numbers is copied as it is; the reader of the body then checks the
    /// numbers.
    ///
    /// - Parameters:
    ///   - fields: The fields whose names items may have.
    ///   - checksNumbers: Whether a list is copied only if it consists of numbers.
    /// - Throws: `malformed-query` if the query is not valid text, `malformed-json` if an item that begins with `[` is
    ///   not exactly one JSON array.
    static func body(
        of query: Span<UInt8>?, _ fields: RequestFields, checksNumbers: Bool = false
    ) throws(Problem) -> [UInt8] {
        var body: [UInt8] = []
        body.reserveCapacity((query?.count ?? 0) + otherByteCount)
        body.append(UInt8(ascii: "{"))
        for (name, value) in try QueryItems.read(query) {
            if body.count > 1 { body.append(UInt8(ascii: ",")) }
            JSONText.append(name, to: &body)
            body.append(UInt8(ascii: ":"))
            let field = fields.named(name)
            try append(value, of: field, field.map { fields.kind(of: $0) }, checksNumbers, to: &body)
        }
        body.append(UInt8(ascii: "}"))
        return body
    }

    /// The space for the punctuation of a body with few members, in bytes.
    private static let otherByteCount = 32

    /// Returns the request in a query.
    ///
    /// - Parameter body: The result of ``body(of:_:checksNumbers:)`` for the query.
    static func request(
        in body: [UInt8], of query: Span<UInt8>?, for target: EvaluationTarget
    ) throws(Problem) -> EvaluationRequest {
        let object: JSONObject
        do { object = try read(body, target.activation.fields) } catch {
            // A list element that is not a number becomes a string, so that the error names the item.
            let checkedBody = try Self.body(of: query, target.activation.fields, checksNumbers: true)
            do { object = try read(checkedBody, target.activation.fields) } catch {
                // Only the array of an item is copied unchecked.
                throw Problem(.malformedJSON, error.message, parameter: EvaluationField.input.name)
            }
        }
        do { return try EvaluationRequest(object, for: target) } catch { throw error.forQuery }
    }

    private static func read(_ body: [UInt8], _ fields: RequestFields) throws(JSONSyntaxError) -> JSONObject {
        var reader = JSONObjectReader(schema: fields.schema, byteCountHint: body.count)
        reader.feed(body.span)
        return try reader.finish()
    }

    /// Writes an item's value as the JSON that the field accepts.
    ///
    /// Any other value becomes a string, whose type the reader of the body then rejects.
    private static func append(
        _ value: String, of field: EvaluationField?, _ kind: JSONObjectSchema.Kind?, _ checksNumbers: Bool,
        to body: inout [UInt8]
    ) throws(Problem) {
        switch kind {
        case .tensor where value.utf8.first == UInt8(ascii: "["):
            // Otherwise the text could close the array and continue with members of its own.
            guard isOneArray(value.utf8Span.span) else {
                throw Problem(.malformedJSON, "The value is not one whole JSON array.", parameter: field?.name)
            }
            body += value.utf8
        case .tensor where isList(value.utf8Span.span, checksNumbers):
            let isVector = value.utf8Span.span.firstIndex(of: UInt8(ascii: ",")) != nil
            if isVector { body.append(UInt8(ascii: "[")) }
            body += value.utf8
            if isVector { body.append(UInt8(ascii: "]")) }
        case .tensor:
            let items = value.split(separator: ",", omittingEmptySubsequences: false)
            if items.count > 1 { body.append(UInt8(ascii: "[")) }
            for (index, item) in items.enumerated() {
                if index > 0 { body.append(UInt8(ascii: ",")) }
                appendNumberOrString(String(item), to: &body)
            }
            if items.count > 1 { body.append(UInt8(ascii: "]")) }
        case .number, .numberOrString: appendNumberOrString(value, to: &body)
        case .string, nil: JSONText.append(value, to: &body)
        }
    }

    private static func appendNumberOrString(_ text: String, to body: inout [UInt8]) {
        switch JSONNumber.read(Array(text.utf8).span) {
        case .number(let number) where number.value.isFinite: body += text.utf8
        case .outOfRange: body += text.utf8
        // This includes NaN and the infinities, which JSON writes as strings.
        case .number, .malformed: JSONText.append(text, to: &body)
        }
    }

    /// Returns whether the text is a list of JSON numbers separated by commas, as most are; without checking the
    /// numbers, whether it may be one.
    private static func isList(_ text: Span<UInt8>, _ checksNumbers: Bool) -> Bool {
        guard text.hasOnlyNumberCharacters else { return false }
        if !checksNumbers { return true }
        var index = 0
        while let end = JSONNumber.end(in: text, from: index) {
            if end == text.count { return true }
            guard text[end] == UInt8(ascii: ",") else { return false }
            index = end + 1
        }
        return false
    }

    /// Returns whether the bracket that opens the text is closed by its last character that is not white space, and not
    /// before.
    private static func isOneArray(_ text: Span<UInt8>) -> Bool {
        var depth = 0
        var isInString = false
        var isEscaped = false
        var index = 0
        while index < text.count {
            if !isInString { index = text.firstQuoteOrBracket(from: index) }
            guard index < text.count else { break }
            let byte = text[index]
            index += 1
            if isInString {
                isInString = isEscaped || byte != UInt8(ascii: "\"")
                isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                depth -= 1
                if depth == 0 { return text.extracting(index...).isWhitespace }
            default: break
            }
        }
        return false
    }
}

extension Span<UInt8> {
    /// Whether every byte is JSON white space.
    fileprivate var isWhitespace: Bool {
        for index in indices {
            switch self[index] {
            case 0x20, 0x09, 0x0A, 0x0D: continue
            default: return false
            }
        }
        return true
    }

    /// Whether every byte is a digit, a sign, a point, the `e` of an exponent or a comma; a slash is accepted as well,
    /// since ASCII has it between these.
    fileprivate var hasOnlyNumberCharacters: Bool {
        let (wholeCount, ones) = (count & ~7, 0x0101_0101_0101_0101 as UInt64)
        var others: UInt64 = 0
        for index in stride(from: 0, to: wholeCount, by: 8) {
            let word = word(at: index)
            let low = word & (ones &* 0x7F)
            // The high bit of every byte from `+` to `9`, and of every `e`.
            let digits = (low &+ ones &* (0x80 - 0x2B)) & ~(low &+ ones &* (0x7F - 0x39))
            let letters = ~(((low | ones &* 0x20) ^ ones &* 0x65) &+ ones &* 0x7F)
            others |= ~((digits | letters) & ~word) & (ones &* 0x80)
        }
        for index in wholeCount..<count {
            let byte = self[index]
            guard byte >= UInt8(ascii: "+") && byte <= UInt8(ascii: "9") || byte | 0x20 == UInt8(ascii: "e") else {
                return false
            }
        }
        return others == 0
    }

    /// Returns the index of the first quotation mark or byte not below `[` from `start` on, or the count.
    fileprivate func firstQuoteOrBracket(from start: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        var index = start
        while index + 8 <= count {
            let word = word(at: index)
            let low = word & (ones &* 0x7F)
            let large = low &+ ones &* (0x80 - 0x5B) | word
            let quotes = ~((low ^ ones &* 0x22) &+ ones &* 0x7F)
            let found = (large | quotes) & (ones &* 0x80)
            if found != 0 { return index + found.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < count && self[index] < UInt8(ascii: "[") && self[index] != UInt8(ascii: "\"") { index += 1 }
        return index
    }
}
