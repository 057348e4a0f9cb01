/// A head that has begun and is incomplete; it is allocated only then.
final class HeadInProgress {
    var parser: HeadParser

    init(_ parser: HeadParser) { self.parser = parser }
}

/// The result of preparing a piece of a body before its turn.
public struct PreparedInput: Sendable {
    let piece: any PreparedPiece
    let byteCount: Int
    let workNanoseconds: Int

    /// Creates the result for one piece.
    ///
    /// - Parameters:
    ///   - byteCount: The length of the piece.
    ///   - workNanoseconds: The time that preparing it took.
    public init(_ piece: any PreparedPiece, byteCount: Int, workNanoseconds: Int) {
        self.piece = piece
        self.byteCount = byteCount
        self.workNanoseconds = workNanoseconds
    }
}

/// A body that has begun and is incomplete; it is allocated only then.
final class BodyInProgress {
    /// The destination of the body's data.
    enum Sink {
        case consumer(any BodyConsumer)
        /// The data is discarded; then the reception follows, if it is deferred until the body has been read.
        case skipped(then: Reception?)

        /// Whether the request still has to be answered.
        var isAnswerDue: Bool {
            if case .skipped(nil) = self { return false }
            return true
        }
    }

    var exchange: Exchange
    var decoder: BodyDecoder
    var sink = Sink.skipped(then: nil)
    /// Whether the client waits for an answer before it decides whether to send the body.
    var isHeldBack = false
    /// The prepared form of the next data.
    private var prepared: PreparedInput?
    /// The number of bytes of the prepared piece that have been consumed.
    private var preparedStart = 0
    /// The number of data bytes since the deadline was last set.
    private var windowByteCount = 0

    init(_ decoder: BodyDecoder, _ exchange: Exchange) {
        self.decoder = decoder
        self.exchange = exchange
    }

    /// Sets the prepared form of the next data.
    func prepare(_ input: PreparedInput) { (prepared, preparedStart) = (input, 0) }

    /// Discards the prepared form, so that the next data is consumed without it.
    func forgetPrepared() { prepared = nil }

    /// Returns the prepared form of the next data, or nil unless that is `byteCount` bytes long.
    func prepared(byteCount: Int) -> PreparedInput? {
        guard let prepared, prepared.byteCount - preparedStart == byteCount, case .consumer = sink else { return nil }
        return prepared
    }

    /// Returns the share of the budget that the body may use once `byteCount` more bytes have arrived.
    func share(taking byteCount: Int) -> ByteBudget.Share {
        // A declared length decides before the body has arrived.
        let rest = if case .length(let restByteCount) = decoder { restByteCount } else { byteCount }
        return exchange.bodyByteCount + max(rest, byteCount) <= ByteBudget.smallBodyByteCountMax ? .small : .large
    }

    /// Passes data to the sink.
    ///
    /// - Returns: Whether enough has arrived to restart the body's timeout.
    func take(_ data: Span<UInt8>) -> Bool {
        if case .consumer(let consumer) = sink { consumer.consume(data) }
        prepared = nil
        return count(data.count)
    }

    /// Passes data to the sink that is the rest of a prepared piece.
    ///
    /// - Returns: The number of bytes consumed, and whether enough has arrived to restart the body's timeout.
    func take(_ data: Span<UInt8>, _ input: PreparedInput) -> (byteCount: Int, isWindowFull: Bool) {
        guard case .consumer(let consumer) = sink else { return (data.count, take(data)) }
        if preparedStart == 0 { exchange.workNanoseconds += input.workNanoseconds }
        let byteCount = consumer.consume(data, prepared: input.piece, from: preparedStart)
        precondition(byteCount > 0 && byteCount <= data.count, "A consumer takes some of the data.")
        preparedStart += byteCount
        if byteCount == data.count { prepared = nil }
        return (byteCount, count(byteCount))
    }

    private func count(_ byteCount: Int) -> Bool {
        windowByteCount += byteCount
        exchange.bodyByteCount += byteCount
        guard windowByteCount >= ConnectionTimeouts.bodyWindowByteCount else { return false }
        windowByteCount %= ConnectionTimeouts.bodyWindowByteCount
        return true
    }
}
