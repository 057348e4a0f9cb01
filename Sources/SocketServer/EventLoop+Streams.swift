import HTTP

/// Produced bodies: pieces are produced on the compute queue while those before them are being sent.
extension EventLoop {
    mutating func startStream(_ index: Int, _ producer: any BodyProducer, _ framing: StreamFraming) {
        load(index).transfer = StreamTransfer(
            producer, framing, coreCount: shared.configuration.workerCount, pool: shared.pieceBuffers)
        updateBudget(index)
        produce(index)
    }

    /// Has as many pieces produced as there is room for.
    private mutating func produce(_ index: Int) {
        guard let load = table[index].load, let producer = load.transfer?.producer else { return }
        let id = id(index)
        while let (piece, buffer) = load.transfer?.takeWork(coreCount: shared.coreCountForOne) {
            shared.compute { [mailbox] in
                let succeeded = StreamTransfer.fill(buffer, with: piece, of: producer)
                mailbox.post(.produced(id, piece: piece, buffer, succeeded: succeeded))
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
        load.output.append(bytes, from: start)
        var recycled: [UInt8]?
        switch load.output.send(to: table[index].socket, recycled: &recycled) {
        case .done: pieceSent(index, recycled)
        case .blocked: block(index)
        case .disconnected: close(index)
        }
    }

    /// All output has been sent while a body is produced.
    mutating func pieceSent(_ index: Int, _ recycled: [UInt8]?) {
        guard let load = table[index].load, load.transfer != nil else { return }
        load.transfer?.outputSent(recycled)
        bufferReturned()
        _ = table[index].conversation.outputFlushed(context)
        if load.transfer?.isSent == true { return endStream(index, succeeded: true) }
        watch(index, .arrivals)
        produce(index)
        sendReadyPiece(index)
    }

    private mutating func endStream(_ index: Int, succeeded: Bool) {
        table[index].load?.transfer = nil
        let step = table[index].conversation.streamEnded(succeeded: succeeded, &context)
        if settle(step, index) { resume(index) }
        updateDeadline(index)
        updateBudget(index)
    }
}
