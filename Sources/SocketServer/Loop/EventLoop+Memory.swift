import HTTP

/// Memory: what a connection holds is reserved before it is allocated, and settled after each event.
extension EventLoop {
    /// Lets the conversation that runs next reserve for its connection.
    @inline(__always)
    mutating func lendReservation(_ index: Int) {
        if let load = table[index].load { swap(&load.reservation, &context.reservation) }
    }

    /// Takes the connection's reservation back from the conversation that has run.
    @inline(__always)
    mutating func takeReservation(_ index: Int) {
        if table[index].load != nil || context.reservation.byteCount > 0 {
            swap(&load(index).reservation, &context.reservation)
        }
        guard context.isReservationRefused else { return }
        context.isReservationRefused = false
        // Its request has been answered 503 already; this makes room for those that follow.
        closeStalled(except: index)
    }

    /// Reserves more for a connection, if need be in place of answers that others do not read.
    ///
    /// - Returns: Whether there was room.
    mutating func reserve(_ byteCount: Int, _ share: ByteBudget.Share, _ index: Int) -> Bool {
        if load(index).reservation.grow(by: byteCount, share, of: shared.budget) { return true }
        guard closeStalled(except: index) else { return false }
        return load(index).reservation.grow(by: byteCount, share, of: shared.budget)
    }

    /// Closes the connection whose peer has taken nothing of its answer for longest, if that is long.
    ///
    /// - Returns: Whether there was one.
    @discardableResult
    private mutating func closeStalled(except kept: Int) -> Bool {
        // The time-out of one that has been stalled for long is near: the others need not be looked at.
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

    /// A peer that has taken nothing for so long may lose its answer where memory is short.
    private static let stalledMillisecondsMin = 1_000

    /// Keeps input that the conversation has not used.
    mutating func keepInput(_ input: consuming [UInt8], _ index: Int) {
        guard reserveInput(input.count, index) else { return }
        load(index).input = input
        updateBudget(index)
    }

    /// Reserves memory for so much input in place of what is kept.
    ///
    /// Where there is no room, a request that is being read is answered 503, and one whose answer is under way is the
    /// connection's last: those behind it have not been looked at, and can be sent again.
    ///
    /// - Returns: Whether there was room; if not, no input is kept.
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

    /// Makes the budget agree with what the connection holds, and gives the memory of an idle one back.
    @inline(__always)
    mutating func updateBudget(_ index: Int) {
        // What holds for nearly every request.
        if table[index].load == nil, !table[index].conversation.isReadingBody { return }
        settleReservation(index)
    }

    private mutating func settleReservation(_ index: Int) {
        guard table[index].isOpen else { return }
        let isReadingBody = table[index].conversation.isReadingBody
        let load = load(index)
        // What the producer of a stream holds is its transfer's, once that has begun.
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
