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

    /// A scalar counts as one vector of one, so that the axes 0 and -1 are valid.
    init(shape: [Int], axis: Int) throws(EvaluationError) {
        let rank = max(shape.count, 1)
        guard (-rank..<rank).contains(axis) else { throw .axisOutOfRange(axis: axis, rank: shape.count) }
        guard !shape.isEmpty else {
            (length, count, inner, batchShape) = (1, 1, 1, [])
            return
        }
        let position = axis < 0 ? axis + rank : axis
        var batchShape = shape
        length = batchShape.remove(at: position)
        count = Tensor<Double>.elementCount(ofShape: batchShape)
        inner = Tensor<Double>.elementCount(ofShape: Array(shape[(position + 1)...]))
        self.batchShape = batchShape
    }

    /// Where element `k` of slice `s` lies.
    func offset(slice s: Int, element k: Int) -> Int {
        (s / inner * length + k) * inner + s % inner
    }
}
