/// The rectifier with a slope below zero.
public struct LeakyReLU: ElementwiseActivation {
    /// The slope below zero.
    public let alpha: Double

    /// - Precondition: `alpha` is finite.
    public init(alpha: Double = Self.alpha.defaultValue) {
        precondition(alpha.isFinite, "The slope is a finite number.")
        self.alpha = alpha
    }

    public init(_ values: ParameterValues) { self.init(alpha: values[Self.alpha]) }

    /// Any finite slope; a negative one is fine, and 1 makes the function the identity.
    public static let alpha = Parameter(
        name: "alpha", summary: "Slope below zero; any finite number.", defaultValue: 0.01)
    public static var parameters: [Parameter] { [alpha] }

    public static let documentation = ActivationDocumentation(
        name: "leaky_relu", title: "Leaky ReLU", formula: "f(x) = x if x > 0, else alpha x",
        derivative: "f'(x) = 1 if x > 0, alpha if x < 0, undefined at 0 unless alpha = 1", range: "(-inf, inf)",
        summary: "A rectifier that keeps a slope below zero, so that no unit stops learning for good.",
        source: "A. Maas, A. Hannun and A. Ng, Rectifier Nonlinearities Improve Neural Network Acoustic Models (2013)")

    /// With slope 1 the function is the identity, which has no kink.
    public var kinks: [Kink] {
        alpha == 1 ? [] : [Kink(location: 0, leftDerivative: alpha, rightDerivative: 1)]
    }

    private static func forward<T: BinaryFloatingPoint>(_ x: T, _ alpha: T) -> T { x > 0 ? x : alpha * x }
    private static func derivative<T: BinaryFloatingPoint>(_ x: T, _ alpha: T) -> T {
        x.isNaN ? x : x > 0 ? 1 : alpha
    }

    public func forward(_ input: Span<Double>, into output: inout MutableSpan<Double>) {
        for i in input.indices { output[i] = Self.forward(input[i], alpha) }
    }
    public func forward(_ input: Span<Float>, into output: inout MutableSpan<Float>) {
        let slope = Float(alpha)
        for i in input.indices { output[i] = Self.forward(input[i], slope) }
    }
    public func derivative(_ input: Span<Double>, into output: inout MutableSpan<Double>) {
        for i in input.indices { output[i] = Self.derivative(input[i], alpha) }
    }
    public func derivative(_ input: Span<Float>, into output: inout MutableSpan<Float>) {
        let slope = Float(alpha)
        for i in input.indices { output[i] = Self.derivative(input[i], slope) }
    }
}
