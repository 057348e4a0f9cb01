import Activations
import Testing

@testable import ActivationAPI

@Suite struct PlotTests {
    private static let range = PlotRange(lower: -6, upper: 6)

    private func alpha(_ value: Double) -> ParameterValues {
        var values = ParameterValues()
        values.set(LeakyReLU.alpha, to: value)
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

    @Test func whereTheFunctionIsSmoothNoKinkIsDrawn() {
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
    ])
    func ticksAreRoundNumbers(_ lower: Double, _ upper: Double, _ countMax: Int, _ expected: [Double]) {
        let ticks = PlotTicks(in: PlotRange(lower: lower, upper: upper), countMax: countMax).values
        #expect(ticks == expected)
        #expect(ticks.allSatisfy { $0 != 0 || $0.sign == .plus })
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
