/// The logistic function.
public struct Sigmoid: ElementwiseActivation {
    public init() {}
    public init(_ values: ParameterValues) { self.init() }

    public static let documentation = ActivationDocumentation(
        name: "sigmoid", title: "Sigmoid", formula: "S(x) = 1 / (1 + exp(-x))", derivative: "S'(x) = S(x) (1 - S(x))", range: "(0, 1)",
        summary: "The logistic function: a number to a probability.")

    public func forward(_ input: Span<Double>, into output: inout MutableSpan<Double>) { fatalError() }
    public func forward(_ input: Span<Float>, into output: inout MutableSpan<Float>) { fatalError() }
    public func derivative(_ input: Span<Double>, into output: inout MutableSpan<Double>) { fatalError() }
    public func derivative(_ input: Span<Float>, into output: inout MutableSpan<Float>) { fatalError() }
}
