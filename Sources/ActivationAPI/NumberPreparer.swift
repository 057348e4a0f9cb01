import HTTP
import JSON
import Locking

/// Reads the numbers in pieces of bodies ahead.
final class NumberPreparer: BodyPreparer {
    static let shared = NumberPreparer()

    /// How many arrays are kept for later pieces, and how many numbers they have room for at most: a mebibyte.
    private static let (storageCountMax, storageCapacityMax) = (4, 32_768)

    /// The memory of earlier pieces, which has its pages already.
    private let storages = Locked<[[Double]]>([])

    func prepare(_ bytes: Span<UInt8>) -> any PreparedPiece {
        let storage = storages.withLock { $0.popLast() } ?? []
        return PreparedNumbers(NumberRunsAhead(bytes, storage: storage), self)
    }

    fileprivate func recycle(_ storage: [Double]) {
        guard storage.capacity <= Self.storageCapacityMax else { return }
        storages.withLock { if $0.count < Self.storageCountMax { $0.append(storage) } }
    }
}

/// The numbers of a piece.
final class PreparedNumbers: PreparedPiece {
    let runs: NumberRunsAhead
    private let preparer: NumberPreparer

    init(_ runs: NumberRunsAhead, _ preparer: NumberPreparer) {
        self.runs = runs
        self.preparer = preparer
    }

    deinit { preparer.recycle(runs.elements) }
}
