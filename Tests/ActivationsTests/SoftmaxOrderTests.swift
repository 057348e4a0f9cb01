import Activations
import RepeatableRandom
import Testing

/// Softmax of long vectors and of permuted ones, at every vector width.
struct SoftmaxOrderTests {
    struct Scores: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let values: [Double]
    }

    static let scores: [Scores] = [
        Scores(testDescription: "small", values: [1, 2, 3]),
        Scores(testDescription: "ties", values: (0..<50).map { Double($0 % 3) }),
        Scores(testDescription: "wide spread", values: random(count: 300, in: -800...800)),
        Scores(testDescription: "one dominates", values: [50] + random(count: 99, in: -700...0)),
        Scores(testDescription: "masks", values: random(count: 60, in: -5...5) + [-.infinity, -.infinity]),
        Scores(testDescription: "several blocks of the sum", values: random(count: 5000, in: -20...20)),
    ]

    static func random(count: Int, in range: ClosedRange<Double>) -> [Double] {
        var generator = SplitMix64(seed: UInt64(count))
        return (0..<count).map { _ in Double.random(in: range, using: &generator) }
    }

    @Test("Permuting the scores permutes the probabilities, to the bit", arguments: scores, VectorWidth.available)
    func permutation(_ scores: Scores, _ width: VectorWidth) throws {
        var generator = SplitMix64(seed: 3)
        let expected = try SymmetryTests.values(.forward, Softmax(), scores.values, width)
        let singles = scores.values.map { Float($0) }
        let expectedSingles = try SymmetryTests.values(.forward, Softmax(), singles, width)
        for _ in 0..<5 {
            let order = scores.values.indices.shuffled(using: &generator)
            #expect(
                try SymmetryTests.values(.forward, Softmax(), order.map { scores.values[$0] }, width)
                    == order.map { expected[$0] })
            #expect(
                try SymmetryTests.values(.forward, Softmax(), order.map { singles[$0] }, width)
                    == order.map { expectedSingles[$0] })
        }
    }

    @Test("Probabilities sum to 1 within their rounding errors", arguments: scores, VectorWidth.available)
    func sums(_ scores: Scores, _ width: VectorWidth) throws {
        // Each probability is at most 0.6 ulp off, which is 0.6 · 2^-52 of itself; the rounding of the addition is
        // negligible.
        let probabilities = try SymmetryTests.values(.forward, Softmax(), scores.values, width)
        #expect(abs(probabilities.sorted().reduce(0, +) - 1) <= 4 * 0x1p-52)
        let singles = try SymmetryTests.values(.forward, Softmax(), scores.values.map { Float($0) }, width)
        #expect(abs(singles.map { Double($0) }.sorted().reduce(0, +) - 1) <= 0.51 * 0x1p-23)
    }

    @Test("The Jacobian is symmetric to the bit", arguments: VectorWidth.available)
    func symmetricJacobian(_ width: VectorWidth) throws {
        let n = 60
        let input = Self.random(count: n, in: -400...0)
        let matrix = try SymmetryTests.values(.jacobian, Softmax(), input, width)
        let singles = try SymmetryTests.values(.jacobian, Softmax(), input.map { Float($0) }, width)
        for i in 0..<n {
            for j in 0..<i {
                #expect(matrix[i * n + j] == matrix[j * n + i] && singles[i * n + j] == singles[j * n + i])
            }
        }
    }

    @Test("A million equal scores get a millionth each", arguments: VectorWidth.available.suffix(1))
    func million(_ width: VectorWidth) throws {
        let count = 1_000_000
        let probabilities = try SymmetryTests.values(.forward, Softmax(), [Double](repeating: 7, count: count), width)
        #expect(probabilities.allSatisfy { $0 == 1e-6 })
        let singles = try SymmetryTests.values(.forward, Softmax(), [Float](repeating: -3, count: count), width)
        #expect(singles.allSatisfy { $0 == 1e-6 })
    }
}
