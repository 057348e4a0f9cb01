/// Divides a tensor into vectors along one axis: the axes before and after it are a batch.
///
/// Element `k` of slice `s` is at `(s / inner · length + k) · inner + s mod inner`. The values of a function of vectors
/// are laid out in the same way, with their own length.
struct SliceGeometry: Equatable, Sendable {
    /// The length of each vector.
    let length: Int
    /// The length of the function's value at each vector.
    let outputLength: Int
    /// The number of vectors.
    let count: Int
    /// The stride between neighbours in a vector: the product of the lengths after the axis.
    let inner: Int
    /// The shape without the axis.
    let batchShape: [Int]
    /// The shape of all values, with the axis in its original position.
    let outputShape: [Int]
    /// A power of two minus 1: the number of vectors with about 65,536 elements.
    private let checkpointMask: Int

    /// A scalar counts as one vector of length 1, so that the axes 0 and -1 are valid.
    init(shape: [Int], axis: Int, of activation: any Activation.Type) throws(EvaluationError) {
        let rank = max(shape.count, 1)
        guard (-rank..<rank).contains(axis) else { throw .axisOutOfRange(axis: axis, rank: shape.count) }
        let position = axis < 0 ? axis + rank : axis
        length = shape.isEmpty ? 1 : shape[position]
        guard let outputLength = activation.outputLength(inputLength: length) else {
            throw .lengthNotAllowed(length, allowed: activation.inputLengths)
        }
        self.outputLength = outputLength
        guard !shape.isEmpty else {
            (count, inner, batchShape, checkpointMask) = (1, 1, [], 0)
            outputShape = outputLength == 1 ? [] : [outputLength]
            return
        }
        var (batchShape, outputShape) = (shape, shape)
        outputShape[position] = outputLength
        self.outputShape = outputShape
        batchShape.remove(at: position)
        count = Tensor<Double>.elementCount(ofShape: batchShape)
        inner = Tensor<Double>.elementCount(ofShape: Array(shape[(position + 1)...]))
        self.batchShape = batchShape
        let vectorCount = max(1, 65_536 / max(length, 1))
        checkpointMask = 1 << (Int.bitWidth - 1 - vectorCount.leadingZeroBitCount) - 1
    }

    /// Vectors up to this length are short.
    private static let shortLengthMax = 32

    /// Whether the vectors are rows short enough to be processed many at a time.
    var hasShortRows: Bool {
        inner == 1 && length > 0 && length <= Self.shortLengthMax && outputLength == length
    }

    /// Returns whether to check for cancellation before slice `s`: once every 65,536 elements, or every slice.
    func isCheckpoint(_ s: Int) -> Bool { s & checkpointMask == 0 }

    /// Returns the position of element `k` of slice `s`.
    func offset(slice s: Int, element k: Int) -> Int {
        (s / inner * length + k) * inner + s % inner
    }

    /// Returns the position of component `k` of the value at slice `s`.
    func outputOffset(slice s: Int, element k: Int) -> Int {
        (s / inner * outputLength + k) * inner + s % inner
    }
}
