import HTTP

/// Connections that have had their last answer (RFC 9112 §9.6), and those whose time is up.
extension EventLoop {
    /// Ends the output, and keeps nothing but the descriptor: what the peer still sends is thrown away.
    mutating func beginLingering(_ index: Int) {
        table[index].load?.input = []
        table[index].isLingering = true
        // Before the peer sees the end, so that what it does next finds the connection counted.
        shared.lingeringBegan()
        table[index].socket.shutDownOutput()
        // It may not have been watched while parts of a body waited for their turn.
        watch(index, .arrivals)
    }

    /// Throws away what has arrived: in a turn no more than a read of a body takes in, so that the others have theirs.
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

    /// Does what a connection's peer has made possible by now, before its deadline is judged: the loop may have been
    /// away for longer than the time-out, and one wait reports only so many events.
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
