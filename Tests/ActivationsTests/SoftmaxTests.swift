import Activations
import RepeatableRandom
import Testing

/// Tests properties of softmax in particular.
struct SoftmaxTests {
    @Test("Large scores neither overflow nor lose their differences")
    func largeScores() throws {
        #expect(try Softmax().forward(Tensor([1000.0, 1000])).elements == [0.5, 0.5])
        #expect(try Softmax().forward(Tensor([-1e308, 1e308])).elements == [0, 1])
    }

    @Test("Masked scores get exactly zero")
    func masked() throws {
        #expect(try Softmax().forward(Tensor([-.infinity, 3.0])).elements == [0, 1])
        #expect(try Softmax().jacobian(Tensor([-.infinity, 3.0])).elements == [0, 0, 0, 0])
    }

    @Test(
        "A NaN, a positive infinity or nothing but masks makes the whole slice NaN",
        arguments: [
            [Double.nan, 0], [Double.infinity, 0], [Double.infinity, .infinity], [-Double.infinity, -.infinity],
            [-Double.infinity, .nan],
        ])
    func noDistribution(scores: [Double]) throws {
        #expect(try Softmax().forward(Tensor(scores)).elements.allSatisfy { $0.isNaN })
        #expect(try Softmax().jacobian(Tensor(scores)).elements.allSatisfy { $0.isNaN })
        #expect(try Softmax().forward(Tensor(scores.map { Float($0) })).elements.allSatisfy { $0.isNaN })
        let beside = try Softmax().forward(Tensor(shape: [2, 2], elements: scores + [0, 0])).elements
        #expect(beside[0].isNaN && beside[1].isNaN && beside[2] == 0.5 && beside[3] == 0.5)
    }

    @Test("Rows of the Jacobian sum to zero, and it is symmetric to the bit")
    func jacobianRows() throws {
        let scores = (0..<40).map { Double($0 * 37 % 41) / 3 }
        let matrix = try Softmax().jacobian(Tensor(scores)).elements
        for i in 0..<40 {
            #expect(abs(matrix[i * 40..<(i + 1) * 40].reduce(0, +)) < 1e-16)
            for j in 0..<40 { #expect(matrix[i * 40 + j] == matrix[j * 40 + i]) }
        }
    }

    @Test("Along the first axis each column is a distribution")
    func firstAxis() throws {
        let input = Tensor(shape: [2, 3], elements: [1.0, 2, 3, 4, 5, 6])
        let output = try Softmax().forward(input, axis: 0).elements
        let column = try Softmax().forward(Tensor([1.0, 4])).elements
        #expect(output == [column[0], column[0], column[0], column[1], column[1], column[1]])
    }

    @Test(
        "Rows have the bits that the same vectors have along the first axis",
        arguments: [1, 2, 3, 4, 7, 16, 31, 32, 33])
    func shortRows(length: Int) throws {
        var random = SplitMix64(seed: UInt64(length))
        let count = 2000 / length
        let others = [0, -.infinity, .infinity, .nan, 700, -700, 1e308, -0.0]
        let rows = (0..<count * length).map { _ in
            random.next() % 40 == 0
                ? others[Int(random.next() % UInt64(others.count))] : Double.random(in: -9...9, using: &random)
        }
        // The same numbers with the axes exchanged.
        let columns = (0..<count * length).map { rows[$0 % count * length + $0 / count] }
        let ofRows = try Evaluation(.forward, of: Softmax(), input: Tensor(shape: [count, length], elements: rows))
        let float32Rows = try Softmax().forward(
            Tensor(shape: [count, length], elements: rows.map { Float($0) }))
        let ofColumns = try Softmax().forward(Tensor(shape: [length, count], elements: columns), axis: 0)
        let float32Columns = try Softmax().forward(
            Tensor(shape: [length, count], elements: columns.map { Float($0) }), axis: 0)
        let whole = ofRows.result().output.elements
        for index in rows.indices {
            let place = index % length * count + index / length
            #expect(
                whole[index] == ofColumns.elements[place] || (whole[index].isNaN && ofColumns.elements[place].isNaN))
            let (float32, expected) = (float32Rows.elements[index], float32Columns.elements[place])
            #expect(float32 == expected || (float32.isNaN && expected.isNaN))
        }
        // Pieces may begin and end inside a row.
        for range in [1..<2, 3..<1000, 999..<1500, 0..<0, 1023..<1026] {
            var piece = [Double](repeating: 0, count: range.count)
            var undefined: [Int] = []
            var span = piece.mutableSpan
            ofRows.write(range, into: &span, undefined: &undefined)
            #expect(piece.map(\.bitPattern) == whole[range].map(\.bitPattern))
        }
    }
}
