/// The rectifier.
public struct ReLU: ElementwiseActivation {
    public init() {}
    public init(_ values: ParameterValues) { self.init() }

    public static let documentation = ActivationDocumentation(
        name: "relu", title: "ReLU", formula: "relu(x) = x if x > 0, else 0", derivative: "relu'(x) = 1 if x > 0, 0 if x < 0, undefined at 0", range: "[0, inf)",
        summary: "The rectified linear unit.")

    public func forward(_ input: Span<Double>, into output: inout MutableSpan<Double>) { fatalError() }
    public func forward(_ input: Span<Float>, into output: inout MutableSpan<Float>) { fatalError() }
    public func derivative(_ input: Span<Double>, into output: inout MutableSpan<Double>) { fatalError() }
    public func derivative(_ input: Span<Float>, into output: inout MutableSpan<Float>) { fatalError() }
}
