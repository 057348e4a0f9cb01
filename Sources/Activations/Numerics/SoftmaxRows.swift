/// Softmax of many short vectors, as in a batch of two classes.
///
/// With a few elements each, a loop over a vector's elements does not vectorise. So the most expensive steps, the
/// exponentials and the products, are done for the elements of all vectors in one loop, and only the largest element
/// and the sum are found vector by vector. All steps are those of ``SoftmaxWorkspace``, and give the same bits.
///
/// The workspace has four parts, each as long as the input. The first two hold the exponentials; the others first hold
/// each element's shift and then, in two parts, the factor of its exponential.
enum SoftmaxRows {
    @inline(__always)
    static func write(
        _ input: Span<Double>, length n: Int, into output: inout MutableSpan<Double>,
        workspace: inout MutableSpan<Double>
    ) {
        let count = input.count
        precondition(
            output.count == count && workspace.count >= 4 * count, "The output or the workspace has the wrong length.")
        precondition(n > 0 && count % n == 0, "The input does not consist of whole vectors.")
        prepareShifts(count: count, length: n, workspace: &workspace) { input[$0] }
        // Unchecked: i < count, and the workspace has four times as many numbers, as checked above. The same below.
        for i in 0..<count {
            let e = unsafe SoftmaxWorkspace.exponential(
                input[unchecked: i], shift: workspace[unchecked: 2 &* count &+ i])
            unsafe workspace[unchecked: i] = e.high
            unsafe workspace[unchecked: count &+ i] = e.low
        }
        for start in stride(from: 0, to: count, by: n) {
            let shift = workspace[2 * count + start]
            let first = indexOfFirst(shift, from: start, count: n) { input[$0] }
            (workspace[first], workspace[count + first]) = (0, 0)
            let rest = rest(workspace, start..<start + n, lowParts: count)
            let sum = DoubleDouble.exactSum(1, rest.high * Exponential.unscale)
            let inverse = DoubleDouble(1) / DoubleDouble(sum.high, sum.low + rest.low * Exponential.unscale).normalized
            workspace[first] = Exponential.scale
            for i in start..<start + n {
                workspace[2 * count + i] = shift == shift ? inverse.high : .nan
                workspace[3 * count + i] = inverse.low
            }
        }
        for i in 0..<count {
            let e = unsafe DoubleDouble(workspace[unchecked: i], workspace[unchecked: count &+ i])
            let inverse = unsafe DoubleDouble(
                workspace[unchecked: 2 &* count &+ i], workspace[unchecked: 3 &* count &+ i])
            unsafe output[unchecked: i] = (e * inverse).unscaledRounded
        }
    }

    @inline(__always)
    static func write(
        _ input: Span<Float>, length n: Int, into output: inout MutableSpan<Float>,
        workspace: inout MutableSpan<Double>
    ) {
        let count = input.count
        precondition(
            output.count == count && workspace.count >= 4 * count, "The output or the workspace has the wrong length.")
        precondition(n > 0 && count % n == 0, "The input does not consist of whole vectors.")
        prepareShifts(count: count, length: n, workspace: &workspace) { Double(input[$0]) }
        // Unchecked: i < count, and the workspace has four times as many numbers, as checked above. The same below.
        for i in 0..<count {
            let difference = unsafe Double(input[unchecked: i]) - workspace[unchecked: 2 &* count &+ i]
            let e = Exponential.estimate(atLeast(-700, difference))
            unsafe workspace[unchecked: i] = difference < -700 ? 0 : e
            unsafe workspace[unchecked: count &+ i] = 0
        }
        for start in stride(from: 0, to: count, by: n) {
            let shift = workspace[2 * count + start]
            let first = indexOfFirst(shift, from: start, count: n) { Double(input[$0]) }
            workspace[first] = 0
            let inverse = 1 / (1 + rest(workspace, start..<start + n, lowParts: count).value)
            workspace[first] = 1
            for i in start..<start + n { workspace[2 * count + i] = shift == shift ? inverse : .nan }
        }
        for i in 0..<count {
            let s = unsafe workspace[unchecked: i] * workspace[unchecked: 2 &* count &+ i]
            unsafe output[unchecked: i] = Float(s)
        }
    }

    /// Stores each element's shift, the largest of its vector; NaN if there is no distribution.
    @inline(__always)
    private static func prepareShifts(
        count: Int, length n: Int, workspace: inout MutableSpan<Double>, _ element: (Int) -> Double
    ) {
        for start in stride(from: 0, to: count, by: n) {
            let first = indexOfLargest(count: n) { element(start &+ $0) }
            let shift = first.map { element(start &+ $0) } ?? .nan
            for i in start..<start + n { workspace[2 * count + i] = shift }
        }
    }

    /// Returns the index of the first element that equals `shift` to the bit, or the first index if there is none.
    @inline(__always)
    private static func indexOfFirst(_ shift: Double, from start: Int, count n: Int, _ element: (Int) -> Double) -> Int
    {
        for i in start..<start + n where element(i).bitPattern == shift.bitPattern { return i }
        return start
    }

    /// Returns the sum of some terms in the workspace, independent of their order.
    @inline(__always)
    private static func rest(
        _ workspace: borrowing MutableSpan<Double>, _ terms: Range<Int>, lowParts: Int
    ) -> DoubleDouble {
        // The terms are not negative, so that their bit patterns have the numbers' order.
        var largest: UInt64 = 0
        for i in terms { largest = max(largest, workspace[i].bitPattern) }
        return permutationInvariantSum(count: terms.count, largest: Double(bitPattern: largest)) {
            DoubleDouble(workspace[terms.lowerBound &+ $0], workspace[lowParts &+ terms.lowerBound &+ $0])
        }
    }
}
