import Glibc

/// The logistic function.
public struct Sigmoid: ElementwiseActivation {
    public init() {}
    public init(_ values: ParameterValues) { self.init() }

    public static let documentation = ActivationDocumentation(
        name: "sigmoid", title: "Sigmoid", formula: "S(x) = 1 / (1 + exp(-x))",
        derivative: "S'(x) = S(x) (1 - S(x))", range: "(0, 1)",
        summary: "The logistic function: turns any number into a probability, log-odds into odds.",
        source: "P.-F. Verhulst, Correspondance mathématique et physique 10 (1838)")

    /// With t = e^-|x|, which never overflows.
    private static func forward(_ x: Double) -> Double {
        let t = exp(-abs(x))
        return x >= 0 ? 1 / (1 + t) : t / (1 + t)
    }

    /// S (1 - S) = t / (1 + t)², which cancels nowhere.
    private static func derivative(_ x: Double) -> Double {
        let t = exp(-abs(x))
        return t / ((1 + t) * (1 + t))
    }

    public func forward(_ input: Span<Double>, into output: inout MutableSpan<Double>) {
        for i in input.indices { output[i] = Self.forward(input[i]) }
    }
    public func forward(_ input: Span<Float>, into output: inout MutableSpan<Float>) {
        for i in input.indices { output[i] = Float(Self.forward(Double(input[i]))) }
    }
    public func derivative(_ input: Span<Double>, into output: inout MutableSpan<Double>) {
        for i in input.indices { output[i] = Self.derivative(input[i]) }
    }
    public func derivative(_ input: Span<Float>, into output: inout MutableSpan<Float>) {
        for i in input.indices { output[i] = Float(Self.derivative(Double(input[i]))) }
    }
}
