import Locking

/// Schedules the producers of a body's pieces; the event loop that sends them and the producers use it together.
///
/// A producer that has finished a piece continues with the next one on its own, rather than being woken for each. It
/// ends if many pieces have not been sent yet, so that a client that receives nothing soon stops it.
final class PieceSchedule: Sendable {
    /// The most cores that one answer may use.
    static let producerCountMax = 8

    /// The number of consecutive pieces with preempted producers after which the producers are treated as sharing a
    /// core.
    private static let crowdedPieceCount = 3

    private struct State {
        /// The numbers of pieces that have been requested, produced and sent.
        var (askedCount, producedCount, sentCount) = (0, 0, 0)
        var producerCount = 0
        /// The number of producers that have begun and not ended, including those that only clean up.
        var runningCount = 0
        /// The memory that the connection has left to the producers, to be released when the last of them ends, in
        /// bytes.
        var leftByteCount = 0
        /// The number of consecutive pieces whose producer was preempted meanwhile.
        var preemptedPieceCount = 0
        /// Whether producers share a core with other threads.
        var isCrowded = false
        /// Whether all further pieces are unwanted.
        var isCancelled = false
    }

    private let pieceCount: Int
    private let bufferCount: Int
    private let serverCoreCount: Int
    private let state = Locked(State())

    /// Creates a schedule.
    ///
    /// - Parameters:
    ///   - pieceCount: The number of pieces of the body.
    ///   - bufferCount: The most pieces at a time that are being produced, waiting or being sent.
    ///   - coreCount: The number of cores that the server uses.
    init(pieceCount: Int, bufferCount: Int, coreCount: Int) {
        (self.pieceCount, self.bufferCount, serverCoreCount) = (pieceCount, bufferCount, coreCount)
    }

    /// Returns the first piece for one more producer, or nil if there are enough producers or pieces.
    ///
    /// - Parameter coreCount: The number of cores that the answer may use now.
    func begin(coreCount: Int) -> Int? {
        state.withLock { state in
            guard state.producerCount < producerCountMax(state, coreCount), let piece = next(&state) else {
                return nil
            }
            state.producerCount += 1
            state.runningCount += 1
            return piece
        }
    }

    /// Records that a piece has been produced.
    ///
    /// - Parameters:
    ///   - wasPreempted: Whether another thread had the producer's core for a while.
    ///   - coreCount: The number of cores that the answer may use now, or 0 if the producer must stop.
    /// - Returns: The piece to produce next, or nil if the producer should stop.
    func goOn(wasPreempted: Bool, coreCount: Int) -> Int? {
        state.withLock { state in
            state.producedCount += 1
            state.preemptedPieceCount = wasPreempted ? state.preemptedPieceCount + 1 : 0
            if state.preemptedPieceCount >= Self.crowdedPieceCount { state.isCrowded = true }
            if state.producerCount <= producerCountMax(state, coreCount), let piece = next(&state) { return piece }
            state.producerCount -= 1
            return nil
        }
    }

    /// Returns the most producers at present.
    ///
    /// One core is left to the loop that sends the pieces, and to clients on this machine. Otherwise the loop would
    /// wait for its turn with finished pieces until they are out of every cache. If a producer is preempted repeatedly,
    /// the loop or a client runs on its core, and the core that was left to them has time for another producer.
    private func producerCountMax(_ state: State, _ coreCount: Int) -> Int {
        let freeCoreCount = state.isCrowded ? serverCoreCount : max(serverCoreCount - 1, 1)
        return min(coreCount, freeCoreCount, Self.producerCountMax)
    }

    private func next(_ state: inout State) -> Int? {
        guard !state.isCancelled, state.askedCount < pieceCount, state.askedCount - state.sentCount < bufferCount,
            // The last one may depend on all others.
            state.askedCount < pieceCount - 1 || state.producedCount == pieceCount - 1
        else { return nil }
        defer { state.askedCount += 1 }
        return state.askedCount
    }

    /// Ends the producers, each when it has finished its piece.
    ///
    /// - Parameter byteCount: The memory that they hold, in bytes.
    /// - Returns: Whether any of them continues; then the last one to end releases the memory.
    @discardableResult
    func cancel(leaving byteCount: Int = 0) -> Bool {
        state.withLock { state in
            state.isCancelled = true
            guard state.runningCount > 0 else { return false }
            state.leftByteCount += byteCount
            return true
        }
    }

    /// Records that a producer has ended, after ``goOn(wasPreempted:coreCount:)`` has returned nil.
    ///
    /// - Returns: The number of bytes to release now.
    func end() -> Int {
        state.withLock { state in
            state.runningCount -= 1
            guard state.runningCount == 0 else { return 0 }
            defer { state.leftByteCount = 0 }
            return state.leftByteCount
        }
    }

    /// The number of pieces that have been sent.
    var sentCount: Int { state.withLock { $0.sentCount } }

    /// Records that a piece has been sent, so that there is space for one more.
    func pieceSent() { state.withLock { $0.sentCount += 1 } }
}
