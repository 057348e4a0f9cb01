import HTTP

/// A produced body on its way: while one piece is being sent, the next is being produced, and no more than these two are
/// ever held.
struct StreamTransfer {
    /// The room that a producer has for one piece.
    static let pieceByteCount = 262_144
    /// What the two buffers hold.
    static let heldByteCount = 2 * (pieceByteCount + StreamFraming.prefixByteCount + StreamFraming.suffixByteCount)

    let producer: any BodyProducer
    let framing: StreamFraming
    /// A piece that waits until the one before it has been sent.
    var ready: Piece?
    /// Whether the producer is at work.
    var isProducing = false
    /// Whether the last piece has been handed to the output.
    var isSent = false
    /// The memory of a piece that has been sent, for the next one.
    var spare: [UInt8]?

    /// A piece with its framing.
    struct Piece {
        var bytes: [UInt8]
        /// Where in `bytes` what goes on the wire begins.
        var start: Int
        var isLast: Bool
    }

    init(_ producer: any BodyProducer, _ framing: StreamFraming) {
        self.producer = producer
        self.framing = framing
    }

    /// A buffer for the next piece, with room for its framing.
    mutating func takeBuffer() -> [UInt8] {
        var buffer = spare ?? []
        spare = nil
        buffer.removeAll(keepingCapacity: true)
        buffer.reserveCapacity(Self.heldByteCount / 2)
        for _ in 0..<StreamFraming.prefixByteCount { buffer.append(0) }
        return buffer
    }

    /// Fills a buffer with the next piece.
    ///
    /// Runs on a compute queue.
    static func fill(_ buffer: inout [UInt8], from producer: any BodyProducer) -> Production {
        var production = Production.finished
        buffer.append(addingCapacity: pieceByteCount) { output in
            production = producer.produce(into: &output)
        }
        return production
    }
}
