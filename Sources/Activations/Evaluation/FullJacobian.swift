/// The whole Jacobians of a vector activation, computed as they are read.
///
/// Long vectors are prepared once, on creation, which takes memory in proportion to the input. Short ones are prepared
/// again for each piece of output that touches them, so that a large batch of them takes no memory at all.
struct FullJacobian<Element: TensorElement>: Sendable {
    /// The shortest length at which preparing a vector for each piece would cost more than keeping the result.
    private static var preparedLengthMin: Int { 64 }

    /// Returns the workspace that is kept for the Jacobians of all slices, in numbers.
    static func preparedCount(of activation: any VectorActivation, geometry: SliceGeometry) -> Int {
        guard geometry.length >= preparedLengthMin else { return 0 }
        return type(of: activation).workspaceCount(length: geometry.length) * geometry.count
    }

    private let activation: any VectorActivation
    private let slices: VectorSlices<Element>
    /// The workspace of one slice, in numbers.
    private let workspaceCount: Int
    /// The workspaces of all slices, one after the other; empty if they are prepared on demand.
    private let prepared: [Double]

    init(
        _ activation: any VectorActivation, slices: VectorSlices<Element>, _ isCancelled: () -> Bool
    ) throws(EvaluationError) {
        self.activation = activation
        self.slices = slices
        let count = type(of: activation).workspaceCount(length: slices.geometry.length)
        workspaceCount = count
        let preparedCount = Self.preparedCount(of: activation, geometry: slices.geometry)
        guard preparedCount > 0 else {
            prepared = []
            return
        }
        var workspaces = [Double](repeating: 0, count: preparedCount)
        var all = workspaces.mutableSpan
        for s in 0..<slices.geometry.count {
            if slices.geometry.isCheckpoint(s), isCancelled() { throw .cancelled }
            var workspace = all.part(s * count..<(s + 1) * count)
            Element.prepareJacobian(activation, at: slices.vector(s).span, workspace: &workspace)
        }
        prepared = workspaces
    }

    func write(_ range: Range<Int>, into output: inout MutableSpan<Element>) {
        guard !range.isEmpty else { return }
        let matrixCount = slices.geometry.outputLength * slices.geometry.length
        var scratch = [Double](repeating: 0, count: prepared.isEmpty ? workspaceCount : 0)
        var index = range.lowerBound
        while index < range.upperBound {
            let slice = index / matrixCount
            let end = min(range.upperBound, (slice + 1) * matrixCount)
            var part = output.part(index - range.lowerBound..<end - range.lowerBound)
            let start = index - slice * matrixCount
            if prepared.isEmpty {
                var workspace = scratch.mutableSpan
                Element.prepareJacobian(activation, at: slices.vector(slice).span, workspace: &workspace)
                write(scratch.span, from: start, into: &part)
            } else {
                let place = slice * workspaceCount..<(slice + 1) * workspaceCount
                write(prepared.span.extracting(place), from: start, into: &part)
            }
            index = end
        }
    }

    /// Writes entries of one matrix in row-major order, from index `start` on.
    private func write(_ workspace: Span<Double>, from start: Int, into output: inout MutableSpan<Element>) {
        let n = slices.geometry.length
        var done = 0
        while done < output.count {
            let (row, column) = (start + done).quotientAndRemainder(dividingBy: n)
            let columns = column..<min(n, column + output.count - done)
            var part = output.part(done..<done + columns.count)
            Element.writeJacobian(activation, workspace, row: row, columns: columns, into: &part)
            done += columns.count
        }
    }
}
