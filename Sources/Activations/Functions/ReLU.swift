/// The rectifier.
public struct ReLU: ElementwiseActivation {
    public init() {}
    public init(_ values: ParameterValues) { self.init() }

    public static let documentation = ActivationDocumentation(
        name: "relu", title: "ReLU", formula: "relu(x) = x if x > 0, else 0",
        derivative: "relu'(x) = 1 if x > 0, 0 if x < 0, undefined at 0", range: "[0, inf)",
        summary: "The rectified linear unit, the usual choice for hidden layers.",
        source: "V. Nair and G. Hinton, Rectified Linear Units Improve Restricted Boltzmann Machines (ICML 2010)")

    public var kinks: [Kink] { [Kink(location: 0, leftDerivative: 0, rightDerivative: 1)] }

    /// Zero of either sign gives +0; NaN fails both comparisons and stays.
    private static func forward<T: BinaryFloatingPoint>(_ x: T) -> T { x <= 0 ? 0 : x }
    private static func derivative<T: BinaryFloatingPoint>(_ x: T) -> T { x.isNaN ? x : x > 0 ? 1 : 0 }

    public func forward(_ input: Span<Double>, into output: inout MutableSpan<Double>) {
        for i in input.indices { output[i] = Self.forward(input[i]) }
    }
    public func forward(_ input: Span<Float>, into output: inout MutableSpan<Float>) {
        for i in input.indices { output[i] = Self.forward(input[i]) }
    }
    public func derivative(_ input: Span<Double>, into output: inout MutableSpan<Double>) {
        for i in input.indices { output[i] = Self.derivative(input[i]) }
    }
    public func derivative(_ input: Span<Float>, into output: inout MutableSpan<Float>) {
        for i in input.indices { output[i] = Self.derivative(input[i]) }
    }
}
