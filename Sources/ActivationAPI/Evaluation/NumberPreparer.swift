import HTTP
import JSON
import Locking

/// Reads ahead the numbers in chunks of bodies.
final class NumberPreparer: BodyPreparer {
    static let shared = NumberPreparer()

    /// The number of arrays that are kept for later pieces.
    private static let storageCountMax = 8
    /// Capacity for more than a piece has: malloc maps a block of this size separately, which leaves no holes when
    /// freed.
    ///
    /// Pages that no number was written to use no memory.
    private static let storageCapacity = 65_552

    /// The arrays of earlier pieces, whose pages are already mapped.
    private let storages = Locked<[[Double]]>([])

    func heldByteCountMax(pieceByteCount: Int) -> Int {
        NumberRunsAhead.heldByteCountMax(pieceByteCount: pieceByteCount)
    }

    func prepare(_ bytes: Span<UInt8>) -> any PreparedPiece {
        var storage = storages.withLock { $0.popLast() } ?? []
        storage.reserveCapacity(Self.storageCapacity)
        return PreparedNumbers(NumberRunsAhead(bytes, storage: storage), byteCount: bytes.count, self)
    }

    fileprivate func recycle(_ storage: [Double]) {
        storages.withLock { if $0.count < Self.storageCountMax { $0.append(storage) } }
    }
}

/// The numbers of a piece, read ahead.
final class PreparedNumbers: PreparedPiece {
    let runs: NumberRunsAhead
    private let preparer: NumberPreparer

    /// The runs, if they are most of the piece; otherwise reading without them is just as fast.
    let usefulRuns: NumberRunsAhead?

    /// - Parameter byteCount: The length of the piece.
    init(_ runs: NumberRunsAhead, byteCount: Int, _ preparer: NumberPreparer) {
        self.runs = runs
        usefulRuns = 2 * runs.runsByteCount >= byteCount ? runs : nil
        self.preparer = preparer
    }

    deinit { preparer.recycle(runs.elements) }
}
