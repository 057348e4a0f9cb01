import HTTP

/// Pieces of a body that have been read from the socket before it is their turn to be taken in.
struct BodyAhead {
    private struct Piece {
        let buffer: PieceBuffer
        let byteCount: Int
        /// Its memory, with that of what is made of it.
        let heldByteCount: Int
        /// Whether it is no longer waited for.
        var isReady: Bool
        var prepared: PreparedInput?
    }

    /// In the order in which they have been read.
    private var pieces: [Piece] = []
    /// How many came before them.
    private var takenCount = 0

    var isEmpty: Bool { pieces.isEmpty }

    var count: Int { pieces.count }

    /// What has been read, in bytes.
    var byteCount: Int { pieces.reduce(0) { $0 + $1.byteCount } }

    /// What the pieces hold, in bytes.
    var heldByteCount: Int { pieces.reduce(0) { $0 + $1.heldByteCount } }

    /// Puts a piece behind the others.
    ///
    /// - Parameter preparer: Who is going to prepare it; nil where it is ready.
    /// - Returns: Its number.
    mutating func append(_ buffer: PieceBuffer, byteCount: Int, _ preparer: (any BodyPreparer)?) -> Int {
        let preparedByteCount = preparer?.heldByteCountMax(pieceByteCount: byteCount) ?? 0
        pieces.append(
            Piece(
                buffer: buffer, byteCount: byteCount, heldByteCount: byteCount + preparedByteCount,
                isReady: preparer == nil))
        return takenCount + pieces.count - 1
    }

    /// A piece has been prepared.
    ///
    /// - Precondition: It has not been taken.
    mutating func put(_ number: Int, _ prepared: PreparedInput) {
        pieces[number - takenCount].isReady = true
        pieces[number - takenCount].prepared = prepared
    }

    /// Takes the first piece, if it is ready.
    mutating func takeReady() -> (buffer: PieceBuffer, prepared: PreparedInput?)? {
        guard let first = pieces.first, first.isReady else { return nil }
        pieces.removeFirst()
        takenCount += 1
        return (first.buffer, first.prepared)
    }
}
