import Activations
import SampleActivations
import Testing

/// Tests functions of vectors whose values are not as long as their arguments.
@Suite("Values of another length than arguments")
struct RectangularJacobianTests {
    private let function = PairwiseProduct(ParameterValues())

    @Test(arguments: [(-1, [3.0, 8, 35, 48]), (1, [3.0, 8, 35, 48])])
    func `values are along the axis of the arguments`(axis: Int, expected: [Double]) throws {
        let rows = Tensor(shape: [2, 4], elements: [1.0, 2, 3, 4, 5, 6, 7, 8])
        let values = try function.forward(rows, axis: axis)
        #expect(values.shape == [2, 2])
        #expect(values.elements == expected)
    }

    @Test func `values along an inner axis keep their batch around them`() throws {
        let input = Tensor(shape: [4, 3], elements: (1...12).map { Double($0) })
        let values = try function.forward(input, axis: 0)
        #expect(values.shape == [2, 3])
        #expect(values.elements == [7, 16, 27, 40, 55, 72])
    }

    @Test(arguments: [4, 6, 130])
    func `a Jacobian has a row for each component of the value`(length: Int) throws {
        let n = length / 2
        let input = Tensor(shape: [2, length], elements: (0..<2 * length).map { Double($0 + 1) })
        let jacobian = try function.jacobian(input)
        #expect(jacobian.shape == [2, n, length])
        for (position, entry) in jacobian.elements.enumerated() {
            let (slice, row, column) = (position / (n * length), position / length % n, position % length)
            let partner = column == row ? n + row : column == n + row ? row : nil
            #expect(entry == (partner.map { Double(slice * length + $0 + 1) } ?? 0))
        }
        let evaluation = try Evaluation(.derivative, of: function, input: input, index: DerivativeIndex(i: -1, j: 0))
        #expect(evaluation.shape == [2])
        #expect(evaluation.result().output.elements == [0, 0])
        #expect(throws: EvaluationError.rowOutOfRange(i: n, count: n)) {
            try Evaluation(.derivative, of: function, input: input, index: DerivativeIndex(i: n, j: length - 1))
        }
    }

    @Test func `a length outside the domain is refused, an empty vector is not`() throws {
        let error = EvaluationError.lengthNotAllowed(3, allowed: "an even number of components")
        for operation in [Operation.forward, .jacobian] {
            #expect(throws: error) { try Evaluation(operation, of: function, input: Tensor([1.0, 2, 3])) }
        }
        #expect(try function.forward(Tensor(shape: [2, 0], elements: [Double]())).shape == [2, 0])
        #expect(throws: EvaluationError.self) { try function.forward(Tensor(shape: [], elements: [1.0])) }
    }
}
