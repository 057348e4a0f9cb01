import HTTP

/// Handles connections whose last answer has been sent (RFC 9112 §9.6), and those whose deadline has passed.
extension EventLoop {
    /// Ends the output, and keeps only the descriptor: what the peer still sends is discarded.
    mutating func beginLingering(_ index: Int) {
        table[index].load?.input = []
        table[index].isLingering = true
        // This precedes the end of the output, so that the connection is counted before the peer can react to that.
        shared.lingeringBegan()
        table[index].socket.shutDownOutput()
        // It may not have been watched while pieces of a body waited for their turn.
        watch(index, .arrivals)
    }

    /// Discards what has arrived: in one turn no more than a read of a body returns, so that other connections get
    /// theirs.
    mutating func discardInput(_ index: Int, hasMark: Bool) {
        switch unsafe table[index].socket.discard(upTo: readBuffer) {
        case .bytes(let count):
            if count == Self.readByteCount || hasMark { rearm(index) }
            table[index].conversation.inputDiscarded(context)
        case .endOfInput:
            return endOfInput(index)
        case .wouldBlock:
            return
        case .disconnected:
            return close(index)
        }
        updateDeadline(index)
    }

    /// Handles what a connection's peer has already made possible, before its deadline is applied.
    ///
    /// The loop may have been busy for longer than the timeout, and one wait reports a limited number of events.
    mutating func catchUp(_ index: Int) {
        if table[index].conversation.isOutputBlocked { return outputPossible(index) }
        if waitsForPieces(index) { return table[index].conversation.inputWaits(context) }
        guard table[index].conversation.takesInput else { return }
        if context.isDraining, table[index].socket.hasUnacknowledgedOutput {
            table[index].conversation.extendIdle(context)
        }
        // A head is as long as several reads at most.
        for _ in 0..<Self.catchUpReadCountMax {
            guard table[index].isOpen, !isQueued(index), table[index].conversation.takesInput,
                table[index].conversation.deadlineMilliseconds <= context.nowMilliseconds,
                table[index].socket.hasInput
            else { return }
            read(index, hasMark: true)
        }
    }

    private static let catchUpReadCountMax = 32
}
