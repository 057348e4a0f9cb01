import HTTP

/// Sends a produced body: while a piece is being sent, the next ones are being produced, on several cores.
///
/// Few pieces wait or are being produced, so a client that stops reading soon stops the producer.
struct StreamTransfer {
    /// The number of pieces that wait or are being sent while others are being produced.
    private static let waitingCount = 2

    let producer: any BodyProducer
    private let framing: StreamFraming
    private let pieceCount: Int
    let schedule: PieceSchedule
    /// The pieces that have been produced and not yet taken, each at its number modulo the length.
    private var ready: [PieceBuffer?]
    private let pool: PieceBufferPool
    /// The buffer whose bytes are being sent.
    private var sending: PieceBuffer?

    /// Creates the transfer.
    ///
    /// - Parameters:
    ///   - bufferCount: The number of buffers for which memory has been reserved; by default as many as may be used.
    ///   - coreCount: The number of cores that the server uses.
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

    /// Returns the most buffers of any answer.
    static func bufferCountMax(coreCount: Int) -> Int { min(coreCount, PieceSchedule.producerCountMax) + waitingCount }

    /// Returns the most buffers of this producer's answer.
    static func bufferCountMax(for producer: any BodyProducer, coreCount: Int) -> Int {
        min(bufferCountMax(coreCount: coreCount), producer.pieceCount)
    }

    /// Whether all pieces have been sent.
    var isSent: Bool { schedule.sentCount == pieceCount }

    /// The memory that the buffers hold, in bytes.
    var heldByteCount: Int { ready.count * StreamFraming.byteCount(ofPieceOf: producer) }

    /// Stores a piece that has been produced.
    mutating func put(_ piece: Int, _ buffer: PieceBuffer) {
        ready[piece % ready.count] = buffer
    }

    /// Returns the next piece in order, with its framing, and the position at which the bytes to send begin.
    ///
    /// It returns nil if the piece is not ready, or if the previous one is still being sent.
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

    /// Records that all output has been sent, and with it the last piece taken, if there was one.
    ///
    /// - Parameter bytes: The piece's memory, to be used again, or nil if it was empty. It is moved out, since the next
    ///   producer may fill the buffer at once and needs its only reference.
    mutating func outputSent(_ bytes: inout [UInt8]?) {
        guard let buffer = sending else { return }
        buffer.put(bytes.take() ?? [])
        pool.put(buffer)
        sending = nil
        schedule.pieceSent()
    }

    /// Fills a buffer with a piece, on a compute queue.
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
