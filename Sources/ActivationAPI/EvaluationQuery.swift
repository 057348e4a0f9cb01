import HTTP
import JSON

/// The query of an evaluate GET, turned into the body of the POST that means the same.
///
/// One reader then judges both, and the body, being free of escapes, also serves as the canonical form of the query.
enum EvaluationQuery {
    /// - Throws: `malformed-query` where the query is no text, `malformed-json` where an item that begins with `[` is
    ///   not one whole JSON array.
    static func body(of query: Span<UInt8>?) throws(Problem) -> [UInt8] {
        var body: [UInt8] = [UInt8(ascii: "{")]
        for (name, value) in try QueryItems.read(query) {
            if body.count > 1 { body.append(UInt8(ascii: ",")) }
            JSONText.append(name, to: &body)
            body.append(UInt8(ascii: ":"))
            try append(value, of: EvaluationField.named(name), to: &body)
        }
        body.append(UInt8(ascii: "}"))
        return body
    }

    /// The request that such a body makes.
    static func request(in body: [UInt8], for target: EvaluationTarget) throws(Problem) -> EvaluationRequest {
        var reader = JSONObjectReader(schema: EvaluationField.schema, byteCountHint: body.count)
        reader.feed(body.span)
        let object: JSONObject
        do { object = try reader.finish() } catch {
            // Only the array of an item was not written by us.
            throw Problem(.malformedJSON, error.message, parameter: EvaluationField.input.name)
        }
        do { return try EvaluationRequest(object, for: target) } catch { throw error.ofQuery }
    }

    /// Writes an item's value as the JSON that the field takes.
    ///
    /// What is none becomes a string, which the reader of the body then finds to be the wrong type.
    private static func append(
        _ value: String, of field: EvaluationField?, to body: inout [UInt8]
    ) throws(Problem) {
        switch field?.kind {
        case .tensor where value.utf8.first == UInt8(ascii: "["):
            // Otherwise the text could close the array and go on with members of its own.
            guard isOneArray(value.utf8Span.span) else {
                throw Problem(.malformedJSON, "The value is not one whole JSON array.", parameter: field?.name)
            }
            body += value.utf8
        case .tensor where isListOfNumbers(value.utf8Span.span):
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
        // Also NaN and the infinities, which JSON writes as strings.
        case .number, .malformed: JSONText.append(text, to: &body)
        }
    }

    /// Whether the text is what most lists are: JSON numbers with a comma between two, which are copied as they are.
    private static func isListOfNumbers(_ text: Span<UInt8>) -> Bool {
        var index = 0
        while let end = JSONNumber.end(in: text, from: index) {
            if end == text.count { return true }
            guard text[end] == UInt8(ascii: ",") else { return false }
            index = end + 1
        }
        return false
    }

    /// Whether the bracket that opens the text is closed by its last character that is not white space, and not before.
    private static func isOneArray(_ text: Span<UInt8>) -> Bool {
        var depth = 0
        var isInString = false
        var isEscaped = false
        for index in text.indices {
            let byte = text[index]
            if isInString {
                isInString = isEscaped || byte != UInt8(ascii: "\"")
                isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
                continue
            }
            // Most are digits.
            if byte < UInt8(ascii: "[") && byte != UInt8(ascii: "\"") { continue }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                depth -= 1
                if depth == 0 { return text.extracting((index + 1)...).isWhitespace }
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
}
