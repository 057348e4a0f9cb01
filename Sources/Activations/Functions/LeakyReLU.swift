/// The rectifier with a slope below zero.
public struct LeakyReLU: ElementwiseActivation {
    public init() {}
    public init(_ values: ParameterValues) { self.init() }

    public static let documentation = ActivationDocumentation(
        name: "leaky_relu", title: "Leaky ReLU", formula: "f(x) = x if x > 0, else alpha x", derivative: "f'(x) = 1 if x > 0, alpha if x < 0, undefined at 0 unless alpha = 1", range: "(-inf, inf)",
        summary: "A rectifier that keeps a slope alpha below zero.")

    public func forward(_ input: Span<Double>, into output: inout MutableSpan<Double>) { fatalError() }
    public func forward(_ input: Span<Float>, into output: inout MutableSpan<Float>) { fatalError() }
    public func derivative(_ input: Span<Double>, into output: inout MutableSpan<Double>) { fatalError() }
    public func derivative(_ input: Span<Float>, into output: inout MutableSpan<Float>) { fatalError() }
}
