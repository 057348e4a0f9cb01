/// The rectifier max(x, 0).
///
/// The result is exact. Zero of either sign gives +0; NaN stays NaN, in the derivative as well. The kink at 0 has the
/// one-sided derivatives 0 and 1.
public struct ReLU: ElementwiseActivation {
    public init() {}
    public init(_ values: ParameterValues) { self.init() }

    public static let documentation = ActivationDocumentation(
        name: "relu", title: "ReLU", formula: "relu(x) = x if x > 0, else 0",
        derivative: "relu'(x) = 1 if x > 0, 0 if x < 0, undefined at 0", range: "[0, inf)",
        summary: "The rectified linear unit, the usual choice for hidden layers.",
        source: "V. Nair and G. Hinton, Rectified Linear Units Improve Restricted Boltzmann Machines (ICML 2010)")

    public static var canHaveKinks: Bool { true }
    public var kinks: [Kink] { [Kink(location: 0, leftDerivative: 0, rightDerivative: 1)] }

    // NaN fails the comparison x <= 0 and is kept.
    @inline(__always)
    public func forward(_ x: Double) -> Double { x <= 0 ? 0 : x }
    @inline(__always)
    public func forward(_ x: Float) -> Float { x <= 0 ? 0 : x }

    @inline(__always)
    public func derivative(_ x: Double) -> Double { x > 0 ? 1 : x <= 0 ? 0 : x }
    @inline(__always)
    public func derivative(_ x: Float) -> Float { x > 0 ? 1 : x <= 0 ? 0 : x }
}
