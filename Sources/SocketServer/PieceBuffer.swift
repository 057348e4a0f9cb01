import Locking

/// The memory of a piece, of an answer or a body, as it goes between an event loop and a compute queue.
///
/// Whoever has it takes the bytes out to change them, so that they are never copied for being shared.
final class PieceBuffer: Sendable {
    /// Room that is made for input, so that an answer's piece mostly finds enough of it too: memory that is mapped for
    /// itself, as ``LargeMemory`` has it.
    static let byteCount = 540_672

    private let bytes = Locked<[UInt8]>([])

    func take() -> [UInt8] {
        bytes.withLock { bytes in
            var taken: [UInt8] = []
            swap(&taken, &bytes)
            return taken
        }
    }

    /// Puts the bytes back, or others in their place; no reference to them is left with the caller.
    func put(_ newBytes: consuming [UInt8]) {
        var newBytes = newBytes
        bytes.withLock { swap(&newBytes, &$0) }
    }
}

/// Buffers that no piece is in, of all answers and bodies together.
///
/// Fresh memory of half a mebibyte would cost each piece more than a hundred page faults. Under load there are as many
/// as go back and forth; a burst of requests leaves no more than one of them needs.
final class PieceBufferPool: Sendable {
    /// For how many large requests at a time buffers are kept.
    private static let requestCountMax = 8

    private let buffers: ReusePool<PieceBuffer>

    /// - Parameters:
    ///   - countMax: How many are kept at most.
    ///   - restingCount: How many stay though nobody needs them.
    init(countMax: Int, restingCount: Int) {
        buffers = ReusePool(countMax: countMax, restingCount: restingCount)
    }

    /// Keeps the buffers of one answer, and under load those of several, but not more than an eighth of the memory that
    /// requests may hold.
    convenience init(_ configuration: ServerConfiguration) {
        let oneAnswerCount = StreamTransfer.bufferCountMax(coreCount: configuration.workerCount)
        let affordableCount = configuration.bufferedByteCountMax / 8 / PieceBuffer.byteCount
        self.init(
            countMax: max(oneAnswerCount, min(Self.requestCountMax * oneAnswerCount, affordableCount)),
            restingCount: oneAnswerCount)
    }

    /// How many there are now.
    var count: Int { buffers.count }

    /// One of them, or a new one.
    func take() -> PieceBuffer { buffers.take() ?? PieceBuffer() }

    /// Takes one back whose piece has been sent, or taken in.
    func put(_ buffer: PieceBuffer) { buffers.put(buffer) }
}
