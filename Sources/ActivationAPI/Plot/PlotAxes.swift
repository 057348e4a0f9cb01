/// The positions of a drawing's axes, and the round numbers along them.
///
/// The left margin is as wide as the widest number beside it, and the x axis has only as many numbers as fit.
struct PlotAxes {
    let left: Double
    let right = PlotDrawing.width - 20
    let top = 72.0
    let bottom = PlotDrawing.height - 36
    let x: PlotRange
    let y: PlotRange
    let xTicks: [Double]
    let yTicks: [Double]

    /// The width of a digit at 13 pixels, in the widest font that a reader is likely to have.
    private static let digitWidth = 8.3

    init(x: PlotRange, y: PlotRange) {
        self.x = x
        self.y = y
        yTicks = PlotTicks(in: y, countMax: 7).values
        left = max(52, Self.width(of: yTicks) + 18)
        let space = right - left
        let candidates = [12, 8, 6, 4, 3, 2].map { PlotTicks(in: x, countMax: $0).values }
        // The last label moves inwards if it would exceed the drawing.
        let margin = PlotDrawing.width - right
        xTicks =
            candidates.first { ticks in
                let width = Self.width(of: ticks)
                return width + 12 + max(0, width / 2 - margin) <= space * Self.step(of: ticks) / x.length
            } ?? []
    }

    private static func step(of ticks: [Double]) -> Double { ticks.count > 1 ? ticks[1] - ticks[0] : .infinity }

    /// Returns the width of the widest label.
    private static func width(of ticks: [Double]) -> Double {
        digitWidth * Double(PlotLabels.texts(of: ticks).map(\.count).max() ?? 0)
    }

    func horizontal(_ x: Double) -> Double { left + (x - self.x.lower) / self.x.length * (right - left) }

    func vertical(_ y: Double) -> Double { bottom - (y - self.y.lower) / self.y.length * (bottom - top) }

    /// Returns the middle of the label of a number on the x axis: below it, unless it would exceed the drawing.
    func labelMiddle(_ x: Double) -> Double {
        let half = Self.width(of: xTicks) / 2
        return min(max(horizontal(x), half), PlotDrawing.width - half)
    }
}
