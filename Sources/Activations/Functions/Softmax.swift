import Glibc

/// Softmax along a vector.
public struct Softmax: VectorActivation {
    public init() {}
    public init(_ values: ParameterValues) { self.init() }

    public static let documentation = ActivationDocumentation(
        name: "softmax", title: "Softmax", formula: "S_i = exp(x_i) / sum_k exp(x_k)",
        derivative: "D_j S_i = S_i (1 - S_j) if i = j, else -S_j S_i", range: "[0, 1], summing to 1",
        summary: "Turns a vector of scores into a probability distribution.",
        source: "J. Bridle, Probabilistic Interpretation of Feedforward Classification Network Outputs (1990)")

    public func forward(_ input: Span<Double>, into output: inout MutableSpan<Double>) {
        let state = SoftmaxJacobian<Double>(input.indices.map { input[$0] })
        for i in input.indices { output[i] = state.values[i] }
    }
    public func forward(_ input: Span<Float>, into output: inout MutableSpan<Float>) {
        let state = SoftmaxJacobian<Float>(input.indices.map { Double(input[$0]) })
        for i in input.indices { output[i] = Float(state.values[i]) }
    }
    public func jacobian(_ input: Span<Double>) -> any VectorJacobian<Double> {
        SoftmaxJacobian<Double>(input.indices.map { input[$0] })
    }
    public func jacobian(_ input: Span<Float>) -> any VectorJacobian<Float> {
        SoftmaxJacobian<Float>(input.indices.map { Double(input[$0]) })
    }
}

/// The values S of softmax, and 1 - S computed without cancellation.
struct SoftmaxJacobian<Element: TensorElement>: VectorJacobian {
    let values: [Double]
    let complements: [Double]

    init(_ input: [Double]) {
        guard let largest = input.max(), !input.contains(where: \.isNaN), largest.isFinite else {
            values = input.map { _ in .nan }
            complements = values
            return
        }
        let exponentials = input.map { exp($0 - largest) }
        let first = input.firstIndex(of: largest)
        var rest = 0.0
        for (index, e) in exponentials.enumerated() where index != first { rest += e }
        let sum = 1 + rest
        values = exponentials.map { $0 / sum }
        complements = exponentials.enumerated().map { ($0.offset == first ? rest : sum - $0.element) / sum }
    }

    func write(row i: Int, columns: Range<Int>, into output: inout MutableSpan<Element>) {
        for j in columns {
            output[j - columns.lowerBound] = Element(
                i == j ? values[i] * complements[i] : -(values[i] * values[j]))
        }
    }
}
