import Activations

/// A picture of a function and its derivative as data, independent of how it is drawn.
struct Plot: Sendable {
    let documentation: ActivationDocumentation
    let x: PlotRange
    let y: PlotRange
    let curves: [PlotCurve]
    /// Values to which the function tends for x → ±∞.
    let asymptotes: [Double]
    /// The points in range without a derivative.
    let kinks: [Kink]
    /// What the picture shows besides the name, for the description: `alpha = 0.2`.
    let notes: [String]
}

/// An interval of an axis, lower < upper, both finite.
struct PlotRange: Equatable, Sendable {
    let lower: Double
    let upper: Double

    var length: Double { upper - lower }

    func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}

/// A point in the function's own units.
struct PlotPoint: Equatable, Sendable {
    let x: Double
    let y: Double
}

/// A line of a plot in pieces: a derivative is interrupted at a kink.
struct PlotCurve: Sendable {
    enum Kind: Sendable {
        case function
        case derivative
    }

    let kind: Kind
    /// The index of the function, from 0, which chooses the colour.
    let series: Int
    let label: String
    let pieces: [[PlotPoint]]
}

extension Plot {
    /// - Parameters:
    ///   - type: The activation.
    ///   - values: Its parameters.
    ///   - x: The visible part of the axis.
    init(of type: any Activation.Type, _ values: ParameterValues = ParameterValues(), over x: PlotRange) {
        let activation = type.init(values)
        var notes = type.parameters.map { "\($0.name) = \(values[$0].text)" }
        var kinks: [Kink] = []
        var asymptotes: [Double] = []
        var curves: [PlotCurve] = []
        if let function = activation as? any ElementwiseActivation {
            kinks = function.kinks.filter { x.contains($0.location) }
            curves = PlotSampling.curves(of: function, named: type.name, over: x, kinks: kinks)
            let limits = function.forward(Tensor([-Double.infinity, .infinity])).elements
            asymptotes = Array(Set(limits.filter(\.isFinite).map(PlotSampling.drawable))).sorted()
        } else if let function = activation as? any VectorActivation {
            curves = PlotSampling.curves(of: function, over: x)
            let rest = PlotSampling.otherComponents(of: type).map(PlotNumber.text).joined(separator: ", ")
            notes.append("the input is (x, \(rest))")
        }
        // At a kink on the edge of the picture, one of the two derivatives belongs to no visible curve.
        let slopes = kinks.flatMap { [$0.leftDerivative, $0.rightDerivative] }.map(PlotSampling.drawable)
        self.init(
            documentation: type.documentation, x: x, y: Self.verticalRange(of: curves, asymptotes + slopes),
            curves: curves, asymptotes: asymptotes, kinks: kinks, notes: notes)
    }

    /// Shorter vertical ranges are drawn as a flat line, since distances in them are inexact or 0.
    private static let heightMin = 1e-290

    /// Returns a range that includes every curve, the other values and the axis, with a margin.
    private static func verticalRange(of curves: [PlotCurve], _ others: [Double]) -> PlotRange {
        var lower = min(0, others.min() ?? 0)
        var upper = max(0, others.max() ?? 0)
        for point in curves.lazy.flatMap(\.pieces).joined() {
            lower = min(lower, point.y)
            upper = max(upper, point.y)
        }
        if upper - lower < heightMin { upper = 1 }
        let margin = (upper - lower) * 0.07
        return PlotRange(lower: lower - margin, upper: upper + margin)
    }
}
