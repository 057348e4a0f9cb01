/// Bounds the memory and the time of the connection whose conversation is running.
extension ConversationContext {
    /// Reserves what the handler's objects will hold for a request, in place of what they hold now.
    ///
    /// - Returns: Whether there is space for it; if not, nothing has changed.
    mutating func reserve(_ byteCount: Int, for exchange: inout Exchange, _ share: ByteBudget.Share) -> Bool {
        guard reservation.grow(by: byteCount - exchange.reservedByteCount, share, of: budget) else {
            isReservationRefused = true
            return false
        }
        exchange.reservedByteCount = byteCount
        return true
    }

    /// Reserves the minimum for a produced answer: the memory of its producer, and one piece.
    ///
    /// - Returns: Whether there is space for it.
    mutating func reserve(_ producer: any BodyProducer, for exchange: inout Exchange) -> Bool {
        let byteCount = producer.heldByteCount + StreamFraming.byteCount(ofPieceOf: producer)
        let isSmall = exchange.share == .small && producer.pieceCount <= Self.smallPieceCountMax
        return reserve(byteCount, for: &exchange, isSmall ? .answer : .large)
    }

    /// The most pieces of a small answer to a small request; an answer with as many numbers as fit into the body has no
    /// more.
    private static let smallPieceCountMax = 2

    /// Reserves the most that a body's consumer holds once it has consumed `byteCount` more bytes.
    ///
    /// - Returns: Whether there is space for it.
    mutating func reserve(for body: BodyInProgress, taking byteCount: Int, _ prepared: PreparedInput? = nil) -> Bool {
        guard case .consumer(let consumer) = body.sink else { return true }
        let heldByteCount = consumer.heldByteCountMax(taking: byteCount, prepared: prepared?.piece)
        guard heldByteCount > body.exchange.reservedByteCount else { return true }
        return reserve(heldByteCount, for: &body.exchange, body.share(taking: byteCount))
    }

    /// Returns whether a body is rejected before any of it has been read, rather than partway through.
    func refuses(_ body: BodyInProgress) -> Bool {
        isOverloaded || !budget.hasRoom(for: Conversation.bodySliceByteCount, body.share(taking: 0))
    }

    /// Returns whether the turn is over, just after a request has been answered.
    func isTurnOverBehindAnswer() -> Bool {
        // If requests are observed, the clock was last read at that time.
        observation?.wantsTrace() == nil ? turn.isOver : turn.isOver(atNanoseconds: lastNanoseconds)
    }
}
