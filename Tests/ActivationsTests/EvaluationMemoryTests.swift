import Activations
import Testing

/// Tests the memory that an evaluation holds, which is known before it is made.
@Suite("Memory of an evaluation")
struct EvaluationMemoryTests {
    /// The number of empty vectors is so large that a workspace as long as that could not be allocated.
    private static let emptyVectors = Tensor<Double>(shape: [1 << 44, 0], elements: [])

    @Test(arguments: [0, 1])
    func `of empty vectors nothing is held, however many they are and along whichever axis`(axis: Int) throws {
        for operation in Operation.allCases {
            let held = try Evaluation<Double>.heldByteCountMax(
                operation, of: Softmax(), inputShape: Self.emptyVectors.shape, axis: axis)
            #expect(held == 0)
            let evaluation = try Evaluation(operation, of: Softmax(), input: Self.emptyVectors, axis: axis)
            #expect(evaluation.count == 0)
        }
    }

    @Test func `rows and columns of no matrices hold nothing`() throws {
        for index in [DerivativeIndex(i: 0), DerivativeIndex(j: 0), DerivativeIndex(i: 0, j: 1)] {
            let evaluation = try Evaluation(
                .derivative, of: Softmax(), input: Self.emptyVectors, axis: 0, index: index)
            #expect(evaluation.count == 0)
        }
    }

    @Test func `the held memory grows with the vectors and their workspaces`() throws {
        func held(_ operation: Operation, _ shape: [Int], _ index: DerivativeIndex = DerivativeIndex()) throws -> Int {
            try Evaluation<Double>.heldByteCountMax(operation, of: Softmax(), inputShape: shape, index: index)
        }
        // These are the values, a separate vector with its values, and one workspace of 2n + 2 numbers.
        #expect(try held(.forward, [10, 100]) == 8 * (1_000 + 200 + 202))
        #expect(try held(.derivative, [10, 100], DerivativeIndex(i: 0)) == 8 * (1_000 + 200 + 202))
        // The workspaces of all long vectors are kept, those of short ones are not.
        #expect(try held(.jacobian, [10, 100]) == 8 * (2_020 + 200 + 202))
        #expect(try held(.jacobian, [100, 10]) == 8 * (20 + 22))
        #expect(try Evaluation<Double>.heldByteCountMax(.jacobian, of: Sigmoid(), inputShape: [10, 100]) == 0)
    }

    @Test func `short rows hold nothing, as they are computed when they are read`() throws {
        for length in [1, 2, 32] {
            #expect(
                try Evaluation<Float>.heldByteCountMax(.forward, of: Softmax(), inputShape: [1_000, length]) == 0)
        }
        #expect(try Evaluation<Float>.heldByteCountMax(.forward, of: Softmax(), inputShape: [1_000, 33]) > 0)
        // The vectors along the other axis are not rows.
        #expect(
            try Evaluation<Float>.heldByteCountMax(.forward, of: Softmax(), inputShape: [32, 1_000], axis: 0) > 0)
    }

    @Test(arguments: [(0..<1, 1), (0..<3, 1), (2..<4, 2), (4..<5, 1), (3..<12, 3), (0..<6_000, 341), (3..<3, 0)])
    func `the workspace of short rows is as large as the rows that are read, up to a block`(
        range: Range<Int>, rowCount: Int
    ) throws {
        let input = Tensor<Double>(shape: [2_000, 3], elements: Array(repeating: 0, count: 6_000))
        let evaluation = try Evaluation(.forward, of: WorkspaceProbe(), input: input)
        var output = [Double](repeating: 0, count: range.count)
        var undefined: [Int] = []
        var span = output.mutableSpan
        evaluation.write(range, into: &span, undefined: &undefined)
        let workspaceCount = WorkspaceProbe.workspaceCount(rowLength: 3, rowCount: rowCount)
        #expect(output == Array(repeating: Double(workspaceCount), count: range.count))
    }
}

/// A function of short rows that returns the length of its workspace.
private struct WorkspaceProbe: VectorActivation {
    static let documentation = ActivationDocumentation(
        name: "workspace_probe", title: "", formula: "", derivative: "", range: "", summary: "", source: "")

    init() {}
    init(_ values: ParameterValues) {}

    static func workspaceCount(length: Int) -> Int { length }

    func forward(_ input: Span<Double>, into output: inout MutableSpan<Double>, workspace: inout MutableSpan<Double>) {
        for index in output.indices { output[index] = -1 }
    }

    func forward(_ input: Span<Float>, into output: inout MutableSpan<Float>, workspace: inout MutableSpan<Double>) {
        for index in output.indices { output[index] = -1 }
    }

    func forward(
        _ input: Span<Double>, rowLength: Int, into output: inout MutableSpan<Double>,
        workspace: inout MutableSpan<Double>
    ) {
        for index in output.indices { output[index] = Double(workspace.count) }
    }

    func prepareJacobian(at input: Span<Double>, workspace: inout MutableSpan<Double>) {}
    func prepareJacobian(at input: Span<Float>, workspace: inout MutableSpan<Double>) {}
    func writeJacobian(
        _ workspace: Span<Double>, row: Int, columns: Range<Int>, into output: inout MutableSpan<Double>
    ) {}
    func writeJacobian(
        _ workspace: Span<Double>, row: Int, columns: Range<Int>, into output: inout MutableSpan<Float>
    ) {}
}
