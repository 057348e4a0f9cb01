import Locking

/// Who produces which piece of a body when: used by the event loop that sends them and by those who produce them.
///
/// A producer that is done with a piece goes on with the next one by itself, rather than being woken for each. It ends
/// where there are many pieces that nobody has sent yet, so that a client that takes nothing soon stops it.
final class PieceSchedule: Sendable {
    /// More cores than this are not given to one answer.
    static let producerCountMax = 8

    private struct State {
        /// How many pieces have been asked for, have been produced, and have been sent.
        var (askedCount, producedCount, sentCount) = (0, 0, 0)
        var producerCount = 0
    }

    private let pieceCount: Int
    private let bufferCount: Int
    private let state = Locked(State())

    /// - Parameters:
    ///   - pieceCount: How many pieces the body has.
    ///   - bufferCount: How many of them there may be at a time, being produced, waiting or being sent.
    init(pieceCount: Int, bufferCount: Int) {
        (self.pieceCount, self.bufferCount) = (pieceCount, bufferCount)
    }

    /// The piece that one more producer begins with; nil where there are enough of them, or of pieces.
    ///
    /// - Parameter producerCount: How many producers there may be now.
    func begin(producerCount: Int) -> Int? {
        state.withLock { state in
            guard state.producerCount < min(producerCount, Self.producerCountMax), let piece = next(&state) else {
                return nil
            }
            state.producerCount += 1
            return piece
        }
    }

    /// A piece has been produced.
    ///
    /// - Parameter producerCount: As in ``begin(producerCount:)``; 0 where nobody is to go on.
    /// - Returns: The one that its producer goes on with; nil where it ends.
    func goOn(producerCount: Int) -> Int? {
        state.withLock { state in
            state.producedCount += 1
            if state.producerCount <= min(producerCount, Self.producerCountMax), let piece = next(&state) {
                return piece
            }
            state.producerCount -= 1
            return nil
        }
    }

    private func next(_ state: inout State) -> Int? {
        guard state.askedCount < pieceCount, state.askedCount - state.sentCount < bufferCount,
            // The last one may depend on all others.
            state.askedCount < pieceCount - 1 || state.producedCount == pieceCount - 1
        else { return nil }
        defer { state.askedCount += 1 }
        return state.askedCount
    }

    /// How many pieces have been sent.
    var sentCount: Int { state.withLock { $0.sentCount } }

    /// There is room for one more.
    func pieceSent() { state.withLock { $0.sentCount += 1 } }
}
