import HTTP

/// Whether the service reads what a request sends, and sends what a request reads.
enum ContentNegotiation {
    /// Whether a request says of its content nothing but that it is `application/json`, and takes every answer.
    ///
    /// Without regard to what others may be acceptable as well.
    static func isPlain(_ head: borrowing RequestHead) -> Bool {
        head.declaresAtMostOne("content-type", "application/json") && head.declaresAtMostOne("accept", "*/*")
            && head.declaresAtMostOne("content-encoding", "identity")
    }

    /// Checks that the body is declared as JSON in UTF-8 without compression, or not declared at all.
    ///
    /// A form's media type passes as well, since that is what `curl -d` sends; its body is read as JSON too.
    static func checkRequestContent(_ head: borrowing RequestHead) throws(Problem) {
        var refused: String?
        head.forEachField("content-type") { value in
            if !MediaType.isJSON(value) { refused = quoted(value) }
        }
        if let refused {
            throw .unsupportedMediaType(refused)
        }
        head.forEachField("content-encoding") { value in
            if !value.isEmpty, !value.equalsIgnoringCase("identity") { refused = quoted(value) }
        }
        if let refused {
            throw .unsupportedEncoding(refused)
        }
    }

    /// Checks that the request's `Accept` fields leave room for an answer in `type`, as `application/json`.
    static func checkAccept(_ head: borrowing RequestHead, type: StaticString) throws(Problem) {
        guard quality(of: type, for: head) == 0 else { return }
        throw .notAcceptable(type)
    }

    /// How much the client wants an answer of that type: 0 not at all, 1000 most (RFC 9110 §12.5.1).
    ///
    /// The most specific range counts. Elements that cannot be read are passed over; where none can, or there is no
    /// `Accept`, everything is welcome.
    static func quality(of type: StaticString, for head: borrowing RequestHead) -> Int {
        var best = (specificity: 0, quality: 0)
        var wasRead = false
        head.forEachField("accept") { value in
            // What nearly every client sends that sends one.
            if value.equals("*/*"), best.specificity == 0 {
                wasRead = true
                best = (1, 1000)
                return
            }
            var rest: Span<UInt8>? = value
            while let list = rest {
                let split = list.splitOff(at: UInt8(ascii: ","))
                rest = split.rest
                guard let range = MediaRange(split.part.trimmed) else { continue }
                wasRead = true
                let specificity = range.specificity(for: type, in: split.part.trimmed)
                if specificity > best.specificity { best = (specificity, range.quality) }
            }
        }
        return wasRead ? best.quality : 1000
    }
}

extension Problem {
    static func unsupportedMediaType(_ quotedType: String) -> Problem {
        Problem(
            .unsupportedMediaType, "\(quotedType) is not taken. Send application/json in UTF-8, or no Content-Type.")
    }

    static func unsupportedEncoding(_ quotedCoding: String) -> Problem {
        Problem(.unsupportedEncoding, "The Content-Encoding \(quotedCoding) is not taken. Send the body as it is.")
    }

    static func notAcceptable(_ type: StaticString) -> Problem {
        Problem(.notAcceptable, "The answer is \(type), which the Accept field excludes.")
    }
}

/// Media types of request bodies (RFC 9110 §8.3).
enum MediaType {
    /// Whether the value is `application/json`, `application/*+json` or a form's type, with no charset but UTF-8.
    static func isJSON(_ value: Span<UInt8>) -> Bool {
        // What nearly every client sends.
        if value.equals("application/json") { return true }
        let split = value.splitOff(at: UInt8(ascii: ";"))
        let type = split.part.trimmed
        guard
            type.equalsIgnoringCase("application/json") || isStructuredJSON(type)
                || type.equalsIgnoringCase("application/x-www-form-urlencoded")
        else { return false }
        var rest = split.rest
        while let parameters = rest {
            let split = parameters.splitOff(at: UInt8(ascii: ";"))
            rest = split.rest
            let parameter = split.part.trimmed
            if parameter.isEmpty { continue }
            let pair = parameter.splitOff(at: UInt8(ascii: "="))
            guard let value = pair.rest, isToken(pair.part), !value.isEmpty else { return false }
            if pair.part.equalsIgnoringCase("charset"), !isUTF8(value) { return false }
        }
        return true
    }

    /// `application/` and a subtype with the suffix `+json` (RFC 6839 §3.1).
    private static func isStructuredJSON(_ type: Span<UInt8>) -> Bool {
        let prefix = 12
        let suffix = 5
        guard type.count > prefix + suffix, isToken(type.extracting(prefix...)) else { return false }
        return type.extracting(..<prefix).equalsIgnoringCase("application/")
            && type.extracting(last: suffix).equalsIgnoringCase("+json")
    }

    private static func isUTF8(_ charset: Span<UInt8>) -> Bool {
        charset.equalsIgnoringCase("utf-8") || charset.equalsIgnoringCase("\"utf-8\"")
    }

    static func isToken(_ bytes: Span<UInt8>) -> Bool {
        for index in bytes.indices where !bytes[index].isTokenCharacter { return false }
        return !bytes.isEmpty
    }
}

/// An element of an `Accept` field: `application/*;q=0.5`.
private struct MediaRange {
    /// Length of the part before any parameter.
    private let typeByteCount: Int
    /// In thousandths.
    let quality: Int

    /// Nil where the element is no media range, or its weight no weight.
    init?(_ element: Span<UInt8>) {
        let split = element.splitOff(at: UInt8(ascii: ";"))
        let type = split.part.trimmed
        guard let slash = type.firstIndex(of: UInt8(ascii: "/")), MediaType.isToken(type.extracting(..<slash)),
            MediaType.isToken(type.extracting((slash + 1)...))
        else { return nil }
        typeByteCount = type.count
        var quality = 1000
        var rest = split.rest
        while let parameters = rest {
            let split = parameters.splitOff(at: UInt8(ascii: ";"))
            rest = split.rest
            let pair = split.part.trimmed.splitOff(at: UInt8(ascii: "="))
            guard pair.part.equalsIgnoringCase("q"), let value = pair.rest else { continue }
            guard let weight = Self.weight(value) else { return nil }
            quality = weight
        }
        self.quality = quality
    }

    /// 3 where the range is the type, 2 for `application/*`, 1 for `*/*`, 0 where it is something else.
    func specificity(for type: StaticString, in element: Span<UInt8>) -> Int {
        let range = element.extracting(..<typeByteCount)
        if range.equalsIgnoringCase(type) { return 3 }
        if range.equals("*/*") { return 1 }
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

    /// `0`, `0.5`, `1.000` in thousandths (RFC 9110 §12.4.2).
    private static func weight(_ text: Span<UInt8>) -> Int? {
        guard !text.isEmpty, text.count <= 5, text[0] == UInt8(ascii: "0") || text[0] == UInt8(ascii: "1") else {
            return nil
        }
        var thousandths = Int(text[0] - UInt8(ascii: "0")) * 1000
        if text.count > 1, text[1] != UInt8(ascii: ".") { return nil }
        var unit = 100
        for index in 2..<max(text.count, 2) {
            guard text[index] >= UInt8(ascii: "0"), text[index] <= UInt8(ascii: "9") else { return nil }
            thousandths += Int(text[index] - UInt8(ascii: "0")) * unit
            unit /= 10
        }
        return thousandths <= 1000 ? thousandths : nil
    }
}
