/// How a tensor falls apart into vectors along one axis: the axes before it and those behind it are a batch.
///
/// Element `k` of slice `s` lies at `(s / inner · length + k) · inner + s mod inner`.
struct SliceGeometry: Equatable, Sendable {
    /// Length of each vector.
    let length: Int
    /// Number of vectors.
    let count: Int
    /// Distance in memory between neighbours in a vector: the product of the lengths behind the axis.
    let inner: Int
    /// The shape without the axis.
    let batchShape: [Int]
    /// A power of two less one: how many vectors have about 65,536 elements.
    private let checkpointMask: Int

    /// A scalar counts as one vector of one, so that the axes 0 and -1 are valid.
    init(shape: [Int], axis: Int) throws(EvaluationError) {
        let rank = max(shape.count, 1)
        guard (-rank..<rank).contains(axis) else { throw .axisOutOfRange(axis: axis, rank: shape.count) }
        guard !shape.isEmpty else {
            (length, count, inner, batchShape, checkpointMask) = (1, 1, 1, [], 0)
            return
        }
        let position = axis < 0 ? axis + rank : axis
        var batchShape = shape
        length = batchShape.remove(at: position)
        count = Tensor<Double>.elementCount(ofShape: batchShape)
        inner = Tensor<Double>.elementCount(ofShape: Array(shape[(position + 1)...]))
        self.batchShape = batchShape
        let vectorCount = max(1, 65_536 / max(length, 1))
        checkpointMask = 1 << (Int.bitWidth - 1 - vectorCount.leadingZeroBitCount) - 1
    }

    /// Vectors up to this length are short.
    private static let shortLengthMax = 32

    /// Whether the vectors are rows so short that many are taken at a time.
    var hasShortRows: Bool { inner == 1 && length > 0 && length <= Self.shortLengthMax }

    /// Whether to ask, before slice `s`, if the work is still wanted: once in 65,536 elements, or each slice.
    func isCheckpoint(_ s: Int) -> Bool { s & checkpointMask == 0 }

    /// Where element `k` of slice `s` lies.
    func offset(slice s: Int, element k: Int) -> Int {
        (s / inner * length + k) * inner + s % inner
    }
}
