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
        guard let load = table[index]?.load, let buffer = load.transfer?.takeBuffer(),
            let producer = load.transfer?.producer
        else { return }
        load.transfer?.isProducing = true
        let id = id(index)
        shared.compute { [mailbox] in
            var buffer = buffer
            let production = StreamTransfer.fill(&buffer, from: producer)
            mailbox.post(.produced(id, piece: buffer, production))
        }
    }

    mutating func produced(_ index: Int, _ bytes: [UInt8], _ production: Production) {
        guard let load = table[index]?.load, let framing = load.transfer?.framing else { return }
        load.transfer?.isProducing = false
        guard production != .failed else { return endStream(index, succeeded: false) }
        var bytes = bytes
        let isLast = production == .finished
        let start = framing.seal(&bytes, isLast: isLast)
        load.transfer?.ready = StreamTransfer.Piece(bytes: bytes, start: start, isLast: isLast)
        if load.output.isEmpty { sendReadyPiece(index) }
    }

    /// Sends a piece and has the next one produced meanwhile.
    private mutating func sendReadyPiece(_ index: Int) {
        guard let connection = table[index], let load = connection.load, let piece = load.transfer?.ready else {
            return
        }
        load.transfer?.ready = nil
        if piece.isLast { load.transfer?.isSent = true } else { produce(index) }
        load.output.append(piece.bytes, from: piece.start)
        var recycled: [UInt8]?
        switch load.output.send(to: connection.socket, recycled: &recycled) {
        case .done: pieceSent(index, recycled)
        case .blocked: block(index)
        case .disconnected: close(index)
        }
    }

    /// All output has been sent while a body is produced.
    mutating func pieceSent(_ index: Int, _ recycled: [UInt8]?) {
        guard let load = table[index]?.load, let transfer = load.transfer else { return }
        if let recycled { load.transfer?.spare = recycled }
        _ = table[index]?.conversation.outputFlushed(context)
        if transfer.isSent { return endStream(index, succeeded: true) }
        watch(index, .input)
        if transfer.ready != nil { sendReadyPiece(index) }
    }

    private mutating func endStream(_ index: Int, succeeded: Bool) {
        table[index]?.load?.transfer = nil
        guard let step = table[index]?.conversation.streamEnded(succeeded: succeeded, &context) else { return }
        if settle(step, index) { resume(index) }
        updateDeadline(index)
        updateBudget(index)
    }
}
