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
    private var prepared: PreparedInput?
    /// How much of it has been taken.
    private var preparedStart = 0
    /// Data since the deadline was last set.
    private var windowByteCount = 0

    init(_ decoder: BodyDecoder, _ exchange: Exchange) {
        self.decoder = decoder
        self.exchange = exchange
    }

    /// The data that comes next has been prepared.
    func prepare(_ input: PreparedInput) { (prepared, preparedStart) = (input, 0) }

    /// The data that comes next is to be taken as if nothing had been made of it.
    func forgetPrepared() { prepared = nil }

    /// The prepared form of the next data, or nil unless that is `byteCount` bytes long.
    func prepared(byteCount: Int) -> PreparedInput? {
        guard let prepared, prepared.byteCount - preparedStart == byteCount, case .consumer = sink else { return nil }
        return prepared
    }

    /// The share of the budget that the body may use once `byteCount` more bytes have arrived.
    func share(taking byteCount: Int) -> ByteBudget.Share {
        // A declared length decides before the body has arrived.
        let rest = if case .length(let restByteCount) = decoder { restByteCount } else { byteCount }
        return exchange.bodyByteCount + max(rest, byteCount) <= ByteBudget.smallBodyByteCountMax ? .small : .large
    }

    /// Hands data on.
    ///
    /// - Returns: Whether enough has arrived for the body's timeout to begin anew.
    func take(_ data: Span<UInt8>) -> Bool {
        if case .consumer(let consumer) = sink { consumer.consume(data) }
        prepared = nil
        return count(data.count)
    }

    /// Hands data on that is the rest of a prepared piece.
    ///
    /// - Returns: How much of it has been taken, and whether enough has arrived for the body's timeout to begin anew.
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
