import HTTP

/// Sends produced bodies: pieces are produced on the compute queue while earlier ones are being sent.
extension EventLoop {
    mutating func startStream(_ index: Int, _ producer: any BodyProducer, _ framing: StreamFraming) {
        let coreCount = shared.configuration.workerCount
        // The conversation has reserved one buffer.
        var bufferCount = StreamTransfer.bufferCountMax(for: producer, coreCount: coreCount)
        let byteCount = StreamFraming.byteCount(ofPieceOf: producer)
        let load = load(index)
        while !load.reservation.grow(by: (bufferCount - 1) * byteCount, .large, of: shared.budget) { bufferCount /= 2 }
        load.transfer = StreamTransfer(
            producer, framing, bufferCount: bufferCount, coreCount: coreCount, pool: shared.pieceBuffers)
        updateBudget(index)
        produce(index)
        table[index].socket.stopPacingOnThisMachine()
    }

    /// Starts producers, as many as allowed.
    private mutating func produce(_ index: Int) {
        guard let transfer = table[index].load?.transfer else { return }
        let (id, producer, schedule) = (id(index), transfer.producer, transfer.schedule)
        while let first = schedule.begin(coreCount: shared.coreCountForOne) {
            shared.compute { [mailbox, shared] in
                defer { shared.budget.set(from: schedule.end(), to: 0) }
                var next: Int? = first
                var preemptionCount = CurrentThread.preemptionCount
                while let piece = next {
                    let buffer = shared.pieceBuffers.take(byteCount: StreamFraming.byteCount(ofPieceOf: producer))
                    let succeeded = StreamTransfer.fill(buffer, with: piece, of: producer)
                    if !succeeded { schedule.cancel() }
                    let mayGoOn = succeeded && !shared.isWorkWaiting
                    let countBefore = preemptionCount
                    preemptionCount = CurrentThread.preemptionCount
                    // This precedes the message to the loop, so that the loop requests the next piece if the producer
                    // ends.
                    next = schedule.goOn(
                        wasPreempted: preemptionCount != countBefore, coreCount: mayGoOn ? shared.coreCountForOne : 0)
                    mailbox.post(.produced(id, piece: piece, buffer, succeeded: succeeded))
                }
            }
        }
    }

    mutating func produced(_ index: Int, _ piece: Int, _ buffer: PieceBuffer, succeeded: Bool) {
        guard let load = table[index].load, load.transfer != nil else { return }
        guard succeeded else { return endStream(index, succeeded: false) }
        load.transfer?.put(piece, buffer)
        produce(index)
        if load.output.isEmpty { sendReadyPiece(index) }
    }

    private mutating func sendReadyPiece(_ index: Int) {
        guard let load = table[index].load, let (bytes, start) = load.transfer?.takeReadyPiece() else { return }
        load.output.append(bytes, from: start, isPiece: true)
        var recycled: [UInt8]?
        switch load.output.send(to: table[index].socket, recycled: &recycled) {
        case .done: pieceSent(index, &recycled)
        case .blocked: block(index)
        case .disconnected: close(index)
        }
    }

    /// Continues a produced body when all output has been sent.
    mutating func pieceSent(_ index: Int, _ recycled: inout [UInt8]?) {
        guard let load = table[index].load, load.transfer != nil else { return }
        load.transfer?.outputSent(&recycled)
        bufferReturned()
        _ = table[index].conversation.outputFlushed(context)
        if load.transfer?.isSent == true { return endStream(index, succeeded: true) }
        watch(index, .arrivals)
        produce(index)
        sendReadyPiece(index)
    }

    private mutating func endStream(_ index: Int, succeeded: Bool) {
        // A failed transfer is removed when its connection closes, which ends its producers.
        if succeeded { table[index].load?.transfer = nil }
        let step = table[index].conversation.streamEnded(succeeded: succeeded, &context)
        if settle(step, index) { resume(index) }
        updateDeadline(index)
        updateBudget(index)
    }
}
