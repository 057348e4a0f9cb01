import Activations

/// Points of curves, close enough that straight lines between them look smooth.
enum PlotSampling {
    /// Intervals that a whole picture is divided into: a little over one a unit of the drawing.
    private static let intervalCount = 768
    /// Values are cut off here, so that differences of values stay finite.
    private static let magnitudeMax = 1e300
    /// The other components of the vector whose first is varied: 1 and zeros, so many that the function has vectors of
    /// that length in its domain.
    ///
    /// - Precondition: It has vectors of a length from 3 to 64.
    static func restOfVector(of activation: any Activation.Type) -> [Double] {
        guard let length = (3...64).first(where: { activation.outputLength(inputLength: $0) != nil }) else {
            preconditionFailure("A function of vectors has some of a length from 3 to 64.")
        }
        return [1] + [Double](repeating: 0, count: length - 2)
    }

    static func curves(
        of function: any ElementwiseActivation, named name: String, over range: PlotRange, kinks: [Kink]
    ) -> [PlotCurve] {
        let interior = kinks.filter { range.lower < $0.location && $0.location < range.upper }
        let bounds = [range.lower] + interior.map(\.location) + [range.upper]
        var values: [[PlotPoint]] = []
        var slopes: [[PlotPoint]] = []
        for (lower, upper) in zip(bounds, bounds.dropFirst()) {
            let count = max(1, Int(Double(intervalCount) * ((upper - lower) / range.length)))
            let x = positions(from: lower, to: upper, intervalCount: count)
            values.append(points(x, function.forward(Tensor(x)).elements))
            slopes.append(points(x, oneSided(function, x, kinks)))
        }
        return [
            PlotCurve(kind: .function, series: 0, label: "\(name)(x)", pieces: joined(values)),
            PlotCurve(kind: .derivative, series: 0, label: "\(name)′(x)", pieces: slopes.flatMap(finite)),
        ]
    }

    /// Each component of f(x, 1, 0, …), and its derivative by x.
    static func curves(of function: any VectorActivation, over range: PlotRange) -> [PlotCurve] {
        let x = positions(from: range.lower, to: range.upper, intervalCount: intervalCount / 2)
        let rest = restOfVector(of: type(of: function))
        let vectors = Tensor(shape: [x.count, 1 + rest.count], elements: x.flatMap { [$0] + rest })
        let (values, slopes) = evaluate(function, at: vectors)
        let size = values.count / x.count
        return (0..<size).flatMap { i in
            let column = stride(from: i, to: values.count, by: size)
            return [
                PlotCurve(
                    kind: .function, series: i, label: "S\(PlotNumber.subscripted(i))",
                    pieces: finite(points(x, column.map { values[$0] }))),
                PlotCurve(
                    kind: .derivative, series: i, label: "D₀S\(PlotNumber.subscripted(i))",
                    pieces: finite(points(x, column.map { slopes[$0] }))),
            ]
        }
    }

    /// Values, and derivatives by the first component, of the vectors along the last axis.
    private static func evaluate(
        _ function: any VectorActivation, at vectors: Tensor<Double>
    ) -> (values: [Double], slopes: [Double]) {
        do {
            let values = try function.forward(vectors).elements
            return (values, try function.derivative(vectors, index: DerivativeIndex(j: 0)).elements)
        } catch {
            preconditionFailure("The last axis and the first component exist: \(error)")
        }
    }

    /// The derivative at positions that lie between two kinks, with the one-sided derivatives at the ends.
    private static func oneSided(_ function: any ElementwiseActivation, _ x: [Double], _ kinks: [Kink]) -> [Double] {
        var slopes = x
        var span = slopes.mutableSpan
        function.derivative(x.span, into: &span)
        for kink in kinks {
            if x[0] == kink.location { slopes[0] = kink.rightDerivative }
            if x[x.count - 1] == kink.location { slopes[x.count - 1] = kink.leftDerivative }
        }
        return slopes
    }

    private static func positions(from lower: Double, to upper: Double, intervalCount: Int) -> [Double] {
        (0...intervalCount).map { step in
            step == intervalCount ? upper : lower + (upper - lower) * (Double(step) / Double(intervalCount))
        }
    }

    /// A value as high as it is drawn; NaN stays NaN.
    static func drawable(_ y: Double) -> Double { min(max(y, -magnitudeMax), magnitudeMax) }

    private static func points(_ x: [Double], _ y: [Double]) -> [PlotPoint] {
        zip(x, y).map { PlotPoint(x: $0, y: drawable($1)) }
    }

    /// A function is continuous at a kink: its pieces are one line.
    private static func joined(_ pieces: [[PlotPoint]]) -> [[PlotPoint]] { finite(Array(pieces.joined())) }

    /// Interrupted where the value is not a number.
    private static func finite(_ points: [PlotPoint]) -> [[PlotPoint]] {
        points.split { !$0.y.isFinite }.map(Array.init)
    }
}
