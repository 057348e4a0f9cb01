import Activations
import Testing

/// Tests shapes, pieces, kinks and errors of evaluations, independently of the function.
struct EvaluationTests {
    static let sigmoid = Sigmoid()
    static let softmax = Softmax()

    struct ShapeCase: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let operation: Activations.Operation
        let activation: any Activation
        let input: [Int]
        var axis = -1
        var index = DerivativeIndex()
        let output: [Int]
    }

    @Test(
        "The output has the shape that mathematics gives it",
        arguments: [
            ShapeCase(
                testDescription: "forward keeps the shape", operation: .forward, activation: sigmoid, input: [2, 3],
                output: [2, 3]),
            ShapeCase(
                testDescription: "forward of a scalar", operation: .forward, activation: softmax, input: [], axis: 0,
                output: []),
            ShapeCase(
                testDescription: "element-wise derivative keeps the shape", operation: .derivative,
                activation: sigmoid, input: [2, 0, 3], output: [2, 0, 3]),
            ShapeCase(
                testDescription: "Jacobian along the last axis", operation: .jacobian, activation: sigmoid,
                input: [2, 3], output: [2, 3, 3]),
            ShapeCase(
                testDescription: "Jacobian along the first axis", operation: .jacobian, activation: softmax,
                input: [2, 3], axis: 0, output: [3, 2, 2]),
            ShapeCase(
                testDescription: "Jacobian along a middle axis", operation: .jacobian, activation: sigmoid,
                input: [2, 3, 4], axis: -2, output: [2, 4, 3, 3]),
            ShapeCase(
                testDescription: "Jacobian of a scalar", operation: .jacobian, activation: sigmoid, input: [],
                output: []),
            ShapeCase(
                testDescription: "Jacobian of an empty vector", operation: .jacobian, activation: sigmoid,
                input: [0], output: [0, 0]),
            ShapeCase(
                testDescription: "Jacobians of no vectors", operation: .jacobian, activation: softmax, input: [0, 3],
                output: [0, 3, 3]),
            ShapeCase(
                testDescription: "softmax derivative without index", operation: .derivative, activation: softmax,
                input: [2, 3], output: [2, 3, 3]),
            ShapeCase(
                testDescription: "softmax derivative, row", operation: .derivative, activation: softmax,
                input: [2, 3], index: DerivativeIndex(i: -1), output: [2, 3]),
            ShapeCase(
                testDescription: "softmax derivative, column", operation: .derivative, activation: softmax,
                input: [2, 3], axis: 0, index: DerivativeIndex(j: 1), output: [3, 2]),
            ShapeCase(
                testDescription: "softmax derivative, entry", operation: .derivative, activation: softmax,
                input: [2, 3], index: DerivativeIndex(i: 0, j: 2), output: [2]),
            ShapeCase(
                testDescription: "softmax derivative of a scalar", operation: .derivative, activation: softmax,
                input: [], index: DerivativeIndex(i: 0), output: []),
            ShapeCase(
                testDescription: "softmax derivative of an empty vector", operation: .derivative,
                activation: softmax, input: [0], output: [0, 0]),
        ])
    func shape(_ testCase: ShapeCase) throws {
        let count = Tensor<Double>.elementCount(ofShape: testCase.input)
        let input = Tensor(shape: testCase.input, elements: [Double](repeating: 0.5, count: count))
        let evaluation = try Evaluation(
            testCase.operation, of: testCase.activation, input: input, axis: testCase.axis, index: testCase.index)
        #expect(evaluation.shape == testCase.output)
        #expect(evaluation.count == Tensor<Double>.elementCount(ofShape: testCase.output))
        #expect(evaluation.result().output.shape == testCase.output)
    }

    @Test("Shapes too large for memory are known without computing, and their counts do not overflow")
    func hugeShapes() throws {
        let matrix = try Evaluation<Double>.outputShape(
            .jacobian, of: Sigmoid.self, inputShape: [1 << 40, 1 << 40])
        #expect(matrix == [1 << 40, 1 << 40, 1 << 40])
        #expect(Tensor<Double>.elementCount(ofShape: matrix) == .max)
        #expect(Tensor<Double>.elementCount(ofShape: [1 << 40, 1 << 40, 0]) == 0)
        let empty = [1 << 62, 0, 1 << 62]
        #expect(try Evaluation<Double>.outputShape(.forward, of: Softmax.self, inputShape: empty, axis: 0) == empty)
    }

    @Test("A piece of the output holds the same numbers as the whole", arguments: [1, 2, 3, 7, 64, 1000])
    func pieces(pieceCount: Int) throws {
        let shapes: [(shape: [Int], axis: Int)] = [([70], 0), ([2, 3, 5], 1), ([4, 66], -1), ([66, 2], 0), ([], -1)]
        for (shape, axis) in shapes {
            let count = Tensor<Double>.elementCount(ofShape: shape)
            let elements = (0..<count).map { $0 % 5 == 0 ? 0 : Double($0 % 13) - 6 }
            for activation in Self.instances {
                for operation in Activations.Operation.allCases {
                    let evaluation = try Evaluation(
                        operation, of: activation, input: Tensor(shape: shape, elements: elements), axis: axis)
                    let whole = evaluation.result()
                    let pieces = Self.read(evaluation, pieceCount: pieceCount)
                    #expect(pieces.output.map(\.bitPattern) == whole.output.elements.map(\.bitPattern))
                    #expect(pieces.undefined == whole.undefined)
                }
            }
        }
    }

    @Test("Indices outside the shape are refused")
    func indicesOutOfRange() {
        let vector = Tensor([1.0, 2, 3])
        #expect(throws: EvaluationError.axisOutOfRange(axis: 1, rank: 1)) {
            try Softmax().forward(vector, axis: 1)
        }
        #expect(throws: EvaluationError.axisOutOfRange(axis: -2, rank: 0)) {
            try Sigmoid().jacobian(Tensor(1.0), axis: -2)
        }
        #expect(throws: EvaluationError.rowOutOfRange(i: 3, count: 3)) {
            try Softmax().derivative(vector, index: DerivativeIndex(i: 3))
        }
        #expect(throws: EvaluationError.columnOutOfRange(j: -4, count: 3)) {
            try Softmax().derivative(vector, index: DerivativeIndex(j: -4))
        }
        #expect(throws: EvaluationError.rowOutOfRange(i: 1, count: 1)) {
            try Softmax().derivative(Tensor(1.0), index: DerivativeIndex(i: 1))
        }
        #expect(throws: EvaluationError.rowOutOfRange(i: 0, count: 0)) {
            try Softmax().derivative(Tensor<Double>([]), index: DerivativeIndex(i: 0))
        }
    }

    @Test("The indices of softmax's derivative pick entry, row and column of the matrix of every slice")
    func derivativeIndices() throws {
        let input = Tensor(shape: [2, 3], elements: [1.0, 2, 3, 0.5, -1, 4])
        let matrix = try Softmax().jacobian(input).elements
        let row = try Softmax().derivative(input, index: DerivativeIndex(i: 1)).elements
        let column = try Softmax().derivative(input, index: DerivativeIndex(j: -1)).elements
        let entry = try Softmax().derivative(input, index: DerivativeIndex(i: 0, j: 1)).elements
        #expect(row == Array(matrix[3..<6]) + Array(matrix[12..<15]))
        #expect(column == [2, 5, 8, 11, 14, 17].map { matrix[$0] })
        #expect(entry == [matrix[1], matrix[10]])
    }

    @Test("Softmax of a scalar is 1 and does not change")
    func softmaxOfScalar() throws {
        #expect(try Softmax().forward(Tensor(7.0)) == Tensor(1.0))
        #expect(try Softmax().derivative(Tensor(7.0)) == Tensor(0.0))
        #expect(try Softmax().jacobian(Tensor(Float(7))) == Tensor(Float(0)))
    }

    static let instances: [any Activation] = ActivationRegistry.all.map { $0.init(ParameterValues()) }

    /// Returns the output read in pieces of `pieceCount` elements, from the end to the start.
    static func read(
        _ evaluation: Evaluation<Double>, pieceCount: Int
    ) -> (output: [Double], undefined: [Int]) {
        var output = [Double](repeating: -99, count: evaluation.count)
        var undefined: [Int] = []
        for start in stride(from: 0, to: evaluation.count, by: pieceCount).reversed() {
            let range = start..<min(start + pieceCount, evaluation.count)
            var piece = [Double](repeating: -98, count: range.count)
            var positions: [Int] = []
            var span = piece.mutableSpan
            evaluation.write(range, into: &span, undefined: &positions)
            output.replaceSubrange(range, with: piece)
            undefined += positions.map { start + $0 }
        }
        return (output, undefined.sorted())
    }
}
