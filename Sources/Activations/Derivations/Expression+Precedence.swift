/// How tightly an expression binds: an operand that binds less tightly than its position requires gets parentheses.
enum Precedence: Int, Comparable {
    case sum
    case product
    case power
    case atom

    static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }
}

extension Expression {
    /// The precedence if a quotient is a fraction with a bar and e^x has a raised exponent (LaTeX, MathML).
    var precedence: Precedence {
        switch self {
        case .negative, .sum, .difference, .total, .limit: .sum
        case .product, .derivative: .product
        case .power, .exponential: .power
        case .quotient, .integer, .symbol, .component, .delta, .named, .piecewise: .atom
        }
    }

    /// The precedence in plain text, in which a quotient is inline, `a / b`, and e^x is a call, `exp(x)`.
    var plainPrecedence: Precedence {
        switch self {
        case .quotient: .product
        case .exponential: .atom
        default: precedence
        }
    }

    /// Returns whether a product is written without a sign: `S_j S_i`, `S(x) (1 - S(x))`.
    static func isJuxtaposed(_ left: Expression, _ right: Expression) -> Bool {
        left.isUnambiguous && right.isUnambiguous
    }

    private var isUnambiguous: Bool {
        switch self {
        case .symbol, .component, .named, .sum, .difference, .delta: true
        case .product(let left, let right): Self.isJuxtaposed(left, right)
        case .integer, .negative, .quotient, .power, .exponential, .total, .derivative, .limit, .piecewise: false
        }
    }
}
