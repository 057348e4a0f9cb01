import HTTP

/// Reserves the memory of a connection before it is allocated, and settles it after each event.
extension EventLoop {
    /// Lends the connection's reservation to the conversation, which runs next.
    @inline(__always)
    mutating func lendReservation(_ index: Int) {
        if let load = table[index].load { swap(&load.reservation, &context.reservation) }
    }

    /// Returns the connection's reservation from the conversation that has run.
    @inline(__always)
    mutating func takeReservation(_ index: Int) {
        if table[index].load != nil || context.reservation.byteCount > 0 {
            swap(&load(index).reservation, &context.reservation)
        }
        guard context.isReservationRefused else { return }
        context.isReservationRefused = false
        // Its request has already been answered 503; this makes space for those that follow.
        closeStalled(except: index)
    }

    /// Reserves more for a connection, if necessary in place of answers that other clients do not read.
    ///
    /// - Returns: Whether there was space.
    mutating func reserve(_ byteCount: Int, _ share: ByteBudget.Share, _ index: Int) -> Bool {
        if load(index).reservation.grow(by: byteCount, share, of: shared.budget) { return true }
        guard closeStalled(except: index) else { return false }
        return load(index).reservation.grow(by: byteCount, share, of: shared.budget)
    }

    /// Closes the connection whose peer has received nothing of its answer for the longest time, if that time is long.
    ///
    /// - Returns: Whether there was one.
    @discardableResult
    private mutating func closeStalled(except kept: Int) -> Bool {
        // A connection that has been stalled for long has a near deadline: the others need not be searched.
        let limit = context.nowMilliseconds + context.timeouts.writeMilliseconds - Self.stalledMillisecondsMin
        let stalled = wheel.first(dueBy: limit) { index in
            guard index != kept, let load = table[index].load, !load.output.isEmpty,
                let milliseconds = table[index].conversation.blockedMilliseconds(context)
            else { return false }
            return milliseconds >= Self.stalledMillisecondsMin
        }
        guard let stalled else { return false }
        close(stalled, isReset: true)
        return true
    }

    /// The time after which a peer that receives nothing may lose its answer if memory is short.
    private static let stalledMillisecondsMin = 1_000

    /// Keeps the conversation's unused input.
    mutating func keepInput(_ input: consuming [UInt8], _ index: Int) {
        guard reserveInput(input.count, index) else { return }
        load(index).input = input
        updateBudget(index)
    }

    /// Reserves memory for this much input in place of the input that is kept.
    ///
    /// If there is no space, a request that is being read is answered 503, and an answer in progress is the
    /// connection's last: the requests after it have not been parsed, and can be sent again.
    ///
    /// - Returns: Whether there was space; if not, no input is kept.
    mutating func reserveInput(_ byteCount: Int, _ index: Int) -> Bool {
        let load = load(index)
        let heldByteCount = byteCount + table[index].conversation.headByteCount
        let growth = heldByteCount - load.reservedInputByteCount
        let share = table[index].conversation.inputShare
        if heldByteCount <= Self.smallInputByteCount || reserve(growth, share, index) {
            load.reservedInputByteCount = heldByteCount
            return true
        }
        load.input = []
        let step = table[index].conversation.overload(&context, isInputLost: true)
        settle(step, index)
        if table[index].isOpen { updateBudget(index) }
        return false
    }

    /// Makes the budget equal to what the connection holds, and releases the memory of an idle one.
    @inline(__always)
    mutating func updateBudget(_ index: Int) {
        // Nearly every request ends here.
        if table[index].load == nil, !table[index].conversation.isReadingBody { return }
        settleReservation(index)
    }

    private mutating func settleReservation(_ index: Int) {
        guard table[index].isOpen else { return }
        let isReadingBody = table[index].conversation.isReadingBody
        let load = load(index)
        // The memory of a stream's producer belongs to its transfer once that has begun.
        let heldByteCount = load.transfer == nil ? table[index].conversation.heldByteCount : 0
        guard isReadingBody || heldByteCount > 0 || !load.isEmpty else {
            load.reservation.settle(at: 0, of: shared.budget)
            table[index].load = nil
            return
        }
        load.reservation.settle(at: heldByteCount + load.heldByteCount, of: shared.budget)
        load.reservedInputByteCount = load.input.capacity + table[index].conversation.headByteCount
        table[index].conversation.reservationSettled()
    }
}
