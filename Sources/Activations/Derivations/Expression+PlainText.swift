/// The notation as one line of ASCII text, like the catalogue's formulas.
extension Expression {
    var plainText: String {
        switch self {
        case .integer(let number): "\(number)"
        case .symbol(let symbol): symbol.plainText
        case .component(let index): "x_\(index)"
        case .negative(let operand): "-" + operand.plainText(above: .sum)
        case .sum(let left, let right): "\(left.plainText) + \(right.plainText)"
        case .difference(let left, let right): "\(left.plainText) - \(right.plainText(above: .sum))"
        case .product(let left, let right):
            left.plainText(above: .sum) + (Self.isJuxtaposed(left, right) ? " " : " * ")
                + right.plainText(above: right.isQuotient ? .product : .sum)
        case .quotient(let left, let right):
            "\(left.plainText(above: .sum)) / \(right.plainText(above: .product))"
        case .power(let base, let exponent): "\(base.plainText(above: .power))^\(exponent)"
        case .exponential(let exponent): "exp(\(exponent.plainText))"
        case .total(let index, let term): "sum_\(index) \(term.plainText(above: .sum))"
        case .delta(let left, let right): "delta_\(left)\(right)"
        case .named(let name, _): name.plainText
        case .derivative(let operand, .x): "d/dx \(operand.plainText(above: .product))"
        case .derivative(let operand, .component(let index)): "d/dx_\(index) \(operand.plainText(above: .product))"
        case .limit(let side, let operand): "lim_{h -> 0\(side.rawValue)} \(operand.plainText(above: .product))"
        case .piecewise(let condition, let then, let otherwise):
            "\(then.plainText) if \(condition.plainText), else \(otherwise.plainText)"
        }
    }

    private func plainText(above floor: Precedence) -> String {
        plainPrecedence > floor ? plainText : "(\(plainText))"
    }

    private var isQuotient: Bool {
        if case .quotient = self { return true }
        return false
    }
}

extension Symbol {
    var plainText: String {
        switch self {
        case .x: "x"
        case .h: "h"
        case .parameter(let parameter): parameter.name
        }
    }
}

extension Name {
    var plainText: String {
        switch self {
        case .applied(let function, let mark, let argument): "\(function)\(mark.plainText)(\(argument.plainText))"
        case .indexed(let name, let index): "\(name)_\(index)"
        case .partial(let name, let of, let by): "D_\(by) \(name)_\(of)"
        }
    }
}

extension Name.Mark {
    var plainText: String {
        switch self {
        case .none: ""
        case .prime: "'"
        case .oneSided(let side): "'_\(side.rawValue)"
        }
    }
}

extension Condition {
    /// The formula for a line of text: `x > 0`.
    public var plainText: String {
        switch self {
        case .positive: "x > 0"
        case .negative: "x < 0"
        case .equalIndices: "i = j"
        case .differentIndices: "i != j"
        }
    }
}
