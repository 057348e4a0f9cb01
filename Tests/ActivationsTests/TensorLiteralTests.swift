import Activations
import Testing

@Suite("Tensors written as literals")
struct TensorLiteralTests {
    @Test func `arrays of numbers, nested to any depth, are tensors`() {
        let vector: Tensor<Double> = [1, -0.5, 2]
        #expect(vector == Tensor(shape: [3], elements: [1, -0.5, 2]))
        let matrix: Tensor<Float> = [[0.1, 2], [3, 4], [5, 6]]
        #expect(matrix == Tensor(shape: [3, 2], elements: [0.1, 2, 3, 4, 5, 6]))
        let deep: Tensor<Double> = [[[[1, 2]], [[3, 4]]]]
        #expect(deep == Tensor(shape: [1, 2, 1, 2], elements: [1, 2, 3, 4]))
        #expect(Tensor([[1.0, 2], [3, 4]]).shape == [2, 2])
        #expect(Tensor<Float>([[1, 2]]).elements == [1, 2])
    }

    @Test func `empty arrays keep their shape`() {
        let none: Tensor<Double> = []
        #expect(none.shape == [0])
        let rows: Tensor<Double> = [[], []]
        #expect(rows.shape == [2, 0])
    }

    @Test func `numbers are literals of the element type`() {
        let singles: Tensor<Float> = [0.1, 16_777_216, 3.4e38, -0.0]
        #expect(singles.elements == [0.1 as Float, 16_777_216 as Float, 3.4e38 as Float, 0])
        #expect(singles.elements[3].sign == .minus)
    }

    @Test func `rows of different shapes are a programming error`() async {
        await #expect(processExitsWith: .failure) {
            let ragged: Tensor<Double> = [[1, 2], [3]]
            #expect(ragged.rank == 2)
        }
    }

    @Test func `functions accept literals, variables and arrays`() throws {
        let half = 0.5
        let expected = Sigmoid().forward(Tensor([half, 1, 2]))
        #expect(Sigmoid().forward([0.5, 1, 2]) == expected)
        #expect(Sigmoid().forward([half, 1, 2]) == expected)
        #expect(Sigmoid().forward([[0.5, 1, 2]]).elements == expected.elements)
        #expect(Sigmoid().forward([1, 2]).elements == Sigmoid().forward(Tensor([1.0, 2])).elements)
        let singles: [Float] = [0.5, 1]
        #expect(Sigmoid().forward(singles) == Sigmoid().forward(Tensor(singles)))
        #expect(try LeakyReLU(alpha: 0.2).derivative([-1.5, 0, 2], atKink: .right).elements == [0.2, 1, 1])
        #expect(try ReLU().derivative(singles).elements == [1, 1])
        #expect(try ReLU().jacobian([-1, 2]).elements == [0, 0, 0, 1])
    }

    @Test func `vector functions accept them too`() throws {
        let expected = try Softmax().forward(Tensor([1.0, 2, 3]))
        #expect(try Softmax().forward([1.0, 2, 3]) == expected)
        #expect(try Softmax().forward(expected.elements).rank == 1)
        #expect(try Softmax().forward([[1, 2], [3, 4]], axis: 0).shape == [2, 2])
        #expect(try Softmax().jacobian([1, 2, 3]).shape == [3, 3])
        #expect(try Softmax().jacobian([Float(1), 2]).elements.count == 4)
        #expect(try Softmax().derivative([1, 2, 3], index: DerivativeIndex(i: 0)).shape == [3])
        #expect(try Softmax().derivative([Float(1), 2], index: DerivativeIndex(i: 0, j: 1)).shape == [])
    }
}
