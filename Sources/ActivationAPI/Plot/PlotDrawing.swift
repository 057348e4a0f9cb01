import Activations

/// A plot as SVG: one text without scripts, links or fonts of its own.
struct PlotDrawing {
    static let width = 720.0
    static let height = 420.0

    private let plot: Plot
    private let theme: PlotTheme
    /// Where the axes lie in the drawing.
    private let left = 52.0
    private let right = PlotDrawing.width - 20
    private let top = 72.0
    private let bottom = PlotDrawing.height - 36

    init(_ plot: Plot, theme: PlotTheme) {
        self.plot = plot
        self.theme = theme
    }

    /// The whole file.
    var svg: String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 420" role="img" aria-labelledby="title desc">
        <title id="title">\(Self.escaped(title))</title>
        <desc id="desc">\(Self.escaped(description))</desc>
        <style>\(theme.css)</style>
        <rect width="720" height="420" style="fill:var(--paper)"/>
        \(heading)
        \(legend)
        \(grid)
        \(asymptotes)
        \(plot.curves.reversed().map(curve).joined(separator: "\n"))
        \(plot.kinks.map(kink).joined(separator: "\n"))
        </svg>

        """
    }

    private var title: String { "\(plot.documentation.title) and its derivative" }

    /// What a reader who cannot see the picture gets.
    private var description: String {
        var sentences = ["\(plot.documentation.formula); \(plot.documentation.derivative)."]
        sentences.append("Drawn for x from \(PlotNumber.text(plot.x.lower)) to \(PlotNumber.text(plot.x.upper)).")
        if !plot.notes.isEmpty { sentences.append("Here " + plot.notes.joined(separator: ", ") + ".") }
        if !plot.asymptotes.isEmpty {
            let values = plot.asymptotes.map(PlotNumber.text).joined(separator: " and ")
            sentences.append("Far from 0 the function tends to \(values).")
        }
        for kink in plot.kinks {
            let left = PlotNumber.text(kink.leftDerivative)
            let right = PlotNumber.text(kink.rightDerivative)
            let place = "At x = \(PlotNumber.text(kink.location)) there is no derivative"
            sentences.append("\(place): from the left it is \(left), from the right \(right).")
        }
        return sentences.joined(separator: " ")
    }

    /// Name and formula.
    private var heading: String {
        Self.text(x: left, y: 30, "title", plot.documentation.title)
            + Self.text(x: left, y: 52, "formula", ([plot.documentation.formula] + plot.notes).joined(separator: " · "))
    }

    /// One row, or where there are several functions a row for them and one for their derivatives; from the right.
    private var legend: String {
        var text = ""
        var x = right
        var y = 28.0
        let functions = plot.curves.filter { $0.kind == .function }
        let derivatives = plot.curves.filter { $0.kind == .derivative }
        for row in functions.count > 1 ? [functions, derivatives] : [functions + derivatives] {
            for curve in row.reversed() {
                text += Self.text(x: x, y: y, "end", curve.label)
                let start = x - Double(curve.label.count) * 7.4 - 34
                text += "<path class=\"\(style(of: curve))\" d=\"M\(Self.pair(start, y - 4))h26\"/>"
                x = start - 18
            }
            x = right
            y += 22
        }
        return text
    }

    private var grid: String {
        var lines = ""
        var labels = ""
        for value in PlotTicks(in: plot.x, countMax: 12).values {
            lines += "M\(Self.pair(horizontal(value), top))V\(PlotNumber.coordinate(bottom))"
            labels += Self.text(x: horizontal(value), y: bottom + 20, "middle", PlotNumber.text(value))
        }
        for value in PlotTicks(in: plot.y, countMax: 7).values {
            lines += "M\(Self.pair(left, vertical(value)))H\(PlotNumber.coordinate(right))"
            labels += Self.text(x: left - 10, y: vertical(value) + 4.5, "end", PlotNumber.text(value))
        }
        var axes = ""
        if plot.x.contains(0) { axes += "M\(Self.pair(horizontal(0), top))V\(PlotNumber.coordinate(bottom))" }
        if plot.y.contains(0) { axes += "M\(Self.pair(left, vertical(0)))H\(PlotNumber.coordinate(right))" }
        return "<path class=\"grid\" d=\"\(lines)\"/><path class=\"axis\" d=\"\(axes)\"/>\(labels)"
    }

    private var asymptotes: String {
        plot.asymptotes.map {
            "<path class=\"asymptote\" d=\"M\(Self.pair(left, vertical($0)))H\(PlotNumber.coordinate(right))\"/>"
        }.joined()
    }

    private func curve(_ curve: PlotCurve) -> String {
        let path = curve.pieces.map { piece in
            let points = piece.map { PlotPoint(x: horizontal($0.x), y: vertical($0.y)) }
            let kept = PlotSimplification.simplify(points, tolerance: 0.05)
            return "M" + kept.map { Self.pair($0.x, $0.y) }.joined(separator: "L")
        }.joined()
        return "<path class=\"\(style(of: curve))\" d=\"\(path)\"/>"
    }

    /// Open circles at both one-sided derivatives: neither is the derivative.
    private func kink(_ kink: Kink) -> String {
        let x = horizontal(kink.location)
        let y = (left: vertical(kink.leftDerivative), right: vertical(kink.rightDerivative))
        let leftText = PlotNumber.text(kink.leftDerivative)
        let rightText = PlotNumber.text(kink.rightDerivative)
        return "<path class=\"jump\" d=\"M\(Self.pair(x, y.left))V\(PlotNumber.coordinate(y.right))\"/>"
            + "<circle cx=\"\(PlotNumber.coordinate(x))\" cy=\"\(PlotNumber.coordinate(y.left))\" r=\"4.5\"/>"
            + "<circle cx=\"\(PlotNumber.coordinate(x))\" cy=\"\(PlotNumber.coordinate(y.right))\" r=\"4.5\"/>"
            + Self.text(x: x - 10, y: y.left - 9, "value end", leftText)
            + Self.text(x: x + 10, y: y.right - 9, "value", rightText)
    }

    private func style(of curve: PlotCurve) -> String {
        switch curve.kind {
        case .function: "function s\(curve.series)"
        case .derivative: plot.curves.count > 2 ? "derivative s\(curve.series)" : "derivative only"
        }
    }

    private func horizontal(_ x: Double) -> Double { left + (x - plot.x.lower) / plot.x.length * (right - left) }

    private func vertical(_ y: Double) -> Double { bottom - (y - plot.y.lower) / plot.y.length * (bottom - top) }

    private static func pair(_ x: Double, _ y: Double) -> String {
        PlotNumber.coordinate(x) + " " + PlotNumber.coordinate(y)
    }

    private static func text(x: Double, y: Double, _ style: String, _ text: String) -> String {
        "<text class=\"\(style)\" x=\"\(PlotNumber.coordinate(x))\" y=\"\(PlotNumber.coordinate(y))\">"
            + escaped(text) + "</text>"
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            default: result.append(character)
            }
        }
        return result
    }
}
