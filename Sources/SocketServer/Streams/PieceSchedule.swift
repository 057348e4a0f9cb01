import Locking

/// Who produces which piece of a body when: used by the event loop that sends them and by those who produce them.
///
/// A producer that is done with a piece goes on with the next one by itself, rather than being woken for each. It ends
/// where there are many pieces that nobody has sent yet, so that a client that takes nothing soon stops it.
final class PieceSchedule: Sendable {
    /// More cores than this are not given to one answer.
    static let producerCountMax = 8

    /// After so many pieces in a row whose producers were preempted, they are taken to share a core with others.
    private static let crowdedPieceCount = 3

    private struct State {
        /// How many pieces have been asked for, have been produced, and have been sent.
        var (askedCount, producedCount, sentCount) = (0, 0, 0)
        var producerCount = 0
        /// How many producers have begun and not ended: also those that only clean up.
        var runningCount = 0
        /// What the connection has left to the producers, to be counted off when the last of them ends, in bytes.
        var leftByteCount = 0
        /// How many pieces in a row have been produced by one that was preempted meanwhile.
        var preemptedPieceCount = 0
        /// Whether producers share a core with others.
        var isCrowded = false
        /// Whether no piece is wanted any more.
        var isCancelled = false
    }

    private let pieceCount: Int
    private let bufferCount: Int
    private let serverCoreCount: Int
    private let state = Locked(State())

    /// - Parameters:
    ///   - pieceCount: How many pieces the body has.
    ///   - bufferCount: How many of them there may be at a time, being produced, waiting or being sent.
    ///   - coreCount: How many cores the server uses.
    init(pieceCount: Int, bufferCount: Int, coreCount: Int) {
        (self.pieceCount, self.bufferCount, serverCoreCount) = (pieceCount, bufferCount, coreCount)
    }

    /// The piece that one more producer begins with; nil where there are enough of them, or of pieces.
    ///
    /// - Parameter coreCount: How many cores the answer may have now.
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

    /// A piece has been produced.
    ///
    /// - Parameters:
    ///   - wasPreempted: Whether another thread had the producer's core for a while.
    ///   - coreCount: As in ``begin(coreCount:)``; 0 where nobody is to go on.
    /// - Returns: The one that its producer goes on with; nil where it ends.
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

    /// How many may produce now.
    ///
    /// One core is left to the loop that sends the pieces, and to clients on this machine. Otherwise the loop would
    /// wait for its turn with what is ready, until no cache has it. Where a producer is preempted again and again, the
    /// loop or a client runs on its core, and the one that was left to them has time for another producer.
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

    /// Ends the producers, each when it is done with its piece.
    ///
    /// - Parameter byteCount: Memory that they hold, in bytes.
    /// - Returns: Whether any of them goes on; then the last one to end counts the memory off.
    @discardableResult
    func cancel(leaving byteCount: Int = 0) -> Bool {
        state.withLock { state in
            state.isCancelled = true
            guard state.runningCount > 0 else { return false }
            state.leftByteCount += byteCount
            return true
        }
    }

    /// Notes that a producer has ended, after ``goOn(wasPreempted:coreCount:)`` has returned nil.
    ///
    /// - Returns: How many bytes are to be counted off now.
    func end() -> Int {
        state.withLock { state in
            state.runningCount -= 1
            guard state.runningCount == 0 else { return 0 }
            defer { state.leftByteCount = 0 }
            return state.leftByteCount
        }
    }

    /// How many pieces have been sent.
    var sentCount: Int { state.withLock { $0.sentCount } }

    /// There is room for one more.
    func pieceSent() { state.withLock { $0.sentCount += 1 } }
}
