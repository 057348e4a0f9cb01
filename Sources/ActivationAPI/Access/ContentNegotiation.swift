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
            var rest: Span<UInt8>? = value
            while let list = rest {
                let split = list.splitOff(at: UInt8(ascii: ","))
                rest = split.rest
                let coding = split.part.trimmed
                if !coding.isEmpty, !coding.equalsIgnoringCase("identity") { refused = quoted(value) }
            }
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

    /// How much the client wants an answer of that type: 0 not at all, ``MediaRange/fullQuality`` most (RFC 9110
    /// §12.5.1).
    ///
    /// The most specific range counts. Elements that are no ranges are passed over; where none is one, or there is no
    /// `Accept`, everything is welcome.
    static func quality(of type: StaticString, for head: borrowing RequestHead) -> Int {
        var best = (specificity: 0, quality: 0)
        var wasRead = false
        head.forEachField("accept") { value in
            // What nearly every client sends that sends one.
            if value.equals("*/*"), best.specificity == 0 {
                wasRead = true
                best = (1, MediaRange.fullQuality)
                return
            }
            var rest: Span<UInt8>? = value
            while let list = rest {
                let split = list.splitOff(atUnquoted: UInt8(ascii: ","))
                rest = split.rest
                guard let range = MediaRange(split.part.trimmed) else { continue }
                wasRead = true
                let specificity = range.specificity(for: type, in: split.part.trimmed)
                // Of the same range given twice, the larger weight counts.
                if specificity > 0, (specificity, range.quality) > best { best = (specificity, range.quality) }
            }
        }
        return wasRead ? best.quality : MediaRange.fullQuality
    }
}

extension Problem {
    static func unsupportedMediaType(_ quotedType: String) -> Problem {
        Problem(
            .unsupportedMediaType, "\(quotedType) is not accepted. Send application/json in UTF-8, or no Content-Type.")
    }

    static func unsupportedEncoding(_ quotedCoding: String) -> Problem {
        Problem(.unsupportedEncoding, "The Content-Encoding \(quotedCoding) is not accepted. Send the body as it is.")
    }

    static func notAcceptable(_ type: StaticString) -> Problem {
        Problem(.notAcceptable, "The answer is \(type), which the Accept field excludes.")
    }
}
