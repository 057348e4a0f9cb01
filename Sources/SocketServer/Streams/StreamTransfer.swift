import HTTP

/// A produced body on its way: while a piece is being sent, the next ones are being produced, on several cores.
///
/// Pieces that wait or are being produced are few, so a client that stops reading soon stops the producer.
struct StreamTransfer {
    /// Pieces that wait or are being sent while others are being produced.
    private static let waitingCount = 2

    let producer: any BodyProducer
    private let framing: StreamFraming
    private let pieceCount: Int
    let schedule: PieceSchedule
    /// Pieces that have been produced and not yet taken, each at its number modulo the length.
    private var ready: [PieceBuffer?]
    private let pool: PieceBufferPool
    /// The buffer whose bytes are being sent.
    private var sending: PieceBuffer?

    /// - Parameters:
    ///   - bufferCount: How many buffers there is memory for; as many as may be used by default.
    ///   - coreCount: How many cores the server uses.
    /// - Precondition: The body has a piece.
    init(
        _ producer: any BodyProducer, _ framing: StreamFraming, bufferCount: Int = .max, coreCount: Int,
        pool: PieceBufferPool
    ) {
        self.producer = producer
        self.framing = framing
        self.pool = pool
        pieceCount = producer.pieceCount
        precondition(pieceCount >= 1, "A produced body has a piece.")
        ready = Array(
            repeating: nil, count: min(bufferCount, Self.bufferCountMax(for: producer, coreCount: coreCount)))
        schedule = PieceSchedule(pieceCount: pieceCount, bufferCount: ready.count, coreCount: coreCount)
    }

    /// The most buffers that one answer has.
    static func bufferCountMax(coreCount: Int) -> Int { min(coreCount, PieceSchedule.producerCountMax) + waitingCount }

    /// The most buffers that the answer of this producer has.
    static func bufferCountMax(for producer: any BodyProducer, coreCount: Int) -> Int {
        min(bufferCountMax(coreCount: coreCount), producer.pieceCount)
    }

    /// Whether all pieces have been sent.
    var isSent: Bool { schedule.sentCount == pieceCount }

    /// What the buffers hold, in bytes.
    var heldByteCount: Int { ready.count * StreamFraming.byteCount(ofPieceOf: producer) }

    /// Takes a piece that has been produced.
    mutating func put(_ piece: Int, _ buffer: PieceBuffer) {
        ready[piece % ready.count] = buffer
    }

    /// The next piece in order, with its framing, and where in the bytes what goes on the wire begins.
    ///
    /// Nil where it is not ready, or the one before it is still being sent.
    mutating func takeReadyPiece() -> (bytes: [UInt8], start: Int)? {
        let sentCount = schedule.sentCount
        let place = sentCount % ready.count
        guard sending == nil, let buffer = ready[place] else { return nil }
        ready[place] = nil
        sending = buffer
        var bytes = buffer.take()
        let start = framing.seal(&bytes, isLast: sentCount + 1 == pieceCount)
        return (bytes, start)
    }

    /// All output has been sent, and with it the piece that was taken last, if one was.
    ///
    /// - Parameter bytes: Its memory, to be used again; nil where it was empty. It is moved out, for whoever fills the
    ///   buffer next, perhaps at once, must not find it in use.
    mutating func outputSent(_ bytes: inout [UInt8]?) {
        guard let buffer = sending else { return }
        buffer.put(bytes.take() ?? [])
        pool.put(buffer)
        sending = nil
        schedule.pieceSent()
    }

    /// Fills a buffer with a piece.
    ///
    /// Runs on a compute queue.
    ///
    /// - Returns: Whether the piece could be produced.
    static func fill(_ buffer: PieceBuffer, with piece: Int, of producer: any BodyProducer) -> Bool {
        var bytes = buffer.takeEmptied()
        bytes.reserveCapacity(StreamFraming.byteCount(ofPieceOf: producer))
        for _ in 0..<StreamFraming.prefixByteCount { bytes.append(0) }
        var isProduced = false
        bytes.append(addingCapacity: producer.pieceByteCountMax) { isProduced = producer.produce(piece, into: &$0) }
        buffer.put(bytes)
        return isProduced
    }
}
