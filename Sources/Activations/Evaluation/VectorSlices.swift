/// The vectors of a tensor along one axis, extracted one by one.
struct VectorSlices<Element: TensorElement>: Sendable {
    let input: Tensor<Element>
    let geometry: SliceGeometry

    /// Returns slice `s` as a contiguous vector.
    func vector(_ s: Int) -> [Element] {
        if geometry.inner == 1 {
            return Array(input.elements[s * geometry.length..<(s + 1) * geometry.length])
        }
        return (0..<geometry.length).map { input.elements[geometry.offset(slice: s, element: $0)] }
    }

    /// The number of elements of short slices that are processed at a time.
    private static var blockElementCount: Int { 1024 }

    /// Writes the elements `range` of f of each slice, if the slices are short rows.
    ///
    /// - Precondition: ``SliceGeometry/hasShortRows`` is true.
    func writeRows(
        _ range: Range<Int>, of activation: any VectorActivation, into output: inout MutableSpan<Element>
    ) {
        let n = geometry.length
        let touchedRowCount = (range.upperBound + n - 1) / n - range.lowerBound / n
        let rowCount = min(Self.blockElementCount / n, touchedRowCount)
        let workspaceCount = type(of: activation).workspaceCount(rowLength: n, rowCount: rowCount)
        var workspace = [Double](repeating: 0, count: workspaceCount)
        var scratch = [Element](repeating: 0, count: rowCount * n)
        var work = workspace.mutableSpan
        var results = scratch.mutableSpan
        var start = range.lowerBound / n * n
        while start < range.upperBound {
            // These are whole rows; the first and the last may only partly be in the range.
            let rowsEnd = (range.upperBound + n - 1) / n * n
            let end = min(start + rowCount * n, rowsEnd)
            var part = results.part(0..<end - start)
            Element.forward(
                activation, input.elements.span.extracting(start..<end), rowLength: n, into: &part, workspace: &work)
            for index in max(start, range.lowerBound)..<min(end, range.upperBound) {
                output[index - range.lowerBound] = part[index - start]
            }
            start = end
        }
    }

    /// Returns f of each slice, laid out as the input is.
    func forward(
        _ activation: any VectorActivation, _ isCancelled: () -> Bool
    ) throws(EvaluationError) -> [Element] {
        let (n, outputLength) = (geometry.length, geometry.outputLength)
        // Ten million empty vectors along the other axis have a length, but need no workspace for it.
        guard geometry.count > 0, outputLength > 0 else { return [] }
        var output = [Element](repeating: 0, count: geometry.count * outputLength)
        var scratch = [Element](repeating: 0, count: geometry.inner == 1 ? 0 : outputLength)
        var workspace = [Double](repeating: 0, count: type(of: activation).workspaceCount(length: n))
        var work = workspace.mutableSpan
        for s in 0..<geometry.count {
            if geometry.isCheckpoint(s), isCancelled() { throw .cancelled }
            if geometry.inner == 1 {
                var all = output.mutableSpan
                var part = all.part(s * outputLength..<(s + 1) * outputLength)
                Element.forward(
                    activation, input.elements.span.extracting(s * n..<(s + 1) * n), into: &part,
                    workspace: &work)
            } else {
                let vector = vector(s)
                var part = scratch.mutableSpan
                Element.forward(activation, vector.span, into: &part, workspace: &work)
                for k in 0..<outputLength { output[geometry.outputOffset(slice: s, element: k)] = scratch[k] }
            }
        }
        return output
    }

    /// Returns the entries of each slice's Jacobian that `index` selects, slice after slice.
    ///
    /// - Precondition: At least one of i and j is given.
    func derivative(
        _ activation: any VectorActivation, at index: DerivativeIndex, _ isCancelled: () -> Bool
    ) throws(EvaluationError) -> [Element] {
        let n = geometry.length
        let rows = index.i.map { $0..<$0 + 1 } ?? 0..<geometry.outputLength
        let columns = index.j.map { $0..<$0 + 1 } ?? 0..<n
        let entryCount = rows.count * columns.count
        guard geometry.count > 0, entryCount > 0 else { return [] }
        var output = [Element](repeating: 0, count: geometry.count * entryCount)
        var workspace = [Double](repeating: 0, count: type(of: activation).workspaceCount(length: n))
        var work = workspace.mutableSpan
        for s in 0..<geometry.count {
            if geometry.isCheckpoint(s), isCancelled() { throw .cancelled }
            Element.prepareJacobian(activation, at: vector(s).span, workspace: &work)
            for (place, row) in rows.enumerated() {
                let start = s * entryCount + place * columns.count
                var all = output.mutableSpan
                var part = all.part(start..<start + columns.count)
                Element.writeJacobian(activation, work.span, row: row, columns: columns, into: &part)
            }
        }
        return output
    }
}
