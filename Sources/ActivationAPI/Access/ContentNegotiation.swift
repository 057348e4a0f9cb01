import HTTP

/// Checks that the service can read the request's content and that the client accepts the answer's.
enum ContentNegotiation {
    /// Returns whether the request declares its content as exactly `application/json` and accepts every answer.
    ///
    /// A request for which it returns false may be acceptable too.
    static func isPlain(_ head: borrowing RequestHead) -> Bool {
        head.declaresAtMostOne("content-type", "application/json") && head.declaresAtMostOne("accept", "*/*")
            && head.declaresAtMostOne("content-encoding", "identity")
    }

    /// Checks that the body is declared as JSON in UTF-8 without compression, or not declared at all.
    ///
    /// A form's media type is accepted too, since `curl -d` sends it; its body is read as JSON.
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

    /// Checks that the request's `Accept` fields allow an answer in `type`, such as `application/json`.
    static func checkAccept(_ head: borrowing RequestHead, type: StaticString) throws(Problem) {
        guard quality(of: type, for: head) == 0 else { return }
        throw .notAcceptable(type)
    }

    /// Returns the client's preference for an answer of that type, from 0 (not acceptable) to
    /// ``MediaRange/fullQuality`` (RFC 9110 §12.5.1).
    ///
    /// The most specific range counts. Malformed elements are ignored; if all are malformed or there is no `Accept`,
    /// every type is acceptable.
    static func quality(of type: StaticString, for head: borrowing RequestHead) -> Int {
        var best = (specificity: 0, quality: 0)
        var wasRead = false
        head.forEachField("accept") { value in
            // Nearly every client that sends `Accept` sends this.
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
                // If a range is given twice, the larger weight counts.
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
