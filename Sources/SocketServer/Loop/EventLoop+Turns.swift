import HTTP

/// Schedules turns: a connection that has used its share of the loop's time waits until the others have been served.
///
/// After each wait the loop serves every connection that has an event, and then one of those that wait here; so a
/// request that arrives waits for one turn at most, however many clients keep the loop busy.
extension EventLoop {
    /// The delay after which the deadline of a connection that waits for its turn is checked again.
    static let queuedRetryMilliseconds = 1_000

    /// Returns whether a connection waits for another turn; events of its socket are ignored until then.
    func isQueued(_ index: Int) -> Bool { table[index].load?.isQueued == true }

    /// Appends a connection that has unused input to the queue.
    mutating func enqueue(_ index: Int) {
        let load = load(index)
        guard !load.isQueued else { return }
        load.isQueued = true
        load.hasUsedTurn = true
        turns.append(id(index))
    }

    /// Serves the connection that has waited longest.
    mutating func serveNextTurn() {
        while let id = turns.popFirst() {
            guard table.contains(id) else { continue }
            let index = Int(id.index)
            noteConnection(index)
            context.lastNanoseconds = Clock.monotonicNanoseconds()
            context.turn.begin(atNanoseconds: context.lastNanoseconds)
            table[index].load?.isQueued = false
            goOn(index)
            return
        }
    }

    /// Passes a connection's conversation its unused input, and then what has arrived meanwhile.
    private mutating func goOn(_ index: Int) {
        feedUnused(index)
        if table[index].isOpen, !isQueued(index) { takeAhead(index) }
        guard table[index].isOpen else { return }
        if !isQueued(index), table[index].conversation.takesInput {
            watch(index, .arrivals)
            // What has arrived since was reported while the connection was queued, and is not reported again.
            read(index, hasMark: true)
            guard table[index].isOpen else { return }
        }
        if !table[index].conversation.takesInput {
            // Once it accepts input again, watching for it reports what has been left in the socket.
            watch(index, table[index].interest.contains(.output) ? .output : .departure)
        }
        updateDeadline(index)
        updateBudget(index)
    }
}
