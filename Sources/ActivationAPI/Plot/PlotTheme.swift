/// The colours of a drawing.
///
/// The contrast of text with the background is at least 4.5.
enum PlotTheme: String, CaseIterable, Sendable {
    case light
    case dark
    /// Follows the reader's system.
    case auto

    /// The style sheet.
    var css: String {
        let palette: String =
            switch self {
            case .light: Self.lightColours
            case .dark: Self.darkColours
            case .auto: Self.lightColours + "@media(prefers-color-scheme:dark){\(Self.darkColours)}"
            }
        return palette + Self.rules
    }

    private static let lightColours =
        "svg{--paper:#fdfdfb;--ink:#22252b;--quiet:#646a75;--grid:#e7e6e0;--axis:#a9a9a4;"
        + "--c0:#3153c9;--c1:#0f7868;--c2:#8a46ad;--d0:#b84a12}"
    private static let darkColours =
        "svg{--paper:#15171c;--ink:#e9e7e2;--quiet:#9aa1ad;--grid:#262a31;--axis:#5d636d;"
        + "--c0:#8fa9ff;--c1:#58c7b1;--c2:#cf9bea;--d0:#f5a065}"
    private static let rules = """
        text{font:13px ui-sans-serif,Inter,system-ui,sans-serif;fill:var(--quiet)}\
        .title{font-size:17px;font-weight:600;fill:var(--ink)}\
        .formula,.value{font-family:ui-monospace,"JetBrains Mono",monospace;font-size:12px}\
        .value{fill:var(--d0)}.middle{text-anchor:middle}.end{text-anchor:end}\
        path{fill:none;stroke-linejoin:round;stroke-linecap:round}\
        .grid{stroke:var(--grid)}.axis{stroke:var(--axis)}\
        .asymptote{stroke:var(--axis);stroke-dasharray:2 5}\
        .function{stroke-width:3}.derivative{stroke-width:2;stroke-dasharray:7 6;stroke-linecap:butt}\
        .s0{stroke:var(--c0)}.s1{stroke:var(--c1)}.s2{stroke:var(--c2)}.derivative.only{stroke:var(--d0)}\
        circle{fill:var(--paper);stroke:var(--d0);stroke-width:2}\
        .jump{stroke:var(--d0);stroke-width:1;stroke-dasharray:1 4}
        """
}
