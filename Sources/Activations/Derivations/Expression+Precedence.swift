/// How tightly an expression binds: an operand that binds less than its place asks for is put in parentheses.
enum Precedence: Int, Comparable {
    case sum
    case product
    case power
    case atom

    static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }
}

extension Expression {
    /// In a notation in which a quotient is a fraction with a bar and e^x has a raised exponent (LaTeX, MathML).
    var precedence: Precedence {
        switch self {
        case .negative, .sum, .difference, .total, .limit: .sum
        case .product, .derivative: .product
        case .power, .exponential: .power
        case .quotient, .integer, .symbol, .component, .delta, .named, .piecewise: .atom
        }
    }

    /// In plain text, where a quotient is written in the line, `a / b`, and e^x as a call, `exp(x)`.
    var plainPrecedence: Precedence {
        switch self {
        case .quotient: .product
        case .exponential: .atom
        default: precedence
        }
    }

    /// Whether a product is written without a sign: `S_j S_i`, `S(x) (1 - S(x))`.
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
