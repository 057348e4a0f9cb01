import HTTP

/// Pieces of a body that have been read from the socket before it is their turn to be taken in.
struct BodyAhead {
    private struct Piece {
        let buffer: PieceBuffer
        let byteCount: Int
        /// Its memory, with that of what is made of it.
        let heldByteCount: Int
        /// Work that prepares it; nil once it is ready.
        var preparation: Cancellation?
        /// How much of it has been taken in.
        var start = 0
        var prepared: PreparedInput?
    }

    /// In the order in which they have been read.
    private var pieces: [Piece] = []
    /// How many came before them.
    private var takenCount = 0

    var isEmpty: Bool { pieces.isEmpty }

    var count: Int { pieces.count }

    /// What has been read and not taken in, in bytes.
    var byteCount: Int { pieces.reduce(0) { $0 + $1.byteCount - $1.start } }

    /// What the pieces hold, in bytes.
    var heldByteCount: Int { pieces.reduce(0) { $0 + $1.heldByteCount } }

    /// Work that prepares pieces, and what each of these holds, in bytes.
    var preparations: [(work: Cancellation, heldByteCount: Int)] {
        pieces.compactMap { piece in piece.preparation.map { ($0, piece.heldByteCount) } }
    }

    /// Appends a piece.
    ///
    /// - Parameter preparation: Work that prepares it; nil if it is ready.
    /// - Returns: Its number.
    mutating func append(
        _ buffer: PieceBuffer, byteCount: Int, heldByteCount: Int, _ preparation: Cancellation?
    ) -> Int {
        pieces.append(
            Piece(buffer: buffer, byteCount: byteCount, heldByteCount: heldByteCount, preparation: preparation))
        return takenCount + pieces.count - 1
    }

    /// Memory that a piece of `byteCount` bytes holds, with its prepared form, in bytes.
    static func heldByteCount(byteCount: Int, _ preparer: (any BodyPreparer)?) -> Int {
        PieceBuffer.byteCount + (preparer?.heldByteCountMax(pieceByteCount: byteCount) ?? 0)
    }

    /// A piece has been prepared.
    ///
    /// - Precondition: It has not been taken.
    mutating func put(_ number: Int, _ prepared: PreparedInput) {
        pieces[number - takenCount].preparation = nil
        pieces[number - takenCount].prepared = prepared
    }

    /// The first piece, if it is ready, and how much of it has been taken in.
    var ready: (buffer: PieceBuffer, prepared: PreparedInput?, start: Int)? {
        guard let first = pieces.first, first.preparation == nil else { return nil }
        return (first.buffer, first.prepared, first.start)
    }

    /// So many more bytes of the first piece have been taken in.
    mutating func take(byteCount: Int) { pieces[0].start += byteCount }

    /// The first piece is no longer needed.
    mutating func removeFirst() {
        pieces.removeFirst()
        takenCount += 1
    }
}
