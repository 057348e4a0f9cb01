/// The values that softmax and related functions keep for a vector of length n, in 2n + 2 numbers of workspace.
///
/// For float64 these are the n high parts of S_i · 2^500, their n low parts, and the two parts of the complement 1 - S
/// of the largest entry at the same scale. For float32, which needs neither low parts nor scale, they are S_i, unused
/// space, and the complement. If there is no distribution, everything is NaN.
enum SoftmaxWorkspace {
    static func count(length n: Int) -> Int { 2 * n + 2 }

    static func length(count: Int) -> Int { (count - 2) / 2 }

    @inline(__always)
    static func prepare(_ input: Span<Double>, workspace: inout MutableSpan<Double>) {
        let n = input.count
        precondition(workspace.count == count(length: n), "The workspace is too short.")
        guard let first = indexOfLargest(count: n, { input[$0] }) else { return fillWithNaN(&workspace) }
        let shift = input[first]
        // Unchecked: i < n, and the workspace has 2n + 2 numbers, as checked above. The same below.
        for i in 0..<n {
            let e = exponential(input[i], shift: shift)
            unsafe workspace[unchecked: i] = e.high
            unsafe workspace[unchecked: n &+ i] = e.low
        }
        (workspace[first], workspace[n + first]) = (0, 0)
        let rest = rest(workspace, count: n)
        let sum = DoubleDouble.exactSum(1, rest.high * Exponential.unscale)
        let inverse = DoubleDouble(1) / DoubleDouble(sum.high, sum.low + rest.low * Exponential.unscale).normalized
        workspace[first] = Exponential.scale
        for i in 0..<n {
            let s = unsafe DoubleDouble(workspace[unchecked: i], workspace[unchecked: n &+ i]) * inverse
            unsafe workspace[unchecked: i] = s.high
            unsafe workspace[unchecked: n &+ i] = s.low
        }
        let complement = rest * inverse
        (workspace[2 * n], workspace[2 * n + 1]) = (complement.high, complement.low)
    }

    @inline(__always)
    static func prepare(_ input: Span<Float>, workspace: inout MutableSpan<Double>) {
        let n = input.count
        precondition(workspace.count == count(length: n), "The workspace is too short.")
        guard let first = indexOfLargest(count: n, { Double(input[$0]) }) else { return fillWithNaN(&workspace) }
        let shift = Double(input[first])
        // Unchecked: i < n, and the workspace has 2n + 2 numbers, as checked above.
        for i in 0..<n {
            let difference = Double(input[i]) - shift
            let e = Exponential.estimate(atLeast(-700, difference))
            unsafe workspace[unchecked: i] = difference < -700 ? 0 : e
            unsafe workspace[unchecked: n &+ i] = 0
        }
        workspace[first] = 0
        let rest = rest(workspace, count: n).value
        let inverse = 1 / (1 + rest)
        workspace[first] = 1
        for i in 0..<n { unsafe workspace[unchecked: i] *= inverse }
        workspace[2 * n] = rest * inverse
    }

    /// Returns 1 - S of an entry.
    ///
    /// Only the largest entry can exceed 1/2, where the subtraction would suffer cancellation.
    @inline(__always)
    static func complement(of s: DoubleDouble, in workspace: Span<Double>) -> DoubleDouble {
        if s.high > 0.5 * Exponential.scale {
            return DoubleDouble(workspace[workspace.count - 2], workspace[workspace.count - 1])
        }
        return DoubleDouble.sum(larger: Exponential.scale, smaller: -s).normalized
    }

    /// Returns e^(x - shift) · 2^500 with an error-free difference, or 0 if it is far below the smallest number.
    @inline(__always)
    static func exponential(_ x: Double, shift: Double) -> DoubleDouble {
        let difference = DoubleDouble.exactSum(x, -shift)
        let isNegligible = difference.high < -750
        let e = Exponential.scaledExp(
            DoubleDouble(isNegligible ? -750 : difference.high, isNegligible ? 0 : difference.low))
        return DoubleDouble(isNegligible ? 0 : e.high, isNegligible ? 0 : e.low)
    }

    /// Returns the sum of the first `count` terms in the workspace, independent of their order; `prepare` has checked
    /// its size.
    @inline(__always)
    private static func rest(_ workspace: borrowing MutableSpan<Double>, count n: Int) -> DoubleDouble {
        // The terms are not negative, so that their bit patterns have the numbers' order.
        var largest: UInt64 = 0
        for i in 0..<n { largest = unsafe max(largest, workspace[unchecked: i].bitPattern) }
        return permutationInvariantSum(count: n, largest: Double(bitPattern: largest)) {
            unsafe DoubleDouble(workspace[unchecked: $0], workspace[unchecked: n &+ $0])
        }
    }

    @inline(__always)
    private static func fillWithNaN(_ workspace: inout MutableSpan<Double>) {
        for index in 0..<workspace.count { workspace[index] = .nan }
    }
}
