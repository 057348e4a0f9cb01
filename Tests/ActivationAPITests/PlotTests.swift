import Activations
import Testing

@testable import ActivationAPI

@Suite struct PlotTests {
    private static let range = PlotRange(lower: -6, upper: 6)

    private func alpha(_ value: Double) -> ParameterValues {
        var values = ParameterValues()
        values.set(LeakyReLU.alpha, to: .number(value))
        return values
    }

    @Test func curvesHaveTheValuesOfTheFunctionAndItsDerivative() throws {
        let plot = Plot(of: Tanh.self, over: Self.range)
        #expect(plot.curves.map(\.kind) == [.function, .derivative])
        let x = Tensor(plot.curves[0].pieces.joined().map(\.x))
        #expect(plot.curves[0].pieces.joined().map(\.y) == Tanh().forward(x).elements)
        #expect(try plot.curves[1].pieces.joined().map(\.y) == Tanh().derivative(x).elements)
        #expect(x.elements.first == -6 && x.elements.last == 6)
        #expect(plot.asymptotes == [-1, 1])
        #expect(plot.y.contains(-1) && plot.y.contains(1))
    }

    @Test func aKinkInterruptsTheDerivativeAndNotTheFunction() {
        let plot = Plot(of: LeakyReLU.self, alpha(0.25), over: Self.range)
        #expect(plot.kinks == [Kink(location: 0, leftDerivative: 0.25, rightDerivative: 1)])
        #expect(plot.curves[0].pieces.count == 1)
        let pieces = plot.curves[1].pieces
        #expect(pieces.count == 2)
        #expect(pieces[0].last == PlotPoint(x: 0, y: 0.25))
        #expect(pieces[1].first == PlotPoint(x: 0, y: 1))
    }

    @Test(arguments: [(0.0, 5.0), (-5, 0), (1, 2), (-2, -1)])
    func aKinkAtTheEdgeOrOutsideInterruptsNothing(_ lower: Double, _ upper: Double) {
        let plot = Plot(of: ReLU.self, over: PlotRange(lower: lower, upper: upper))
        #expect(plot.curves[1].pieces.count == 1)
        #expect(plot.kinks.count == (lower * upper == 0 ? 1 : 0))
        let slopes = Set(plot.curves[1].pieces.joined().map(\.y))
        #expect(slopes == (lower >= 0 ? [1] : [0]))
    }

    @Test func noKinkIsDrawnIfTheFunctionIsSmooth() {
        let smooth = PlotDrawing(Plot(of: LeakyReLU.self, alpha(1), over: Self.range), theme: .auto).svg
        let bent = PlotDrawing(Plot(of: LeakyReLU.self, alpha(0.5), over: Self.range), theme: .auto).svg
        #expect(!smooth.contains("<circle"))
        #expect(bent.split(separator: "<circle").count == 3)
        #expect(bent.contains("At x = 0 there is no derivative: from the left it is 0.5, from the right 1."))
    }

    @Test func softmaxIsDrawnAlongItsFirstComponent() throws {
        let plot = Plot(of: Softmax.self, over: Self.range)
        #expect(plot.curves.map(\.label) == ["S₀", "D₀S₀", "S₁", "D₀S₁", "S₂", "D₀S₂"])
        let points = plot.curves.map { $0.pieces[0] }
        for index in stride(from: 0, to: points[0].count, by: 7) {
            let input = Tensor([points[0][index].x, 1, 0])
            let values = try Softmax().forward(input).elements
            let slopes = try Softmax().derivative(input, index: DerivativeIndex(j: 0)).elements
            for i in 0..<3 {
                #expect(points[2 * i][index].y == values[i])
                #expect(points[2 * i + 1][index].y == slopes[i])
            }
        }
    }

    @Test(arguments: [1e308, -1e308, 1.7e308, 0x1p-1074])
    func extremeSlopesStillGiveAPicture(_ slope: Double) {
        let plot = Plot(of: LeakyReLU.self, alpha(slope), over: PlotRange(lower: -1e6, upper: 1e6))
        let svg = PlotDrawing(plot, theme: .light).svg
        #expect(plot.y.length.isFinite)
        #expect(!svg.contains("nan") && !svg.contains("inf\""))
        #expect(circleHeights(svg).allSatisfy { (72.0...384).contains($0) })
    }

    @Test(arguments: [(0.0, 5.0), (-5, 0)])
    func aKinkAtTheEdgeHasBothItsCirclesInThePicture(_ lower: Double, _ upper: Double) {
        let plot = Plot(of: LeakyReLU.self, alpha(-30), over: PlotRange(lower: lower, upper: upper))
        let heights = circleHeights(PlotDrawing(plot, theme: .light).svg)
        #expect(heights.count == 2)
        #expect(heights.allSatisfy { (72.0...384).contains($0) })
    }

    private func circleHeights(_ svg: String) -> [Double] {
        svg.split(separator: "cy=\"").dropFirst().compactMap { Double($0.prefix { $0 != "\"" }) }
    }

    @Test(arguments: PlotTheme.allCases) func aDrawingSaysWhatItShowsAndLoadsNothing(_ theme: PlotTheme) {
        for type in ActivationRegistry.all {
            let svg = PlotDrawing(Plot(of: type, over: Self.range), theme: theme).svg
            #expect(svg.contains("<title id=\"title\">\(type.documentation.title) and its derivative</title>"))
            #expect(svg.contains("role=\"img\" aria-labelledby=\"title desc\""))
            #expect(svg.contains("Drawn for x from −6 to 6."))
            #expect(!svg.contains("href") && !svg.contains("url(") && !svg.contains("<script"))
            #expect(svg.utf8.count < 16_384)
            #expect(svg.contains("prefers-color-scheme") == (theme == .auto))
        }
    }

    @Test func angleBracketsOfAFormulaAreEscaped() {
        let svg = PlotDrawing(Plot(of: ReLU.self, over: Self.range), theme: .light).svg
        #expect(svg.contains("relu(x) = x if x &gt; 0, else 0"))
        #expect(!svg.contains("x > 0"))
    }

    @Test(arguments: [
        (-6.0, 6.0, 12, [-6.0, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6]),
        (-0.06, 1.06, 7, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (0.05, 0.35, 3, [0.1, 0.2, 0.3]),
        (-1e6, 1e6, 4, [-1e6, -5e5, 0, 5e5, 1e6]),
        (2.5, 2.50035, 4, [2.5, 2.5001, 2.5002, 2.5003]),
        (999_999.998, 999_999.9995, 2, [999_999.998, 999_999.999]),
        (-1.07e300, 1.07e300, 5, [-1e300, -5e299, 0, 5e299, 1e300]),
        (-2e-7, 1e-7, 3, [-2e-7, -1e-7, 0, 1e-7]),
        (0, 0.3, 3, [0, 0.1, 0.2, 0.3]),
    ])
    func ticksAreRoundNumbers(_ lower: Double, _ upper: Double, _ countMax: Int, _ expected: [Double]) {
        let ticks = PlotTicks(in: PlotRange(lower: lower, upper: upper), countMax: countMax).values
        #expect(ticks == expected)
        #expect(ticks.allSatisfy { $0 != 0 || $0.sign == .plus })
    }

    @Test(arguments: [
        (0.0, "0"), (-0.25, "−0.25"), (100_000, "100000"), (-200_000, "−2e5"), (1e6, "1e6"), (1_234_567, "1234567"),
        (999_999.9995, "999999.9995"), (0.0001, "0.0001"), (0.00002, "2e-5"), (-1.5e-7, "−1.5e-7"), (-5e299, "−5e299"),
    ])
    func aNumberAlongAnAxisIsShort(_ value: Double, _ expected: String) {
        #expect(PlotLabels.texts(of: [value]) == [expected])
    }

    @Test(arguments: [
        ([0.0, 0.5, 1], ["0.0", "0.5", "1.0"]), ([-6, 0, 6], ["−6", "0", "6"]),
        ([0, 2.5, 10], ["0.0", "2.5", "10.0"]),
        ([-1e6, -5e5, 0, 5e5, 1e6], ["−1e6", "−5e5", "0", "5e5", "1e6"]),
        ([-0.001, -0.0005, 0, 0.0005], ["−1e-3", "−5e-4", "0", "5e-4"]),
        ([0.0001, 0.0002, 0.001], ["0.0001", "0.0002", "0.0010"]), ([-2e-7, 1.5e-7], ["−2.0e-7", "1.5e-7"]),
        ([999_999.998, 999_999.999], ["999999.998", "999999.999"]), ([-1e300, 5e299], ["−1e300", "5e299"]), ([], []),
    ])
    func theNumbersAlongAnAxisHaveOneNotation(_ values: [Double], _ expected: [String]) {
        #expect(PlotLabels.texts(of: values) == expected)
    }

    @Test func theDerivativeIsDrawnOverTheFunction() throws {
        for type in ActivationRegistry.all {
            let svg = PlotDrawing(Plot(of: type, over: Self.range), theme: .light).svg
            let drawing = try #require(svg.split(separator: "class=\"axis\"").last)
            let function = try #require(drawing.ranges(of: "class=\"function").last)
            let derivative = try #require(drawing.firstRange(of: "class=\"derivative"))
            #expect(function.upperBound < derivative.lowerBound)
        }
    }

    @Test(arguments: [
        (-6.0, 6.0), (-1e6, 1e6), (-1e6, -999_999.999), (0.0001, 0.0011), (-999_999, 1e6), (-0.0005, 0.0005),
    ])
    func numbersAlongXKeepApartAndInside(_ lower: Double, _ upper: Double) {
        let axes = PlotAxes(x: PlotRange(lower: lower, upper: upper), y: PlotRange(lower: -1e6, upper: 0.00002))
        #expect(axes.xTicks.count >= 2)
        let ends = zip(axes.xTicks, PlotLabels.texts(of: axes.xTicks)).map { tick, label in
            let half = 3.7 * Double(label.count)
            return (left: axes.labelMiddle(tick) - half, right: axes.labelMiddle(tick) + half)
        }
        #expect(ends.allSatisfy { 0 <= $0.left && $0.right <= PlotDrawing.width })
        #expect(zip(ends, ends.dropFirst()).allSatisfy { $0.right + 8 < $1.left })
        #expect(PlotLabels.texts(of: axes.yTicks).allSatisfy { 7.4 * Double($0.count) + 10 < axes.left })
    }

    @Test func simplificationKeepsCornersAndStaysWithinItsTolerance() {
        let corner = [(0.0, 0.0), (1, 0), (2, 0), (3, 1), (4, 2), (5, 3)].map { PlotPoint(x: $0.0, y: $0.1) }
        #expect(PlotSimplification.simplify(corner, tolerance: 0.01).map(\.x) == [0, 2, 5])
        let arc = (0...200).map { PlotPoint(x: Double($0), y: Double($0 * $0) / 200) }
        let kept = PlotSimplification.simplify(arc, tolerance: 0.5)
        #expect(kept.count < 20 && kept.first == arc.first && kept.last == arc.last)
        for (start, end) in zip(kept, kept.dropFirst()) {
            for point in arc where start.x < point.x && point.x < end.x {
                let onChord = start.y + (end.y - start.y) * (point.x - start.x) / (end.x - start.x)
                #expect(abs(point.y - onChord) < 0.5 * (1 + (end.y - start.y) / (end.x - start.x)))
            }
        }
    }

    @Test(arguments: [(0.0, "0"), (12.345, "12.35"), (-0.004, "0"), (-0.05, "-0.05"), (3.1, "3.1"), (-7, "-7")])
    func coordinatesHaveTwoDecimals(_ value: Double, _ expected: String) {
        #expect(PlotNumber.coordinate(value) == expected)
    }
}
