import HTTP

/// Answers that are sent together.
struct AnswerBatch {
    struct Answer {
        let connection: ConnectionID
        /// Where they are set aside in the context's output.
        let bytes: Range<Int>
    }

    /// Whether answers may wait now.
    var isOpen = false
    var isBeingSent = false
    var answers: [Answer] = []
    /// When the first of them was ready.
    var startNanoseconds = 0

    /// How long answers wait for others, but for what the last of those takes.
    static let nanosecondsMax = 200_000
    /// How many bytes wait, but for the last answer.
    static let byteCountMax = 262_144
}

/// Small answers to requests that one wait has told of leave together.
///
/// To send an answer wakes its client. Where that sleeps on another core of this machine, the sending waits for that
/// core to be told, which takes more than half as long as a small request. So the answers wait until the loop has gone
/// through its events, or for a moment: the first that is sent wakes its client, the others find it awake.
///
/// The conversation takes an answer that waits for sent. Whatever else is done to its connection comes behind it: the
/// batch is sent before.
extension EventLoop {
    /// Lets the output wait, if it may.
    ///
    /// - Returns: False, and nothing has happened, where it is to be sent now.
    mutating func addToBatch(_ index: Int) -> Bool {
        guard batch.isOpen, !batch.isBeingSent, table[index].load == nil, context.largeBody == nil,
            !context.output.isEmpty
        else { return false }
        if batch.answers.isEmpty { batch.startNanoseconds = context.lastNanoseconds }
        batch.answers.append(AnswerBatch.Answer(connection: id(index), bytes: context.output.setAside()))
        return true
    }

    /// Sends the answers that wait, if one is of the connection that the loop has turned to.
    mutating func sendBatch(before index: Int) {
        guard let last = batch.answers.last, Int(last.connection.index) == index else { return }
        sendBatch()
    }

    /// Sends the answers that wait, where they have waited long enough.
    ///
    /// - Parameter hasGrown: Whether the last event has added one. What adds none tells no time, and may take long.
    mutating func sendBatchIfDue(hasGrown: Bool) {
        guard !batch.answers.isEmpty else { return }
        guard
            !hasGrown
                || context.lastNanoseconds - batch.startNanoseconds >= AnswerBatch.nanosecondsMax
                || context.output.setAsideCount >= AnswerBatch.byteCountMax
        else { return }
        sendBatch()
    }

    /// Sends the answers that wait.
    mutating func sendBatch() {
        // Sending may close a connection, which asks for the batch to be sent before.
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
        // It may be another one's turn.
        let connection = context.connection
        noteConnection(index)
        updateBudget(index)
        context.connection = connection
    }
}
