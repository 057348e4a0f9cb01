import HTTP
import JSON
import Locking

/// Reads the numbers in pieces of bodies ahead.
final class NumberPreparer: BodyPreparer {
    static let shared = NumberPreparer()

    /// How many arrays are kept for later pieces.
    private static let storageCountMax = 8
    /// Room for more than a piece has: so much memory is mapped for itself, and leaves no holes when it is freed.
    ///
    /// Pages that no number has been stored in do not exist.
    private static let storageCapacity = 65_552

    /// The memory of earlier pieces, which has its pages already.
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

/// The numbers of a piece.
final class PreparedNumbers: PreparedPiece {
    let runs: NumberRunsAhead
    private let preparer: NumberPreparer

    /// The runs, if they are most of the piece; otherwise it is as soon read without them.
    let usefulRuns: NumberRunsAhead?

    /// - Parameter byteCount: The length of the piece.
    init(_ runs: NumberRunsAhead, byteCount: Int, _ preparer: NumberPreparer) {
        self.runs = runs
        usefulRuns = 2 * runs.runsByteCount >= byteCount ? runs : nil
        self.preparer = preparer
    }

    deinit { preparer.recycle(runs.elements) }
}
