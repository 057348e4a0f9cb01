/// The rectifier with a slope below zero: x for x > 0, else alpha x.
///
/// It rounds at most once, for alpha x. The sign of alpha · 0 is kept; with alpha = 0 the function is +0 below zero,
/// also at -∞; NaN stays NaN, in the derivative as well. The kink at 0 has the one-sided derivatives alpha and 1; with
/// alpha = 1 there is no kink.
public struct LeakyReLU: ElementwiseActivation {
    /// The slope below zero.
    public let alpha: Double

    /// - Precondition: `alpha` is finite.
    public init(alpha: Double = Self.defaultAlpha) {
        precondition(alpha.isFinite, "The slope is not finite.")
        self.alpha = alpha
    }

    public init(_ values: ParameterValues) { self.init(alpha: values.number(Self.alpha)) }

    public var parameterValues: ParameterValues { ParameterValues(Self.alpha, .number(alpha)) }

    /// The parameter of the slope: any finite number is valid, including negative ones, and 1 makes the function the
    /// identity.
    public static let alpha = Parameter(
        name: "alpha", summary: "Slope below zero; any finite number.", .number(default: defaultAlpha))
    /// The default slope.
    public static let defaultAlpha = 0.01
    public static var parameters: [Parameter] { [alpha] }

    public static let documentation = ActivationDocumentation(
        name: "leaky_relu", title: "Leaky ReLU", formula: "f(x) = x if x > 0, else alpha x",
        derivative: "f'(x) = 1 if x > 0, alpha if x < 0, undefined at 0 unless alpha = 1", range: "(-inf, inf)",
        summary: "A rectifier that keeps a slope below zero, so that no unit stops learning for good.",
        source:
            "A. Maas, A. Hannun and A. Ng, Rectifier Nonlinearities Improve Neural Network Acoustic Models (2013)")

    public static var canHaveKinks: Bool { true }
    public var kinks: [Kink] {
        alpha == 1 ? [] : [Kink(location: 0, leftDerivative: alpha, rightDerivative: 1)]
    }

    @inline(__always)
    public func forward(_ x: Double) -> Double { x > 0 ? x : alpha == 0 && x < 0 ? 0 : alpha * x }
    @inline(__always)
    public func forward(_ x: Float) -> Float { x > 0 ? x : alpha == 0 && x < 0 ? 0 : Float(alpha) * x }

    @inline(__always)
    public func derivative(_ x: Double) -> Double { x > 0 ? 1 : x <= 0 ? alpha : x }
    @inline(__always)
    public func derivative(_ x: Float) -> Float { x > 0 ? 1 : x <= 0 ? Float(alpha) : x }
}
