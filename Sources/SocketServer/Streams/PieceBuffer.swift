import Locking

/// The memory of a piece, of an answer or a body, as it goes between an event loop and a compute queue.
///
/// Whoever has it takes the bytes out to change them, so that they are never copied for being shared.
final class PieceBuffer: Sendable {
    /// Room that is made for input, so that an answer's piece mostly finds enough of it too: memory that is mapped for
    /// itself, as ``LargeMemory`` has it.
    static let byteCount = 540_672

    private let bytes = Locked<[UInt8]>([])
    /// Whether it is kept for other pieces when it is no longer used.
    let isPooled: Bool

    init(isPooled: Bool = true) { self.isPooled = isPooled }

    func take() -> [UInt8] {
        bytes.withLock { bytes in
            var taken: [UInt8] = []
            swap(&taken, &bytes)
            return taken
        }
    }

    /// Takes the memory out, without what is in it, to write other bytes there.
    func takeEmptied() -> [UInt8] {
        var bytes = take()
        CacheLines.takeBack(&bytes)
        bytes.removeAll(keepingCapacity: true)
        return bytes
    }

    /// Puts the bytes back, or others in their place; no reference to them is left with the caller.
    func put(_ newBytes: consuming [UInt8]) {
        var newBytes = newBytes
        bytes.withLock { swap(&newBytes, &$0) }
    }
}

/// Buffers that no piece is in, of all answers and bodies together.
///
/// Fresh memory of half a mebibyte would cost each piece more than a hundred page faults. Under load as many are kept
/// as go back and forth. What nobody has needed from one look to the next is freed, down to what one answer needs: the
/// event loops look each second while there is more.
final class PieceBufferPool: Sendable {
    private struct State {
        /// The last one has been used last.
        var buffers: [PieceBuffer] = []
        /// How many there were at least since the last look: that many nobody has needed.
        var leastCount = 0
    }

    /// For how many large requests at a time buffers are kept.
    private static let requestCountMax = 8

    private let countMax: Int
    private let restingCount: Int
    private let state = Locked(State())

    /// - Parameters:
    ///   - countMax: How many are kept at most.
    ///   - restingCount: How many stay though nobody needs them.
    init(countMax: Int, restingCount: Int) {
        (self.countMax, self.restingCount) = (countMax, restingCount)
    }

    /// Keeps the buffers of one answer, and under load those of several, but never more than an eighth of the memory
    /// that requests may hold: they are not reserved.
    convenience init(_ configuration: ServerConfiguration) {
        let oneAnswerCount = StreamTransfer.bufferCountMax(coreCount: configuration.workerCount)
        let affordableCount = configuration.bufferedByteCountMax / 8 / PieceBuffer.byteCount
        let countMax = min(Self.requestCountMax * oneAnswerCount, affordableCount)
        self.init(countMax: countMax, restingCount: min(oneAnswerCount, countMax))
    }

    /// How many there are now.
    var count: Int { state.withLock { $0.buffers.count } }

    /// Whether there are more than always stay.
    var isAboveRest: Bool { count > restingCount }

    /// One of them, or a new one.
    ///
    /// - Parameter byteCount: What is put into it at most: for little, a new one that takes no more memory than that.
    func take(byteCount: Int = PieceBuffer.byteCount) -> PieceBuffer {
        guard byteCount > PieceBuffer.byteCount / 2 else { return PieceBuffer(isPooled: false) }
        let buffer = state.withLock { state in
            let buffer = state.buffers.popLast()
            state.leastCount = min(state.leastCount, state.buffers.count)
            return buffer
        }
        return buffer ?? PieceBuffer()
    }

    /// Takes one back whose piece has been sent, or taken in.
    func put(_ buffer: PieceBuffer) {
        guard buffer.isPooled else { return }
        state.withLock { if $0.buffers.count < countMax { $0.buffers.append(buffer) } }
    }

    /// Frees those that nobody has needed since the last look.
    func look() {
        let surplus = state.withLock { state in
            let count = max(0, min(state.leastCount, state.buffers.count - restingCount))
            let surplus = Array(state.buffers.prefix(count))
            state.buffers.removeFirst(count)
            state.leastCount = state.buffers.count
            return surplus
        }
        // Freed where the lock is no longer held.
        _ = consume surplus
    }
}
