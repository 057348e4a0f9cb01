import HTTP

/// Reads large bodies ahead: pieces are prepared on the compute queue, several at a time, while the loop continues to
/// read.
///
/// The conversation consumes them in order, each when it is ready.
extension EventLoop {
    /// The number of pieces of a body that wait for their turn in addition to those being prepared, one on each core.
    private static let waitingPieceCount = 2
    /// The most cores that one body may use.
    private static let preparationCountMax = 8

    /// The shortest piece that is prepared; a shorter one is consumed sooner than it is handed over.
    private static let preparedByteCountMin = 32_768

    /// The amount of queued work per core from which on nothing more is read ahead, and pieces are consumed as they
    /// come.
    private static let computationCountMax = 4

    /// Returns whether pieces of the body that is being read wait for their turn, so that the socket must not be read.
    ///
    /// A hang-up is reported even then, and repeatedly; then there is no client left to read an answer.
    func waitsForPieces(_ index: Int) -> Bool {
        guard table[index].conversation.isReadingBody, let load = table[index].load else { return false }
        return !load.ahead.isEmpty
    }

    /// Reads a piece of a body whose pieces are prepared, or waits until there is space for it.
    ///
    /// - Parameter hasMark: The event's value.
    /// - Returns: False if input is to be passed to the conversation as it comes; then nothing has happened.
    mutating func readAhead(_ index: Int, hasMark: Bool) -> Bool {
        guard let (preparer, bodyByteCount) = table[index].conversation.preparation else {
            guard waitsForPieces(index) else { return false }
            watch(index, [])
            return true
        }
        let (pieceCount, byteCount) = table[index].load.map { ($0.ahead.count, $0.ahead.byteCount) } ?? (0, 0)
        let limit = min(bodyByteCount - byteCount, Self.bodyReadByteCount)
        let isBusy = shared.computationCount >= Self.computationCountMax * shared.configuration.workerCount
        let pieceCountMax = min(shared.coreCountForOne, Self.preparationCountMax) + Self.waitingPieceCount
        if pieceCount > 0, limit == 0 || isBusy || pieceCount >= pieceCountMax {
            watch(index, [])
            return true
        }
        guard reserve(BodyAhead.heldByteCount(byteCount: limit, preparer), .large, index) else {
            // Without space for pieces the body is read a little at a time, after the existing pieces.
            guard pieceCount > 0 else { return false }
            watch(index, [])
            return true
        }
        let buffer = shared.pieceBuffers.take()
        var bytes = buffer.takeEmptied()
        bytes.reserveCapacity(PieceBuffer.byteCount)
        let received = table[index].socket.receive(into: &bytes, byteCountMax: limit)
        buffer.put(bytes)
        if case .bytes(let count) = received {
            if count == limit || hasMark { rearm(index) }
            append(buffer, byteCount: count, !isBusy && count >= Self.preparedByteCountMin ? preparer : nil, index)
            takeAhead(index)
            return true
        }
        shared.pieceBuffers.put(buffer)
        updateBudget(index)
        switch received {
        case .endOfInput where pieceCount == 0: endOfInput(index)
        // It is reported again when the pieces have been consumed.
        case .endOfInput: watch(index, [])
        case .disconnected: close(index)
        case .bytes, .wouldBlock: break
        }
        return true
    }

    /// Queues a piece, and has it prepared if there is a preparer.
    private mutating func append(
        _ buffer: PieceBuffer, byteCount: Int, _ preparer: (any BodyPreparer)?, _ index: Int
    ) {
        let id = id(index)
        let preparation = preparer.map { _ in Cancellation() }
        let number = load(index).ahead.append(
            buffer, byteCount: byteCount, heldByteCount: BodyAhead.heldByteCount(byteCount: byteCount, preparer),
            preparation)
        if let preparer, let preparation {
            shared.compute { [mailbox, shared] in
                defer { shared.budget.set(from: preparation.end(), to: 0) }
                if preparation.isCancelled { return }
                let start = Clock.monotonicNanoseconds()
                let bytes = buffer.take()
                let piece = preparer.prepare(bytes.span)
                buffer.put(bytes)
                let prepared = PreparedInput(
                    piece, byteCount: byteCount, workNanoseconds: Clock.monotonicNanoseconds() - start)
                mailbox.post(.prepared(id, piece: number, prepared))
            }
        }
        updateBudget(index)
    }

    mutating func prepared(_ index: Int, _ piece: Int, _ prepared: PreparedInput) {
        table[index].load?.ahead.put(piece, prepared)
        if !isQueued(index) { takeAhead(index) }
    }

    /// Passes the conversation the pieces whose turn it is, as long as it accepts input and its turn lasts, and
    /// discards those of a body that it has abandoned.
    mutating func takeAhead(_ index: Int) {
        var isTaken = false
        while table[index].conversation.takesInput || !table[index].conversation.isReadingBody,
            let load = table[index].load, let (buffer, prepared, start) = load.ahead.ready
        {
            isTaken = true
            if table[index].conversation.isReadingBody {
                let bytes = buffer.take()
                if let prepared, start == 0 { table[index].conversation.inputPrepared(prepared) }
                let used = converse(index, bytes.span.extracting(start..<bytes.count))
                let isUsed = start + used == bytes.count
                buffer.put(bytes)
                guard table[index].isOpen else { return }
                load.ahead.take(byteCount: used)
                if !isUsed, table[index].conversation.isReadingBody { break }
            }
            load.ahead.removeFirst()
            shared.pieceBuffers.put(buffer)
            bufferReturned()
            if !load.ahead.isEmpty, context.turn.isOver {
                enqueue(index)
                break
            }
        }
        guard isTaken else { return }
        if !isQueued(index), table[index].conversation.takesInput { watch(index, .arrivals) }
        updateDeadline(index)
        updateBudget(index)
    }
}
