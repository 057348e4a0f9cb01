import Glibc

/// The hyperbolic tangent.
public struct Tanh: ElementwiseActivation {
    public init() {}
    public init(_ values: ParameterValues) { self.init() }

    public static let documentation = ActivationDocumentation(
        name: "tanh", title: "Hyperbolic tangent", formula: "tanh(x) = (exp(x) - exp(-x)) / (exp(x) + exp(-x))",
        derivative: "tanh'(x) = 1 - tanh(x)^2", range: "(-1, 1)",
        summary: "The sigmoid stretched to be odd: centred on zero, with slope 1 there.",
        source: "NIST Digital Library of Mathematical Functions, section 4.28")

    /// 1 - tanh² = 4t / (1 + t)² with t = e^-2|x|, which cancels nowhere.
    private static func derivative(_ x: Double) -> Double {
        let t = exp(-2 * abs(x))
        return 4 * t / ((1 + t) * (1 + t))
    }

    public func forward(_ input: Span<Double>, into output: inout MutableSpan<Double>) {
        for i in input.indices { output[i] = tanh(input[i]) }
    }
    public func forward(_ input: Span<Float>, into output: inout MutableSpan<Float>) {
        for i in input.indices { output[i] = Float(tanh(Double(input[i]))) }
    }
    public func derivative(_ input: Span<Double>, into output: inout MutableSpan<Double>) {
        for i in input.indices { output[i] = Self.derivative(input[i]) }
    }
    public func derivative(_ input: Span<Float>, into output: inout MutableSpan<Float>) {
        for i in input.indices { output[i] = Float(Self.derivative(Double(input[i]))) }
    }
}
