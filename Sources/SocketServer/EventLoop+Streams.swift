import HTTP

/// Produced bodies: the next piece is produced on the compute queue while the last one is being sent.
extension EventLoop {
    mutating func startStream(_ index: Int, _ producer: any BodyProducer, _ framing: StreamFraming) {
        load(index).transfer = StreamTransfer(producer, framing)
        updateBudget(index)
        produce(index)
    }

    /// Has the next piece produced.
    private mutating func produce(_ index: Int) {
        guard let load = table[index].load, let (buffer, pieceByteCount) = load.transfer?.takeBuffer(),
            let producer = load.transfer?.producer
        else { return }
        let id = id(index)
        shared.compute { [mailbox] in
            let production = StreamTransfer.fill(buffer, pieceByteCount, from: producer)
            mailbox.post(.produced(id, buffer, production))
        }
    }

    mutating func produced(_ index: Int, _ buffer: PieceBuffer, _ production: Production) {
        guard let load = table[index].load, load.transfer != nil else { return }
        guard production != .failed else { return endStream(index, succeeded: false) }
        load.transfer?.isLast = production == .finished
        load.transfer?.ready = buffer
        if load.output.isEmpty { sendReadyPiece(index) }
    }

    /// Sends a piece and has the next one produced meanwhile.
    private mutating func sendReadyPiece(_ index: Int) {
        guard let load = table[index].load, let (bytes, start) = load.transfer?.takeReadyPiece() else { return }
        if load.transfer?.isLast == false { produce(index) }
        load.output.append(bytes, from: start)
        sendPiece(index, load)
    }

    private mutating func sendPiece(_ index: Int, _ load: ConnectionLoad) {
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
        if let recycled { load.transfer?.recycle(recycled) }
        _ = table[index].conversation.outputFlushed(context)
        if load.transfer?.isSent == true { return endStream(index, succeeded: true) }
        watch(index, .input)
        sendReadyPiece(index)
    }

    private mutating func endStream(_ index: Int, succeeded: Bool) {
        table[index].load?.transfer = nil
        let table = table
        let step = table[index].conversation.streamEnded(succeeded: succeeded, &context)
        if settle(step, index) { resume(index) }
        updateDeadline(index)
        updateBudget(index)
    }
}
