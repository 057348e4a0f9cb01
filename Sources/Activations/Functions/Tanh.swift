/// The hyperbolic tangent.
public struct Tanh: ElementwiseActivation {
    public init() {}
    public init(_ values: ParameterValues) { self.init() }

    public static let documentation = ActivationDocumentation(
        name: "tanh", title: "Hyperbolic tangent", formula: "tanh(x) = (exp(x) - exp(-x)) / (exp(x) + exp(-x))", derivative: "tanh'(x) = 1 - tanh(x)^2", range: "(-1, 1)",
        summary: "A sigmoid centred on zero.")

    public func forward(_ input: Span<Double>, into output: inout MutableSpan<Double>) { fatalError() }
    public func forward(_ input: Span<Float>, into output: inout MutableSpan<Float>) { fatalError() }
    public func derivative(_ input: Span<Double>, into output: inout MutableSpan<Double>) { fatalError() }
    public func derivative(_ input: Span<Float>, into output: inout MutableSpan<Float>) { fatalError() }
}
