/// The notation for LaTeX, without the dollar signs.
extension Expression {
    var latex: String {
        switch self {
        case .integer(let number): "\(number)"
        case .symbol(let symbol): symbol.latex
        case .component(let index): "x_\(index)"
        case .negative(let operand): "-" + operand.latex(above: .sum)
        case .sum(let left, let right): "\(left.latex) + \(right.latex)"
        case .difference(let left, let right): "\(left.latex) - \(right.latex(above: .sum))"
        case .product(let left, let right):
            left.latex(above: .sum) + (Self.isJuxtaposed(left, right) ? " \\, " : " \\cdot ") + right.latex(above: .sum)
        case .quotient(let left, let right): "\\frac{\(left.latex)}{\(right.latex)}"
        case .power(let base, let exponent): "\(base.latexBase)^{\(exponent)}"
        case .exponential(let exponent): "e^{\(exponent.latex)}"
        case .total(let index, let term): "\\sum_\(index) \(term.latex(above: .sum))"
        case .delta(let left, let right): "\\delta_{\(left)\(right)}"
        case .named(let name, _): name.latex
        case .derivative(let operand, .x): "\\frac{d}{dx} \(operand.latex(above: .product))"
        case .derivative(let operand, .component(let index)):
            "\\frac{\\partial}{\\partial x_\(index)} \(operand.latex(above: .product))"
        case .limit(let side, let operand): "\\lim_{h \\to 0^\(side.rawValue)} \(operand.latex(above: .sum))"
        case .piecewise(let condition, let then, let otherwise):
            "\\begin{cases} \(then.latex) & \(condition.latex) \\\\ \(otherwise.latex) & \\text{else} \\end{cases}"
        }
    }

    private func latex(above floor: Precedence) -> String {
        precedence > floor ? latex : "\\left(\(latex)\\right)"
    }

    /// A fraction needs no parentheses in a product, but does as the base of a power.
    private var latexBase: String {
        if case .quotient = self { return "\\left(\(latex)\\right)" }
        return latex(above: .power)
    }
}

extension Symbol {
    var latex: String {
        switch self {
        case .x: "x"
        case .h: "h"
        case .parameter(let parameter) where parameter.name == "alpha": "\\alpha"
        case .parameter(let parameter): "\\mathit{\(parameter.name)}"
        }
    }
}

extension Name {
    var latex: String {
        switch self {
        case .applied(let function, let mark, let argument):
            (function.count == 1 ? function : "\\operatorname{\(function)}") + mark.latex
                + "\\left(\(argument.latex)\\right)"
        case .indexed(let name, let index): "\(name)_\(index)"
        case .partial(let name, let of, let by): "D_\(by) \(name)_\(of)"
        }
    }
}

extension Name.Mark {
    var latex: String {
        switch self {
        case .none: ""
        case .prime: "'"
        case .oneSided(let side): "'_{\(side.rawValue)}"
        }
    }
}

extension Condition {
    /// The formula for LaTeX's math mode.
    public var latex: String {
        switch self {
        case .positive: "x > 0"
        case .negative: "x < 0"
        case .equalIndices: "i = j"
        case .differentIndices: "i \\ne j"
        }
    }
}
