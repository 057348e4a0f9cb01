/// Softmax S_i = e^x_i / Σ e^x_k along a vector.
///
/// With m the largest of the x_k: S_i = e^(x_i - m) / Σ, where x_i - m has no rounding error, and Σ = 1 + the
/// exponentials of all entries except one largest. That remainder also gives 1 - S of the largest without cancellation.
/// The sum does not depend on the order of the terms, so that permuting the input permutes the output, to the bit.
///
/// -∞ gives exactly 0. If there is a NaN or a +∞, or all are -∞, the whole vector is NaN.
///
/// The error in float64 is at most 0.52 ulp in every entry, including those of the Jacobian; in float32 it is at most
/// 0.51.
public struct Softmax: VectorActivation {
    public init() {}
    public init(_ values: ParameterValues) { self.init() }

    public static let documentation = ActivationDocumentation(
        name: "softmax", title: "Softmax", formula: "S_i = exp(x_i) / sum_k exp(x_k)",
        derivative: "D_j S_i = S_i (1 - S_j) if i = j, else -S_j S_i", range: "[0, 1], summing to 1",
        summary: "Turns a vector of scores into a probability distribution.",
        source: "J. Bridle, Probabilistic Interpretation of Feedforward Classification Network Outputs (1990)")

    public static func workspaceCount(length: Int) -> Int { SoftmaxWorkspace.count(length: length) }

    public func forward(
        _ input: Span<Double>, into output: inout MutableSpan<Double>, workspace: inout MutableSpan<Double>
    ) {
        prepareJacobian(at: input, workspace: &workspace)
        let n = input.count
        precondition(output.count == n && workspace.count >= 2 * n, "The output or the workspace has the wrong length.")
        for i in 0..<n { output[i] = DoubleDouble(workspace[i], workspace[n &+ i]).unscaledRounded }
    }

    public func forward(
        _ input: Span<Float>, into output: inout MutableSpan<Float>, workspace: inout MutableSpan<Double>
    ) {
        prepareJacobian(at: input, workspace: &workspace)
        let n = input.count
        precondition(output.count == n && workspace.count >= n, "The output or the workspace has the wrong length.")
        for i in 0..<n { output[i] = Float(workspace[i]) }
    }

    public func forward(
        _ input: Span<Double>, rowLength: Int, into output: inout MutableSpan<Double>,
        workspace: inout MutableSpan<Double>
    ) {
        SoftmaxRows.write(input, length: rowLength, into: &output, workspace: &workspace)
    }

    public func forward(
        _ input: Span<Float>, rowLength: Int, into output: inout MutableSpan<Float>,
        workspace: inout MutableSpan<Double>
    ) {
        SoftmaxRows.write(input, length: rowLength, into: &output, workspace: &workspace)
    }

    public func prepareJacobian(at input: Span<Double>, workspace: inout MutableSpan<Double>) {
        SoftmaxWorkspace.prepare(input, workspace: &workspace)
    }

    public func prepareJacobian(at input: Span<Float>, workspace: inout MutableSpan<Double>) {
        SoftmaxWorkspace.prepare(input, workspace: &workspace)
    }

    public func writeJacobian(
        _ workspace: Span<Double>, row i: Int, columns: Range<Int>, into output: inout MutableSpan<Double>
    ) {
        let n = SoftmaxWorkspace.length(count: workspace.count)
        precondition(
            columns.lowerBound >= 0 && columns.upperBound <= n && i >= 0 && i < n, "The entries are outside the matrix."
        )
        precondition(output.count == columns.count, "The output and the columns differ in length.")
        let row = DoubleDouble(workspace[i], workspace[n + i])
        let start = columns.lowerBound
        for place in 0..<output.count {
            let column = DoubleDouble(workspace[start &+ place], workspace[n &+ start &+ place])
            output[place] = -(row * column).scaled(by: Exponential.unscale).unscaledRounded
        }
        if columns.contains(i) {
            let complement = SoftmaxWorkspace.complement(of: row, in: workspace)
            output[i - start] = (row * complement).scaled(by: Exponential.unscale).unscaledRounded
        }
    }

    public func writeJacobian(
        _ workspace: Span<Double>, row i: Int, columns: Range<Int>, into output: inout MutableSpan<Float>
    ) {
        let n = SoftmaxWorkspace.length(count: workspace.count)
        precondition(
            columns.lowerBound >= 0 && columns.upperBound <= n && i >= 0 && i < n, "The entries are outside the matrix."
        )
        precondition(output.count == columns.count, "The output and the columns differ in length.")
        let row = workspace[i]
        let start = columns.lowerBound
        for place in 0..<output.count { output[place] = Float(-(row * workspace[start &+ place])) }
        if columns.contains(i) { output[i - start] = Float(row * (row > 0.5 ? workspace[2 * n] : 1 - row)) }
    }
}
