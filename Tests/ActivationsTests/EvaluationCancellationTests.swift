import Activations
import Testing

@Suite struct EvaluationCancellationTests {
    @Test(arguments: [
        (Operation.forward, DerivativeIndex()), (.derivative, DerivativeIndex(i: 0)),
        (.jacobian, DerivativeIndex()),
    ])
    func cancelledWorkEndsAtItsNextCheckpoint(operation: Operation, index: DerivativeIndex) {
        let input = Tensor(shape: [4_000, 100], elements: [Double](repeating: 1, count: 400_000))
        var checkCount = 0
        #expect(throws: EvaluationError.cancelled) {
            try Evaluation(
                operation, of: Softmax(), input: input, index: index,
                isCancelled: {
                    checkCount += 1
                    return checkCount == 3
                })
        }
        #expect(checkCount == 3)
    }

    // Shorter rows are computed as they are read, and each piece of them is cancelled separately.
    @Test(arguments: [33, 100, 65_536, 200_000])
    func itIsAskedForEachVectorOr65536Numbers(length: Int) throws {
        let count = max(400_000 / length, 1)
        let input = Tensor(shape: [count, length], elements: [Float](repeating: 1, count: count * length))
        var checkCount = 0
        _ = try Evaluation(
            .forward, of: Softmax(), input: input,
            isCancelled: {
                checkCount += 1
                return false
            })
        #expect(checkCount <= count)
        #expect(checkCount * max(65_536, length) >= count * length)
    }
}
