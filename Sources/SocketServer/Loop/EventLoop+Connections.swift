import HTTP

/// Connects readiness to input, and a conversation's steps to their effects.
extension EventLoop {
    func id(_ index: Int) -> ConnectionID {
        ConnectionID(index: UInt32(index), generation: table[index].generation)
    }

    mutating func handle(_ event: Epoll.Event, _ index: Int) {
        if event.isDisconnected, !table[index].conversation.takesInput || waitsForPieces(index) { return close(index) }
        if event.takesOutput { outputPossible(index) }
        if event.hasInputEnded, table[index].isOpen {
            table[index].conversation.inputEnded(context)
            updateDeadline(index)
        }
        // Sending may have closed it.
        guard event.hasInput || event.isDisconnected, table[index].isOpen else { return }
        if let load = table[index].load, load.hasUsedTurn, table[index].conversation.takesInput,
            !table[index].isLingering
        {
            // A client that has disconnected would not receive the answers.
            if event.isDisconnected { close(index) } else { enqueue(index) }
        } else if table[index].conversation.takesInput {
            read(index, hasMark: event.hasMark)
        } else if !event.takesOutput {
            // It stays in the socket until the answer is being sent; then it is requested again.
            watch(index, table[index].interest.contains(.output) ? .output : .departure)
        }
    }

    /// Reads input of a connection.
    ///
    /// - Parameter hasMark: The event's value.
    mutating func read(_ index: Int, hasMark: Bool) {
        if table[index].isLingering { return discardInput(index, hasMark: hasMark) }
        let isReadingBody = table[index].conversation.isReadingBody
        // The conversation may take long.
        if isReadingBody { sendBatch() }
        if isReadingBody, readAhead(index, hasMark: hasMark) { return }
        let limit = Self.readByteCount
        switch unsafe table[index].socket.receive(into: UnsafeMutableRawBufferPointer(rebasing: readBuffer[..<limit])) {
        case .bytes(let count):
            // Input is reported once. Without a mark, a read that returns fewer bytes than fit has returned all of
            // them; any bytes after them are reported again.
            if count == limit || hasMark { rearm(index) }
            feed(index, byteCount: count)
        case .endOfInput:
            return endOfInput(index)
        case .wouldBlock:
            return
        case .disconnected:
            return close(index)
        }
        updateDeadline(index)
    }

    mutating func endOfInput(_ index: Int) {
        let step = table[index].conversation.endOfInput(&context)
        settle(step, index)
        updateDeadline(index)
    }

    /// Passes the conversation the first bytes of the read buffer, after its unused input.
    private mutating func feed(_ index: Int, byteCount: Int) {
        // SAFETY: `byteCount` bytes at the start of the read buffer have just been received into it; the span does not
        // outlive this call, during which nothing else is received.
        let received = unsafe UnsafeRawBufferPointer(rebasing: readBuffer[..<byteCount])
        let bytes = unsafe received.bindMemory(to: UInt8.self)
        guard let load = table[index].load, !load.input.isEmpty else {
            return feed(index, unsafe bytes.span)
        }
        guard reserveInput(load.input.count + byteCount, index) else { return }
        unsafe load.input.append(contentsOf: bytes)
        feedUnused(index)
    }

    /// Passes the conversation its unused input.
    mutating func feedUnused(_ index: Int) {
        guard let load = table[index].load, !load.input.isEmpty else { return }
        var input: [UInt8] = []
        swap(&input, &load.input)
        let used = converse(index, input.span)
        guard table[index].isOpen else { return }
        if used == input.count || table[index].conversation.discardsInput { return updateBudget(index) }
        // This is a copy, since the rest of much input may be short, and would keep the memory of all of it.
        keepInput(used == 0 ? input : Array(copying: input.span.extracting(used..<input.count)), index)
    }

    private mutating func feed(_ index: Int, _ bytes: Span<UInt8>) {
        let used = converse(index, bytes)
        guard used < bytes.count, table[index].isOpen, !table[index].conversation.discardsInput
        else { return updateBudget(index) }
        keepInput(Array(copying: bytes.extracting(used..<bytes.count)), index)
    }

    /// Lets the conversation process input as long as it accepts some and its turn lasts.
    ///
    /// - Returns: The number of bytes used up.
    mutating func converse(_ index: Int, _ bytes: Span<UInt8>) -> Int {
        var offset = 0
        if context.isDraining { context.isInputWaiting = table[index].socket.hasInput }
        while true {
            lendReservation(index)
            let (used, step) = table[index].conversation.receive(bytes.extracting(offset..<bytes.count), &context)
            takeReservation(index)
            offset += used
            switch step {
            case .read:
                settle(step, index)
                return offset
            case .yield:
                if settle(step, index) { enqueue(index) }
                return offset
            case .flush, .compute, .stream, .shutDown, .close, .abort:
                guard settle(step, index), offset < bytes.count, !table[index].conversation.discardsInput
                else { return offset }
                guard !context.turn.isOver else {
                    enqueue(index)
                    return offset
                }
            }
        }
    }

    /// Continues a connection whose output has all been sent.
    mutating func resume(_ index: Int) {
        // Computing needs no socket; if output is still watched, its free space would be reported all the time.
        guard table[index].conversation.takesInput else { return watch(index, .departure) }
        watch(index, .arrivals)
        if isQueued(index) { return }
        feedUnused(index)
        if table[index].isOpen, !isQueued(index) { takeAhead(index) }
        updateDeadline(index)
    }

    // MARK: Steps

    /// Sends the output and carries out the conversation's step.
    ///
    /// - Returns: Whether the conversation accepts input.
    @discardableResult
    mutating func settle(_ first: Conversation.Step, _ index: Int) -> Bool {
        if case .read = first, addToBatch(index) { return true }
        sendBatch(before: index)
        guard table[index].isOpen else { return false }
        var step = first
        while true {
            guard let isSent = sendOutput(index) else { return false }
            switch step {
            case .read, .yield:
                return isSent
            case .flush:
                guard isSent else { return false }
                step = table[index].conversation.outputFlushed(context)
            case .compute(let cancellation, let work):
                compute(index, cancellation, work)
                return false
            case .stream(let producer, let framing):
                startStream(index, producer, framing)
                return false
            case .shutDown:
                beginLingering(index)
                return true
            case .close:
                close(index)
                return false
            case .abort:
                close(index, isReset: true)
                return false
            }
        }
    }

    private mutating func compute(
        _ index: Int, _ computation: Cancellation, _ work: @escaping @Sendable () -> Response
    ) {
        let id = id(index)
        load(index).computation = computation
        // Nothing is watched while a body's pieces are prepared.
        if table[index].interest.isEmpty { watch(index, .departure) }
        shared.compute { [mailbox, shared] in
            mailbox.post(.computed(id, work()))
            shared.budget.set(from: computation.end(), to: 0)
        }
    }

    mutating func computed(_ index: Int, _ response: Response) {
        table[index].load?.computation = nil
        if context.isDraining {
            let unused = table[index].load?.input ?? []
            context.isInputWaiting = unused.contains { $0 != 0x0D && $0 != 0x0A } || table[index].socket.hasInput
        }
        lendReservation(index)
        let step = table[index].conversation.respond(with: response, &context)
        takeReservation(index)
        if settle(step, index) { resume(index) }
        updateDeadline(index)
        // The request's memory is free now, even if nothing else happens on the connection.
        updateBudget(index)
    }

    // MARK: Bookkeeping

    /// Sets the interest of epoll, if it changes.
    mutating func watch(_ index: Int, _ interest: Epoll.Interest) {
        guard table[index].isOpen, table[index].interest != interest else { return }
        table[index].interest = interest
        rearm(index)
    }

    /// Makes epoll report the present state, even if it has been reported before.
    mutating func rearm(_ index: Int) {
        do {
            try epoll.modify(table[index].socket.descriptor, table[index].interest, token: id(index).token)
        } catch {
            // The descriptor is open and registered with epoll; nothing else can make this fail.
            shared.events(.acceptFailed(error, count: 1))
        }
    }

    /// Returns the connection's load, which is created if it has none.
    mutating func load(_ index: Int) -> ConnectionLoad {
        if let load = table[index].load { return load }
        let load = ConnectionLoad()
        table[index].load = load
        return load
    }

    mutating func close(_ index: Int, isReset: Bool = false) {
        sendBatch(before: index)
        guard table[index].isOpen else { return }
        let connection = table[index]
        connection.conversation.connectionLost(context)
        if let load = connection.load {
            cancelWork(of: load)
            load.reservation.settle(at: 0, of: shared.budget)
        }
        wheel.schedule(index, at: Int.max)
        table.remove(index)
        if isReset { connection.socket.reset() } else { connection.socket.close() }
        shared.connectionClosed(loop: self.index)
        // This follows the end of the claim to close a connection, so that no idle one is closed instead.
        if connection.isLingering { shared.lingeringEnded() }
    }

    /// Cancels a connection's work on compute queues, and leaves it the memory that it holds until it ends.
    private func cancelWork(of load: ConnectionLoad) {
        func leave(_ byteCount: Int, to cancel: (_ byteCount: Int) -> Bool) {
            let part = min(byteCount, load.reservation.byteCount)
            if cancel(part) { load.reservation.leave(part, of: shared.budget) }
        }
        for (work, byteCount) in load.ahead.preparations { leave(byteCount, to: work.cancel(leaving:)) }
        if let computation = load.computation { leave(.max, to: computation.cancel(leaving:)) }
        if let transfer = load.transfer { leave(.max, to: transfer.schedule.cancel(leaving:)) }
    }
}
