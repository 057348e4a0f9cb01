import HTTP

/// Collects answers that are sent together.
struct AnswerBatch {
    struct Answer {
        let connection: ConnectionID
        /// The range of the answer's bytes, which are set aside in the context's output.
        let bytes: Range<Int>
    }

    /// Whether answers may now wait.
    var isOpen = false
    var isBeingSent = false
    var answers: [Answer] = []
    /// The time at which the first of them was ready.
    var startNanoseconds = 0

    /// The longest time for which answers wait for others, excluding the work for the last one.
    static let nanosecondsMax = 200_000
    /// The most bytes that wait, excluding the last answer.
    static let byteCountMax = 262_144
}

/// Sends small answers to requests that one wait has reported together.
///
/// Sending an answer wakes its client. If the client sleeps on another core of this machine, the send waits until that
/// core is notified, which takes more than half as long as a small request. So the answers wait until the loop has
/// handled its events, or for a moment: the first answer that is sent wakes the client, and the others find it awake.
///
/// The conversation treats a waiting answer as sent. Any other operation on its connection must follow it: the batch is
/// sent before the operation.
extension EventLoop {
    /// Adds the output to the batch, if it may wait.
    ///
    /// - Returns: False if the output is to be sent now; then nothing has happened.
    mutating func addToBatch(_ index: Int) -> Bool {
        guard batch.isOpen, !batch.isBeingSent, table[index].load == nil, context.largeBody == nil,
            !context.output.isEmpty
        else { return false }
        if batch.answers.isEmpty { batch.startNanoseconds = context.lastNanoseconds }
        batch.answers.append(AnswerBatch.Answer(connection: id(index), bytes: context.output.setAside()))
        return true
    }

    /// Sends the waiting answers if one of them belongs to the connection that the loop has turned to.
    mutating func sendBatch(before index: Int) {
        guard let last = batch.answers.last, Int(last.connection.index) == index else { return }
        sendBatch()
    }

    /// Sends the waiting answers if they have waited long enough.
    ///
    /// - Parameter hasGrown: Whether the last event has added one. An event that adds none does not read the clock, and
    ///   may take long.
    mutating func sendBatchIfDue(hasGrown: Bool) {
        guard !batch.answers.isEmpty else { return }
        guard
            !hasGrown
                || context.lastNanoseconds - batch.startNanoseconds >= AnswerBatch.nanosecondsMax
                || context.output.setAsideCount >= AnswerBatch.byteCountMax
        else { return }
        sendBatch()
    }

    /// Sends the waiting answers.
    mutating func sendBatch() {
        // Sending may close a connection, which in turn calls for the batch to be sent first.
        guard !batch.isBeingSent else { return }
        if !batch.answers.isEmpty {
            batch.isBeingSent = true
            for answer in batch.answers where table.contains(answer.connection) { send(answer) }
            batch.isBeingSent = false
            batch.answers.removeAll(keepingCapacity: true)
        }
        context.output.removeSetAside()
    }

    private mutating func send(_ answer: AnswerBatch.Answer) {
        let index = Int(answer.connection.index)
        let sentByteCount: Int
        switch table[index].socket.send(context.output.bytes(setAside: answer.bytes)) {
        case .bytes(let count): sentByteCount = count
        case .wouldBlock: sentByteCount = 0
        case .disconnected: return close(index)
        }
        guard sentByteCount < answer.bytes.count else { return }
        let rest = answer.bytes.dropFirst(sentByteCount)
        guard reserveOutput(rest.count, index) else { return }
        load(index).output.append(Array(copying: context.output.bytes(setAside: rest)))
        block(index)
        // The batch may have been sent during another connection's turn.
        let connection = context.connection
        noteConnection(index)
        updateBudget(index)
        context.connection = connection
    }
}
