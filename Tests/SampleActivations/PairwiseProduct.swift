public import Activations

/// A function that no registry has, whose values are half as long as its arguments: y_i = x_i · x_(n + i) for the 2n
/// components of x.
///
/// Row i of its Jacobian, of n rows and 2n columns, has x_(n + i) in column i and x_i in column n + i.
public struct PairwiseProduct: VectorActivation {
    public init(_ values: ParameterValues) {}

    public static let documentation = ActivationDocumentation(
        name: "pairs", title: "Pairs", formula: "f(x)_i = x_i x_(n + i)", derivative: "D_j f_i = x_(n + i), x_i or 0",
        range: "(-inf, inf)", summary: "Products of pairs.", source: "These tests")

    public static let operations: [Operation] = [.forward, .jacobian]
    public static let inputLengths = "an even number of components"

    public static func outputLength(inputLength: Int) -> Int? {
        inputLength.isMultiple(of: 2) ? inputLength / 2 : nil
    }

    public static func workspaceCount(length: Int) -> Int { length }

    public func forward(
        _ input: Span<Double>, into output: inout MutableSpan<Double>, workspace: inout MutableSpan<Double>
    ) {
        for i in output.indices { output[i] = input[i] * input[output.count + i] }
    }

    public func forward(
        _ input: Span<Float>, into output: inout MutableSpan<Float>, workspace: inout MutableSpan<Double>
    ) {
        for i in output.indices { output[i] = input[i] * input[output.count + i] }
    }

    public func prepareJacobian(at input: Span<Double>, workspace: inout MutableSpan<Double>) {
        for index in input.indices { workspace[index] = input[index] }
    }

    public func prepareJacobian(at input: Span<Float>, workspace: inout MutableSpan<Double>) {
        for index in input.indices { workspace[index] = Double(input[index]) }
    }

    public func writeJacobian(
        _ workspace: Span<Double>, row: Int, columns: Range<Int>, into output: inout MutableSpan<Double>
    ) {
        for column in columns { output[column - columns.lowerBound] = Self.entry(workspace, row, column) }
    }

    public func writeJacobian(
        _ workspace: Span<Double>, row: Int, columns: Range<Int>, into output: inout MutableSpan<Float>
    ) {
        for column in columns { output[column - columns.lowerBound] = Float(Self.entry(workspace, row, column)) }
    }

    private static func entry(_ workspace: Span<Double>, _ row: Int, _ column: Int) -> Double {
        let n = workspace.count / 2
        return column == row ? workspace[n + row] : column == n + row ? workspace[row] : 0
    }
}
