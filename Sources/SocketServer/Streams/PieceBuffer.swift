import Locking

/// The memory of a piece of an answer or a body, as it passes between an event loop and a compute queue.
///
/// Its current owner takes the bytes out to change them, so that sharing never makes a copy of them.
final class PieceBuffer: Sendable {
    /// The capacity for input, which usually suffices for an answer's piece too: memory that is mapped on its own, as
    /// described in ``LargeMemory``.
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

    /// Takes the memory out, without its content, to write other bytes there.
    func takeEmptied() -> [UInt8] {
        var bytes = take()
        CacheLines.takeBack(&bytes)
        bytes.removeAll(keepingCapacity: true)
        return bytes
    }

    /// Puts the bytes back, or others in their place; the caller keeps no reference to them.
    func put(_ newBytes: consuming [UInt8]) {
        var newBytes = newBytes
        bytes.withLock { swap(&newBytes, &$0) }
    }
}

/// A pool of free buffers, for all answers and bodies together.
///
/// Fresh memory of half a mebibyte would cost each piece more than a hundred page faults. Under load the pool keeps as
/// many buffers as are in use at a time. Those that stayed unused between two trims are freed, down to the number that
/// one answer needs: the event loops trim the pool each second while there are more.
final class PieceBufferPool: Sendable {
    private struct State {
        /// The free buffers; the last one has been used most recently.
        var buffers: [PieceBuffer] = []
        /// The least number of buffers since the last trim: that many were unused.
        var leastCount = 0
    }

    /// The number of simultaneous large requests for which buffers are kept.
    private static let requestCountMax = 8

    private let countMax: Int
    private let restingCount: Int
    private let state = Locked(State())

    /// Creates an empty pool.
    ///
    /// - Parameters:
    ///   - countMax: The most buffers that are kept.
    ///   - restingCount: The number of buffers that are kept even if unused.
    init(countMax: Int, restingCount: Int) {
        (self.countMax, self.restingCount) = (countMax, restingCount)
    }

    /// Creates a pool that keeps the buffers of one answer, and under load those of several.
    ///
    /// It never keeps more than an eighth of the memory that requests may hold, since the buffers are not reserved.
    convenience init(_ configuration: ServerConfiguration) {
        let oneAnswerCount = StreamTransfer.bufferCountMax(coreCount: configuration.workerCount)
        let affordableCount = configuration.bufferedByteCountMax / 8 / PieceBuffer.byteCount
        let countMax = min(Self.requestCountMax * oneAnswerCount, affordableCount)
        self.init(countMax: countMax, restingCount: min(oneAnswerCount, countMax))
    }

    /// The number of free buffers now.
    var count: Int { state.withLock { $0.buffers.count } }

    /// Whether there are more buffers than are always kept.
    var isAboveRest: Bool { count > restingCount }

    /// Returns a free buffer, or a new one.
    ///
    /// - Parameter byteCount: The most bytes that it will hold: for few, it is a new one with no more memory than that.
    func take(byteCount: Int = PieceBuffer.byteCount) -> PieceBuffer {
        guard byteCount > PieceBuffer.byteCount / 2 else { return PieceBuffer(isPooled: false) }
        let buffer = state.withLock { state in
            let buffer = state.buffers.popLast()
            state.leastCount = min(state.leastCount, state.buffers.count)
            return buffer
        }
        return buffer ?? PieceBuffer()
    }

    /// Returns a buffer to the pool after its piece has been sent or consumed.
    func put(_ buffer: PieceBuffer) {
        guard buffer.isPooled else { return }
        state.withLock { if $0.buffers.count < countMax { $0.buffers.append(buffer) } }
    }

    /// Frees the buffers that were unused since the last trim.
    func look() {
        let surplus = state.withLock { state in
            let count = max(0, min(state.leastCount, state.buffers.count - restingCount))
            let surplus = Array(state.buffers.prefix(count))
            state.buffers.removeFirst(count)
            state.leastCount = state.buffers.count
            return surplus
        }
        // They are freed when the lock is no longer held.
        _ = consume surplus
    }
}
