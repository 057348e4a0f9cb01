/// Finds the data in a body, for either framing.
enum BodyDecoder: Sendable {
    /// The number of bytes still to come.
    case length(Int)
    case chunked(ChunkedDecoder)

    /// Creates the decoder for a framing, or returns nil if the framing promises no bytes at all.
    init?(_ framing: BodyFraming) {
        switch framing {
        case .none, .length(0): return nil
        case .length(let count): self = .length(count)
        case .chunked: self = .chunked(ChunkedDecoder())
        }
    }

    /// Continues at `offset`, and advances it past what has been used.
    mutating func next(
        _ bytes: Span<UInt8>, from offset: inout Int, bodyByteCountMax: Int
    ) throws(ProtocolError) -> ChunkedDecoder.Event {
        switch self {
        case .length(let remaining):
            guard remaining > 0 else { return .finished }
            let data = offset..<offset + min(remaining, bytes.count - offset)
            guard !data.isEmpty else { return .needsMore }
            self = .length(remaining - data.count)
            offset = data.upperBound
            return .data(data)
        case .chunked(var decoder):
            defer { self = .chunked(decoder) }
            return try decoder.next(bytes, from: &offset, bodyByteCountMax: bodyByteCountMax)
        }
    }
}
