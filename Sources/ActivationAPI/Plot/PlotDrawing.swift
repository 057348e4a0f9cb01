import Activations

/// A plot as SVG: one text without scripts, links or embedded fonts.
struct PlotDrawing {
    static let width = 720.0
    static let height = 420.0

    private let plot: Plot
    private let theme: PlotTheme
    private let axes: PlotAxes

    init(_ plot: Plot, theme: PlotTheme) {
        self.plot = plot
        self.theme = theme
        axes = PlotAxes(x: plot.x, y: plot.y)
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
        \(curves)
        \(plot.kinks.map(kink).joined(separator: "\n"))
        </svg>

        """
    }

    private var title: String { "\(plot.documentation.title) and its derivative" }

    /// The description for readers who cannot see the picture.
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

    /// The name and the formula.
    private var heading: String {
        let formula = ([plot.documentation.formula] + plot.notes).joined(separator: " · ")
        return Self.text(x: axes.left, y: 30, "title", plot.documentation.title)
            + Self.text(x: axes.left, y: 52, "formula", formula)
    }

    /// The legend, right-aligned in one row; several functions have one row, and their derivatives another.
    private var legend: String {
        var text = ""
        var x = axes.right
        var y = 28.0
        let functions = plot.curves.filter { $0.kind == .function }
        let derivatives = plot.curves.filter { $0.kind == .derivative }
        for row in functions.count > 1 ? [functions, derivatives] : [functions + derivatives] {
            for curve in row.reversed() {
                // The text begins next to its line, however wide the reader's font is.
                let start = x - Double(curve.label.count) * 7.4 - 34
                text += Self.text(x: start + 34, y: y, "", curve.label)
                text += "<path class=\"\(style(of: curve))\" d=\"M\(Self.pair(start, y - 4))h26\"/>"
                x = start - 18
            }
            x = axes.right
            y += 22
        }
        return text
    }

    private var grid: String {
        var lines = ""
        var labels = ""
        for (value, label) in zip(axes.xTicks, PlotLabels.texts(of: axes.xTicks)) {
            lines += down(at: value)
            labels += Self.text(x: axes.labelMiddle(value), y: axes.bottom + 20, "middle", label)
        }
        for (value, label) in zip(axes.yTicks, PlotLabels.texts(of: axes.yTicks)) {
            lines += across(at: value)
            labels += Self.text(x: axes.left - 10, y: axes.vertical(value) + 4.5, "end", label)
        }
        let zero = (plot.x.contains(0) ? down(at: 0) : "") + (plot.y.contains(0) ? across(at: 0) : "")
        return "<path class=\"grid\" d=\"\(lines)\"/><path class=\"axis\" d=\"\(zero)\"/>\(labels)"
    }

    private var asymptotes: String {
        plot.asymptotes.map { "<path class=\"asymptote\" d=\"\(across(at: $0))\"/>" }.joined()
    }

    /// The functions, and over them their derivatives in dashes, so that both are visible if they coincide.
    private var curves: String {
        let functions = plot.curves.filter { $0.kind == .function }
        let derivatives = plot.curves.filter { $0.kind == .derivative }
        return (functions.reversed() + derivatives.reversed()).map(curve).joined(separator: "\n")
    }

    private func down(at x: Double) -> String {
        "M\(Self.pair(axes.horizontal(x), axes.top))V\(PlotNumber.coordinate(axes.bottom))"
    }

    private func across(at y: Double) -> String {
        "M\(Self.pair(axes.left, axes.vertical(y)))H\(PlotNumber.coordinate(axes.right))"
    }

    private func curve(_ curve: PlotCurve) -> String {
        let path = curve.pieces.map { piece in
            let points = piece.map { PlotPoint(x: axes.horizontal($0.x), y: axes.vertical($0.y)) }
            let kept = PlotSimplification.simplify(points, tolerance: 0.05)
            return "M" + kept.map { Self.pair($0.x, $0.y) }.joined(separator: "L")
        }.joined()
        return "<path class=\"\(style(of: curve))\" d=\"\(path)\"/>"
    }

    /// Returns open circles at both one-sided derivatives, since neither is the derivative.
    private func kink(_ kink: Kink) -> String {
        let x = axes.horizontal(kink.location)
        let left = axes.vertical(PlotSampling.drawable(kink.leftDerivative))
        let right = axes.vertical(PlotSampling.drawable(kink.rightDerivative))
        return "<path class=\"jump\" d=\"M\(Self.pair(x, left))V\(PlotNumber.coordinate(right))\"/>"
            + Self.circle(x, left) + Self.circle(x, right)
            + Self.text(x: x - 10, y: left - 9, "value end", PlotNumber.text(kink.leftDerivative))
            + Self.text(x: x + 10, y: right - 9, "value", PlotNumber.text(kink.rightDerivative))
    }

    private static func circle(_ x: Double, _ y: Double) -> String {
        "<circle cx=\"\(PlotNumber.coordinate(x))\" cy=\"\(PlotNumber.coordinate(y))\" r=\"4.5\"/>"
    }

    private func style(of curve: PlotCurve) -> String {
        switch curve.kind {
        case .function: "function s\(curve.series)"
        case .derivative: plot.curves.count > 2 ? "derivative s\(curve.series)" : "derivative only"
        }
    }

    private static func pair(_ x: Double, _ y: Double) -> String {
        PlotNumber.coordinate(x) + " " + PlotNumber.coordinate(y)
    }

    private static func text(x: Double, y: Double, _ style: String, _ text: String) -> String {
        let attribute = style.isEmpty ? "" : " class=\"\(style)\""
        return "<text\(attribute) x=\"\(PlotNumber.coordinate(x))\" y=\"\(PlotNumber.coordinate(y))\">"
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
