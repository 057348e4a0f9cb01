import HTTP

/// Body pieces read from the socket but not yet consumed.
struct BodyAhead {
    private struct Piece {
        let buffer: PieceBuffer
        let byteCount: Int
        /// The piece's memory, including that of its prepared form.
        let heldByteCount: Int
        /// The work that prepares it; nil once it is ready.
        var preparation: Cancellation?
        /// The number of its bytes that have been consumed.
        var start = 0
        var prepared: PreparedInput?
    }

    /// The pieces, in the order in which they have been read.
    private var pieces: [Piece] = []
    /// The number of pieces that have been removed.
    private var takenCount = 0

    var isEmpty: Bool { pieces.isEmpty }

    var count: Int { pieces.count }

    /// The number of bytes that have been read and not consumed.
    var byteCount: Int { pieces.reduce(0) { $0 + $1.byteCount - $1.start } }

    /// The memory that the pieces hold, in bytes.
    var heldByteCount: Int { pieces.reduce(0) { $0 + $1.heldByteCount } }

    /// The work that prepares pieces, and the memory of each of these, in bytes.
    var preparations: [(work: Cancellation, heldByteCount: Int)] {
        pieces.compactMap { piece in piece.preparation.map { ($0, piece.heldByteCount) } }
    }

    /// Appends a piece.
    ///
    /// - Parameter preparation: The work that prepares it, or nil if it is ready.
    /// - Returns: Its number.
    mutating func append(
        _ buffer: PieceBuffer, byteCount: Int, heldByteCount: Int, _ preparation: Cancellation?
    ) -> Int {
        pieces.append(
            Piece(buffer: buffer, byteCount: byteCount, heldByteCount: heldByteCount, preparation: preparation))
        return takenCount + pieces.count - 1
    }

    /// Returns the memory that a piece of `byteCount` bytes and its prepared form hold, in bytes.
    static func heldByteCount(byteCount: Int, _ preparer: (any BodyPreparer)?) -> Int {
        PieceBuffer.byteCount + (preparer?.heldByteCountMax(pieceByteCount: byteCount) ?? 0)
    }

    /// Sets the prepared form of a piece.
    ///
    /// - Precondition: The piece has not been removed.
    mutating func put(_ number: Int, _ prepared: PreparedInput) {
        pieces[number - takenCount].preparation = nil
        pieces[number - takenCount].prepared = prepared
    }

    /// The first piece, if it is ready, and the number of its bytes that have been consumed.
    var ready: (buffer: PieceBuffer, prepared: PreparedInput?, start: Int)? {
        guard let first = pieces.first, first.preparation == nil else { return nil }
        return (first.buffer, first.prepared, first.start)
    }

    /// Marks this many more bytes of the first piece as consumed.
    mutating func take(byteCount: Int) { pieces[0].start += byteCount }

    /// Removes the first piece.
    mutating func removeFirst() {
        pieces.removeFirst()
        takenCount += 1
    }
}
