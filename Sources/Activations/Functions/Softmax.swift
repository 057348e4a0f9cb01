/// Softmax.
public struct Softmax: VectorActivation {
    public init() {}
    public init(_ values: ParameterValues) { self.init() }

    public static let documentation = ActivationDocumentation(
        name: "softmax", title: "Softmax", formula: "S_i = exp(x_i) / sum_k exp(x_k)",
        derivative: "D_j S_i = S_i (1 - S_j) if i = j, else -S_j S_i", range: "[0, 1], summing to 1",
        summary: "A vector of numbers to a probability distribution.")

    public func forward(_ input: Span<Double>, into output: inout MutableSpan<Double>) { fatalError() }
    public func forward(_ input: Span<Float>, into output: inout MutableSpan<Float>) { fatalError() }
    public func jacobian(_ input: Span<Double>) -> any VectorJacobian<Double> { fatalError() }
    public func jacobian(_ input: Span<Float>) -> any VectorJacobian<Float> { fatalError() }
}
