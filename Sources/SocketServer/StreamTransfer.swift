import HTTP
import Locking

/// A produced body on its way: while one piece is being sent, the next is being produced.
///
/// No more than these two are ever held.
struct StreamTransfer {
    /// The room that a producer has for each of the first two pieces.
    private static let firstPieceByteCount = 262_144
    /// The room that it has for any other: each hand-over between threads is paid for by more bytes.
    private static let pieceByteCount = 1_048_576

    let producer: any BodyProducer
    private let framing: StreamFraming
    /// A piece that waits until the one before it has been sent.
    var ready: PieceBuffer?
    /// Whether `ready`, or what was taken last, is the last piece.
    var isLast = false
    /// The buffer that no piece is in, for the next one.
    private var spare: PieceBuffer?
    /// The buffer whose bytes are being sent.
    private var sending: PieceBuffer?
    /// How many pieces have been asked for.
    private var pieceCount = 0

    init(_ producer: any BodyProducer, _ framing: StreamFraming) {
        self.producer = producer
        self.framing = framing
    }

    /// Whether all pieces have been handed to the output.
    var isSent: Bool { isLast && ready == nil }

    /// What the two buffers hold, in bytes.
    var heldByteCount: Int { 2 * Self.bufferByteCount(nextPieceByteCount) }

    private var nextPieceByteCount: Int { pieceCount < 2 ? Self.firstPieceByteCount : Self.pieceByteCount }

    private static func bufferByteCount(_ pieceByteCount: Int) -> Int {
        pieceByteCount + StreamFraming.prefixByteCount + StreamFraming.suffixByteCount
    }

    /// A buffer for the next piece, and the room that its producer has.
    mutating func takeBuffer() -> (buffer: PieceBuffer, pieceByteCount: Int) {
        defer {
            spare = nil
            pieceCount += 1
        }
        return (spare ?? PieceBuffer(), nextPieceByteCount)
    }

    /// The piece that waits, with its framing, and where in the bytes what goes on the wire begins.
    mutating func takeReadyPiece() -> (bytes: [UInt8], start: Int)? {
        guard let buffer = ready else { return nil }
        ready = nil
        sending = buffer
        var bytes = buffer.take()
        let start = framing.seal(&bytes, isLast: isLast)
        return (bytes, start)
    }

    /// Gets back the memory of a piece that has been sent.
    mutating func recycle(_ bytes: [UInt8]) {
        sending?.put(bytes)
        spare = sending
        sending = nil
    }

    /// Fills a buffer with the next piece, of at most `pieceByteCount` bytes.
    ///
    /// Runs on a compute queue.
    static func fill(_ buffer: PieceBuffer, _ pieceByteCount: Int, from producer: any BodyProducer) -> Production {
        var bytes = buffer.take()
        bytes.removeAll(keepingCapacity: true)
        bytes.reserveCapacity(bufferByteCount(pieceByteCount))
        for _ in 0..<StreamFraming.prefixByteCount { bytes.append(0) }
        var production = Production.finished
        bytes.append(addingCapacity: pieceByteCount) { output in
            production = producer.produce(into: &output)
        }
        buffer.put(bytes)
        return production
    }
}

/// The memory of a piece as it goes between an event loop and a compute queue.
///
/// Whoever has it takes the bytes out to change them, so that they are never copied for being shared.
final class PieceBuffer: Sendable {
    private let bytes = Locked<[UInt8]>([])

    func take() -> [UInt8] {
        bytes.withLock { bytes in
            var taken: [UInt8] = []
            swap(&taken, &bytes)
            return taken
        }
    }

    func put(_ newBytes: [UInt8]) { bytes.withLock { $0 = newBytes } }
}
