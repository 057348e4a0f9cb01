/// A head that has begun and is not complete: allocated only then.
final class HeadInProgress {
    var parser: HeadParser

    init(_ parser: HeadParser) { self.parser = parser }
}

/// What has been found out about a piece of a body before its turn.
public struct PreparedInput: Sendable {
    let piece: any PreparedPiece
    let byteCount: Int
    let workNanoseconds: Int

    /// - Parameters:
    ///   - byteCount: Of the piece.
    ///   - workNanoseconds: How long it took.
    public init(_ piece: any PreparedPiece, byteCount: Int, workNanoseconds: Int) {
        self.piece = piece
        self.byteCount = byteCount
        self.workNanoseconds = workNanoseconds
    }
}

/// A body that has begun and is not complete: allocated only then.
final class BodyInProgress {
    /// Where the body's data goes.
    enum Sink {
        case consumer(any BodyConsumer)
        /// Thrown away; what the handler said to the head, where that is to be done once the body has been read.
        case skipped(then: Reception?)

        /// Whether the request has not been answered yet.
        var isAnswerDue: Bool {
            if case .skipped(nil) = self { return false }
            return true
        }
    }

    var exchange: Exchange
    var decoder: BodyDecoder
    var sink = Sink.skipped(then: nil)
    /// Whether the client waits for an answer before it sends the body, if it then sends it.
    var isHeldBack = false
    /// Of the data that comes next.
    var prepared: PreparedInput?
    /// Data since the deadline was last set.
    private var windowByteCount = 0

    init(_ decoder: BodyDecoder, _ exchange: Exchange) {
        self.decoder = decoder
        self.exchange = exchange
    }

    /// Hands data on.
    ///
    /// - Returns: Whether enough has arrived for the body's timeout to begin anew.
    func take(_ data: Span<UInt8>) -> Bool {
        if case .consumer(let consumer) = sink {
            if let prepared, prepared.byteCount == data.count {
                exchange.workNanoseconds += prepared.workNanoseconds
                consumer.consume(data, prepared: prepared.piece)
            } else {
                consumer.consume(data)
            }
        }
        prepared = nil
        windowByteCount += data.count
        exchange.bodyByteCount += data.count
        guard windowByteCount >= ConnectionTimeouts.bodyWindowByteCount else { return false }
        windowByteCount %= ConnectionTimeouts.bodyWindowByteCount
        return true
    }
}
