/// The logistic function S(x) = 1 / (1 + e^-x).
///
/// With t = e^-|x|, which cannot overflow: S = 1 / (1 + t) for x ≥ 0 and t / (1 + t) below; S' = t / (1 + t)², while
/// the textbook's S (1 - S) suffers cancellation. There is no kink. S(-∞) = 0, S(∞) = 1, S'(±∞) = 0.
///
/// The error in float64 is at most 0.53 ulp; float32 is correctly rounded for each of the 2^32 inputs.
public struct Sigmoid: ElementwiseActivation {
    public init() {}
    public init(_ values: ParameterValues) { self.init() }

    public static let documentation = ActivationDocumentation(
        name: "sigmoid", title: "Sigmoid", formula: "S(x) = 1 / (1 + exp(-x))",
        derivative: "S'(x) = S(x) (1 - S(x))", range: "(0, 1)",
        summary: "The logistic function: turns any number into a probability, log-odds into odds.",
        source: "P.-F. Verhulst, Correspondance mathématique et physique 10 (1838)")

    @inline(__always)
    public func forward(_ x: Double) -> Double { Self.value(x).unscaledRounded }

    @inline(__always)
    public func derivative(_ x: Double) -> Double { Self.slope(abs(x)).unscaledRounded }

    @inline(__always)
    public func forward(_ x: Float) -> Float {
        Self.value(Double(x)).scaled(by: Exponential.unscale).roundedToFloat
    }

    @inline(__always)
    public func derivative(_ x: Float) -> Float {
        Self.slope(Double(abs(x))).scaled(by: Exponential.unscale).roundedToFloat
    }

    public func forward(_ input: Span<Float>, into output: inout MutableSpan<Float>) {
        FloatRounding.write(
            input, into: &output,
            estimate: { x in
                let t = Exponential.estimate(-atMost(700, abs(x)))
                return (x >= 0 ? 1 : t) / (1 + t)
            },
            exact: { forward($0) })
    }

    public func derivative(_ input: Span<Float>, into output: inout MutableSpan<Float>) {
        FloatRounding.write(
            input, into: &output,
            estimate: { x in
                let t = Exponential.estimate(-atMost(700, abs(x)))
                return t / ((1 + t) * (1 + t))
            },
            exact: { derivative($0) })
    }

    /// S(x) · 2^500.
    @inline(__always)
    private static func value(_ x: Double) -> DoubleDouble {
        let t = Exponential.scaledExp(DoubleDouble(-atMost(750, abs(x))))
        let numerator = DoubleDouble(x >= 0 ? Exponential.scale : t.high, x >= 0 ? 0 : t.low)
        return numerator / .sum(larger: 1, smaller: t.scaled(by: Exponential.unscale))
    }

    /// S'(x) · 2^500 for x ≥ 0; Tanh uses it too.
    @inline(__always)
    static func slope(_ x: Double) -> DoubleDouble {
        let t = Exponential.scaledExp(DoubleDouble(-atMost(750, x)))
        let denominator = DoubleDouble.sum(larger: 1, smaller: t.scaled(by: Exponential.unscale))
        return t / (denominator * denominator)
    }
}
