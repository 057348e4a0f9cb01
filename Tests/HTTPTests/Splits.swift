@testable import HTTP

/// Returns the splits of an input that tests try: whole, in two at every position, and byte by byte.
func splits(of bytes: [UInt8]) -> [[ArraySlice<UInt8>]] {
    var all = [[bytes[...]], bytes.indices.map { bytes[$0...$0] }]
    for cut in bytes.indices.dropFirst() { all.append([bytes[..<cut], bytes[cut...]]) }
    return all
}

/// The result of parsing a head, for comparisons.
enum HeadOutcome: Equatable {
    case complete(ParsedHead, fields: [String])
    case incomplete
    case error(ProtocolError)
}

/// Parses a head that arrives in pieces.
func parseHead(_ pieces: [ArraySlice<UInt8>], limits: RequestLimits = RequestLimits()) -> HeadOutcome {
    var parser = HeadParser()
    var bytes: [UInt8] = []
    for piece in pieces {
        bytes += piece
        do {
            guard let head = try parser.parse(bytes.span, limits: limits) else { continue }
            let fields = parser.fieldLines.indices.map { parser.fieldLines[$0] }.map { field in
                String(decoding: bytes[field.name], as: UTF8.self) + "="
                    + String(decoding: bytes[field.value], as: UTF8.self)
            }
            return .complete(head, fields: fields)
        } catch {
            return .error(error)
        }
    }
    return .incomplete
}

/// Returns the outcome of a head if it is the same for all its splits, or nil if it differs.
func parseHeadAtEverySplit(_ text: String, limits: RequestLimits = RequestLimits()) -> HeadOutcome? {
    let bytes = text.latin1
    let whole = parseHead([bytes[...]], limits: limits)
    return splits(of: bytes).allSatisfy { parseHead($0, limits: limits) == whole } ? whole : nil
}

extension String {
    /// The text with one byte per character, so that tests can write any byte as an escape.
    var latin1: [UInt8] { unicodeScalars.map { UInt8($0.value) } }
}

extension HeadOutcome {
    var head: ParsedHead? {
        if case .complete(let head, _) = self { return head }
        return nil
    }

    var error: ProtocolError? {
        if case .error(let error) = self { return error }
        return nil
    }

    /// The rule that a 400 names.
    var rule: String? {
        if case .error(.malformed(let rule, _)) = self { return rule.description }
        return nil
    }

    var offset: Int? {
        if case .error(.malformed(_, let offset)) = self { return offset }
        return nil
    }
}
