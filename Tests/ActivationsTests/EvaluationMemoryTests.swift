import Activations
import Testing

/// What an evaluation holds, and that it is known before it is made.
@Suite("Memory of an evaluation")
struct EvaluationMemoryTests {
    /// So many empty vectors that a workspace as long as they are many could not be allocated.
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

    @Test func `what is held grows with the vectors and their workspaces`() throws {
        func held(_ operation: Operation, _ shape: [Int], _ index: DerivativeIndex = DerivativeIndex()) throws -> Int {
            try Evaluation<Double>.heldByteCountMax(operation, of: Softmax(), inputShape: shape, index: index)
        }
        // The values, a vector with its values apart, and one workspace of 2n + 2 numbers.
        #expect(try held(.forward, [10, 100]) == 8 * (1_000 + 200 + 202))
        #expect(try held(.derivative, [10, 100], DerivativeIndex(i: 0)) == 8 * (1_000 + 200 + 202))
        // The workspaces of all long vectors are kept, those of short ones are not.
        #expect(try held(.jacobian, [10, 100]) == 8 * (2_020 + 200 + 202))
        #expect(try held(.jacobian, [100, 10]) == 8 * (20 + 22))
        #expect(try Evaluation<Double>.heldByteCountMax(.jacobian, of: Sigmoid(), inputShape: [10, 100]) == 0)
    }
}
