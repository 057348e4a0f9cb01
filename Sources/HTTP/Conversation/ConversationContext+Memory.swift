/// The memory and the time that the connection whose conversation runs may have.
extension ConversationContext {
    /// Reserves what the handler's objects are going to hold for a request, in place of what they hold now.
    ///
    /// - Returns: Whether there is room for it; if not, nothing has changed.
    mutating func reserve(_ byteCount: Int, for exchange: inout Exchange, _ share: ByteBudget.Share) -> Bool {
        guard reservation.grow(by: byteCount - exchange.reservedByteCount, share, of: budget) else {
            isReservationRefused = true
            return false
        }
        exchange.reservedByteCount = byteCount
        return true
    }

    /// Reserves what a produced answer takes at least: what its producer holds, and one piece.
    ///
    /// - Returns: Whether there is room for it.
    mutating func reserve(_ producer: any BodyProducer, for exchange: inout Exchange) -> Bool {
        let byteCount = producer.heldByteCount + StreamFraming.byteCount(ofPieceOf: producer)
        let isSmall = exchange.share == .small && producer.pieceCount <= Self.smallPieceCountMax
        return reserve(byteCount, for: &exchange, isSmall ? .answer : .large)
    }

    /// The answer to a small request is small if it has no more pieces: none for as many numbers as fit into the body.
    private static let smallPieceCountMax = 2

    /// Reserves what a body's consumer holds at most once it has taken `byteCount` more bytes.
    ///
    /// - Returns: Whether there is room for it.
    mutating func reserve(for body: BodyInProgress, taking byteCount: Int, _ prepared: PreparedInput? = nil) -> Bool {
        guard case .consumer(let consumer) = body.sink else { return true }
        let heldByteCount = consumer.heldByteCountMax(taking: byteCount, prepared: prepared?.piece)
        guard heldByteCount > body.exchange.reservedByteCount else { return true }
        return reserve(heldByteCount, for: &body.exchange, body.share(taking: byteCount))
    }

    /// Whether a body is refused before any of it has been read, rather than in its midst.
    func refuses(_ body: BodyInProgress) -> Bool {
        isOverloaded || !budget.hasRoom(for: Conversation.bodySliceByteCount, body.share(taking: 0))
    }

    /// Whether the turn is over, seen when a request has just been answered.
    func isTurnOverBehindAnswer() -> Bool {
        // Where requests are observed, that was the time of the last look at the clock.
        observation?.wantsTrace() == nil ? turn.isOver : turn.isOver(atNanoseconds: lastNanoseconds)
    }
}
