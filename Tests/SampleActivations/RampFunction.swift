public import Activations

/// A function that no registry has, with everything that an element-wise function can have: numbers whose ranges bound
/// each other, a choice, a kink and a jump whose locations follow from the parameters, and a kink of the derivative.
///
/// It is 0 below `lower`, x² from there to `upper`, and then 1 (`end` = `flat`) or x (`end` = `open`).
public struct RampFunction: ElementwiseActivation {
    public static let lower = Parameter(name: "lower", summary: "Where it begins.", .number(default: 0))
    public static let upper = Parameter(name: "upper", summary: "Where it ends.", .number(default: 1, in: .positive))
    public static let end = Parameter(
        name: "end", summary: "What follows.", .choice(default: "flat", of: ["flat", "open"]))
    public static let parameters = [lower, upper, end]
    public static let canHaveKinks = true

    public static let documentation = ActivationDocumentation(
        name: "ramp", title: "Ramp", formula: "f(x) = 0, x^2 or 1", derivative: "f'(x) = 0, 2x or 0", range: "[0, inf)",
        summary: "A ramp between two levels.", source: "These tests")

    public let parameterValues: ParameterValues
    public let lower: Double
    public let upper: Double
    public let isFlat: Bool

    public static func conflict(among values: ParameterValues) -> ParameterConflict? {
        values.number(lower) < values.number(upper)
            ? nil : ParameterConflict([lower, upper], "lower must be less than upper.")
    }

    public init(_ values: ParameterValues) {
        parameterValues = values
        lower = values.number(Self.lower)
        upper = values.number(Self.upper)
        isFlat = values.choice(Self.end) == "flat"
    }

    public var kinks: [Kink] {
        let start = Kink(
            location: lower, kind: lower == 0 ? .kinkOfDerivative : .jump, leftDerivative: 0, rightDerivative: 2 * lower
        )
        let end = Kink(
            location: upper, kind: upper == 1 ? .kink : .jump, leftDerivative: 2 * upper,
            rightDerivative: isFlat ? 0 : 1)
        return [start, end]
    }

    public func forward(_ x: Double) -> Double { x < lower ? 0 : x <= upper ? x * x : isFlat ? 1 : x }
    public func forward(_ x: Float) -> Float { Float(forward(Double(x))) }
    public func derivative(_ x: Double) -> Double { x < lower ? 0 : x <= upper ? 2 * x : isFlat ? 0 : 1 }
    public func derivative(_ x: Float) -> Float { Float(derivative(Double(x))) }
}
