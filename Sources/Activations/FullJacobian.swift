/// The whole Jacobians of a vector activation, written as they are read.
///
/// Long vectors are prepared once, on creation: that takes memory in proportion to the input. Short ones are prepared
/// anew by each piece of output that touches them, so that a large batch of them takes no memory at all.
struct FullJacobian<Element: TensorElement>: Sendable {
    /// From this length on, preparing a vector again for each piece would cost more than keeping it.
    private static var preparedLengthMin: Int { 64 }

    private let activation: any VectorActivation
    private let slices: VectorSlices<Element>
    private let prepared: [any VectorJacobian<Element>]

    init(_ activation: any VectorActivation, slices: VectorSlices<Element>) {
        self.activation = activation
        self.slices = slices
        guard slices.geometry.length >= Self.preparedLengthMin else {
            prepared = []
            return
        }
        prepared = (0..<slices.geometry.count).map { Element.jacobian(activation, slices.vector($0).span) }
    }

    func write(_ range: Range<Int>, into output: inout MutableSpan<Element>) {
        guard !range.isEmpty else { return }
        let n = slices.geometry.length
        let matrixCount = n * n
        var index = range.lowerBound
        while index < range.upperBound {
            let slice = index / matrixCount
            let end = min(range.upperBound, (slice + 1) * matrixCount)
            let jacobian = prepared.isEmpty ? Element.jacobian(activation, slices.vector(slice).span) : prepared[slice]
            var part = output.part(index - range.lowerBound..<end - range.lowerBound)
            Self.write(jacobian, from: index - slice * matrixCount, length: n, into: &part)
            index = end
        }
    }

    /// Writes entries of one matrix, row-major, from index `start` on.
    private static func write(
        _ jacobian: any VectorJacobian<Element>, from start: Int, length n: Int,
        into output: inout MutableSpan<Element>
    ) {
        var done = 0
        while done < output.count {
            let (row, column) = (start + done).quotientAndRemainder(dividingBy: n)
            let columns = column..<min(n, column + output.count - done)
            var part = output.part(done..<done + columns.count)
            jacobian.write(row: row, columns: columns, into: &part)
            done += columns.count
        }
    }
}
