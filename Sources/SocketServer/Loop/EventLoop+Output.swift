import HTTP

/// Moves output from the context to the socket, or to the connection's queue while its peer accepts no more.
extension EventLoop {
    /// Sends the context's output over a connection.
    ///
    /// - Returns: Whether everything has been sent, or nil if the connection is gone.
    mutating func sendOutput(_ index: Int) -> Bool? {
        if let load = table[index].load, !load.output.isEmpty {
            return queueOutput(index, sentByteCount: 0) ? false : nil
        }
        guard !context.output.isEmpty else { return true }
        let socket = table[index].socket
        let sent = context.largeBody.map { socket.send(context.output.span, $0.span) }
        switch sent ?? socket.send(context.output.span) {
        case .bytes(let count):
            if count == context.output.count + (context.largeBody?.count ?? 0) {
                clearOutput()
                return true
            }
            guard queueOutput(index, sentByteCount: count) else { return nil }
        case .wouldBlock:
            guard queueOutput(index, sentByteCount: 0) else { return nil }
        case .disconnected:
            clearOutput()
            close(index)
            return nil
        }
        block(index)
        return false
    }

    private mutating func clearOutput() {
        context.output.removeAll()
        context.largeBody = nil
    }

    /// Keeps the part of the output that has not been sent.
    ///
    /// - Returns: Whether there was space for it; if not, the connection has been cut, since its peer has received a
    ///   part.
    private mutating func queueOutput(_ index: Int, sentByteCount: Int) -> Bool {
        let headByteCount = context.output.count
        let byteCount = headByteCount + (context.largeBody?.count ?? 0) - sentByteCount
        guard reserveOutput(byteCount, index) else {
            clearOutput()
            return false
        }
        let load = load(index)
        if sentByteCount < headByteCount {
            load.output.append(Array(copying: context.output.span.extracting(sentByteCount..<headByteCount)))
        }
        if let body = context.largeBody { load.output.append(body, from: max(sentByteCount - headByteCount, 0)) }
        clearOutput()
        updateBudget(index)
        return true
    }

    /// Reserves memory for output that the peer does not accept.
    ///
    /// - Returns: Whether there was space for it; if not, the connection has been cut.
    mutating func reserveOutput(_ byteCount: Int, _ index: Int) -> Bool {
        let queuedByteCount = table[index].load?.output.heldByteCount ?? 0
        let isSmall = queuedByteCount + byteCount <= Self.smallOutputByteCount
        guard !reserve(byteCount, isSmall ? .answer : .large, index) else { return true }
        close(index, isReset: true)
        return false
    }

    /// Waits until the peer accepts output again, and reads nothing meanwhile.
    mutating func block(_ index: Int) {
        table[index].conversation.outputBlocked(context)
        watch(index, .output)
        updateDeadline(index)
    }

    mutating func outputPossible(_ index: Int) {
        guard let load = table[index].load else { return }
        var recycled: [UInt8]?
        switch load.output.send(to: table[index].socket, recycled: &recycled) {
        case .blocked(let hasProgressed):
            if hasProgressed { block(index) }
        case .disconnected:
            close(index)
        case .done:
            if load.transfer != nil { return pieceSent(index, &recycled) }
            let step = table[index].conversation.outputFlushed(context)
            if settle(step, index) { resume(index) }
            updateDeadline(index)
            updateBudget(index)
        }
    }
}
