import Activations

/// Samples curves densely enough that straight lines between the points look smooth.
enum PlotSampling {
    /// The number of intervals of a whole picture: a little over one per unit of the drawing.
    private static let intervalCount = 768
    /// Values are clamped to this, so that differences of values stay finite.
    private static let magnitudeMax = 1e300
    /// Returns the other components of the vector whose first one is varied: 1 and zeros, enough for the vector to be
    /// in the function's domain.
    ///
    /// - Precondition: The domain has vectors of a length from 3 to 64.
    static func otherComponents(of activation: any Activation.Type) -> [Double] {
        guard let length = (3...64).first(where: { activation.outputLength(inputLength: $0) != nil }) else {
            preconditionFailure("The domain has no vectors of a length from 3 to 64.")
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

    /// Returns each component of f(x, 1, 0, …), and its derivative with respect to x.
    static func curves(of function: any VectorActivation, over range: PlotRange) -> [PlotCurve] {
        let x = positions(from: range.lower, to: range.upper, intervalCount: intervalCount / 2)
        let rest = otherComponents(of: type(of: function))
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

    /// Returns the values, and the derivatives with respect to the first component, of the vectors along the last axis.
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

    /// Returns the derivative at positions between two kinks, with the one-sided derivatives at the ends.
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

    /// Returns a value clamped to the drawable range; NaN stays NaN.
    static func drawable(_ y: Double) -> Double { min(max(y, -magnitudeMax), magnitudeMax) }

    private static func points(_ x: [Double], _ y: [Double]) -> [PlotPoint] {
        zip(x, y).map { PlotPoint(x: $0, y: drawable($1)) }
    }

    /// Joins the pieces of a function, which is continuous at a kink, into one line.
    private static func joined(_ pieces: [[PlotPoint]]) -> [[PlotPoint]] { finite(Array(pieces.joined())) }

    /// Splits a line at values that are not numbers.
    private static func finite(_ points: [PlotPoint]) -> [[PlotPoint]] {
        points.split { !$0.y.isFinite }.map(Array.init)
    }
}
