/// The Jacobians of an element-wise function along an axis: matrices whose diagonals are the derivatives.
///
/// Nothing is stored: each piece of output is zeroed, and the derivatives of the diagonal entries in it are computed.
struct DiagonalJacobian<Element: TensorElement>: Sendable {
    let activation: any ElementwiseActivation
    let geometry: SliceGeometry
    let kinks: KinkAnswers<Element>

    /// Returns the output position of diagonal entry `d`, counted through all slices.
    private func outputIndex(ofDiagonal d: Int) -> Int {
        let n = geometry.length
        return d / n * n * n + d % n * (n + 1)
    }

    /// Returns the first diagonal entry at or after `index` of the output.
    private func firstDiagonal(from index: Int) -> Int {
        let n = geometry.length
        let (slice, rest) = index.quotientAndRemainder(dividingBy: n * n)
        return slice * n + (rest + n) / (n + 1)
    }

    func write(
        _ range: Range<Int>, input: Span<Element>, into output: inout MutableSpan<Element>, undefined: inout [Int]
    ) {
        for index in output.indices { output[index] = 0 }
        guard !range.isEmpty else { return }
        let end = firstDiagonal(from: range.upperBound)
        var next = firstDiagonal(from: range.lowerBound)
        while next < end {
            let block = next..<min(next + 256, end)
            write(diagonal: block, rangeStart: range.lowerBound, input: input, into: &output, undefined: &undefined)
            next = block.upperBound
        }
    }

    /// Writes the derivatives of a block of diagonal entries: they are gathered, computed together, and scattered.
    private func write(
        diagonal block: Range<Int>, rangeStart: Int, input: Span<Element>, into output: inout MutableSpan<Element>,
        undefined: inout [Int]
    ) {
        var points = InlineArray<256, Element>(repeating: 0)
        var derivatives = InlineArray<256, Element>(repeating: 0)
        let n = geometry.length
        for (slot, d) in block.enumerated() {
            points[slot] = input[geometry.offset(slice: d / n, element: d % n)]
        }
        var computed = derivatives.mutableSpan
        var target = computed.part(0..<block.count)
        let source = points.span.extracting(0..<block.count)
        Element.derivative(activation, source, into: &target)
        for (slot, d) in block.enumerated() { output[outputIndex(ofDiagonal: d) - rangeStart] = target[slot] }
        kinks.apply(to: source, output: &output, undefined: &undefined) { slot in
            outputIndex(ofDiagonal: block.lowerBound + slot) - rangeStart
        }
    }
}
