import HTTP

@testable import SocketServer

/// Produces letters, a different one for each piece.
final class Letters: BodyProducer {
    static let pieceByteCountMax = 200_000

    let pieceCount: Int
    /// Returns the number of letters of a piece, or nil if it cannot be produced.
    private let letterCount: @Sendable (_ piece: Int) -> Int?
    private let stage: Stage?

    /// Creates a producer of this many letters, in pieces of the greatest length except the last.
    init(_ byteCount: Int, _ stage: Stage? = nil) {
        pieceCount = (byteCount - 1) / Self.pieceByteCountMax + 1
        letterCount = { min(Self.pieceByteCountMax, byteCount - $0 * Self.pieceByteCountMax) }
        self.stage = stage
    }

    init(pieces: [Int?]) {
        pieceCount = pieces.count
        letterCount = { pieces[$0] }
        stage = nil
    }

    deinit { stage?.gone.signal() }

    static func letter(of piece: Int) -> UInt8 { 0x61 + UInt8(piece % 26) }

    /// Returns all letters of a body of this length.
    static func whole(_ byteCount: Int) -> [UInt8] { (0..<byteCount).map { letter(of: $0 / pieceByteCountMax) } }

    var heldByteCount: Int { 0 }
    var pieceByteCountMax: Int { Self.pieceByteCountMax }

    func produce(_ piece: Int, into output: inout OutputSpan<UInt8>) -> Bool {
        guard let count = letterCount(piece) else { return false }
        output.append(repeating: Self.letter(of: piece), count: count)
        return true
    }
}

/// Produces a hundred pieces, of which one waits until the stage is released.
final class HeldPieces: BodyProducer {
    private let stage: Stage
    private let failsBeside: Bool

    /// Creates a producer that holds one piece.
    ///
    /// - Parameter failsBeside: Whether the second piece is held, and the first one fails meanwhile; otherwise the
    ///   first piece is held.
    init(_ stage: Stage, failsBeside: Bool) {
        self.stage = stage
        self.failsBeside = failsBeside
    }

    deinit { stage.gone.signal() }

    var heldByteCount: Int { 1_000_000 }
    var pieceCount: Int { 100 }
    var pieceByteCountMax: Int { 200_000 }

    func produce(_ piece: Int, into output: inout OutputSpan<UInt8>) -> Bool {
        stage.producedCount.withLock { $0 += 1 }
        if failsBeside, piece == 0 { return !stage.wait(for: stage.begun) }
        if piece == (failsBeside ? 1 : 0) {
            stage.begun.signal()
            _ = stage.wait(for: stage.release)
        }
        output.append(repeating: 0x61, count: 200_000)
        return true
    }
}
