/// A formula as a tree: written once, it determines its value and its three notations, so that they cannot disagree.
///
/// It is not a computer algebra system: it has what the derivations of activations need. Kernels never evaluate it;
/// tests do, to check that every step of a derivation has the value of the previous one.
indirect enum Expression: Sendable {
    case integer(Int)
    case symbol(Symbol)
    /// A component of the vector x: x_i.
    case component(Index)
    case negative(Expression)
    case sum(Expression, Expression)
    case difference(Expression, Expression)
    case product(Expression, Expression)
    case quotient(Expression, Expression)
    case power(Expression, Int)
    /// e^x.
    case exponential(Expression)
    /// The sum over all components, with `Index` bound.
    case total(Index, Expression)
    /// 1 if the indices are equal, else 0: the derivative of one component with respect to another.
    case delta(Index, Index)
    /// A name for `meaning`: S(x), D_j S_i.
    case named(Name, meaning: Expression)
    case derivative(Expression, by: Variable)
    /// The one-sided limit for h → 0.
    case limit(Side, Expression)
    /// One expression if the condition holds, and another otherwise.
    case piecewise(Condition, then: Expression, otherwise: Expression)
}

/// A number without an index.
enum Symbol: Equatable, Sendable {
    /// The argument.
    case x
    /// The small step of a difference quotient.
    case h
    /// A parameter that is a number.
    case parameter(Parameter)
}

/// The index of a component; `k` is the one that sums bind.
enum Index: String, Sendable {
    case i
    case j
    case k
}

/// The variables of differentiation.
enum Variable: Sendable {
    case x
    case component(Index)
}

/// The side from which a limit is approached.
enum Side: String, Sendable {
    case left = "-"
    case right = "+"
}

/// The notation of a named expression.
enum Name: Sendable {
    /// f(a), f'(a), or one of the one-sided derivatives of f at a.
    case applied(String, Mark, to: Expression)
    /// S_i.
    case indexed(String, Index)
    /// D_j S_i.
    case partial(String, of: Index, by: Index)

    enum Mark: Equatable, Sendable {
        case none
        case prime
        case oneSided(Side)
    }
}

/// The condition under which a formula holds.
public enum Condition: Equatable, Sendable {
    /// x > 0.
    case positive
    /// x < 0.
    case negative
    /// i = j.
    case equalIndices
    /// i ≠ j.
    case differentIndices
}

extension Expression: ExpressibleByIntegerLiteral {
    init(integerLiteral value: Int) { self = .integer(value) }

    static let x = Expression.symbol(.x)
    static let h = Expression.symbol(.h)

    static prefix func - (operand: Expression) -> Expression { .negative(operand) }
    static func + (left: Expression, right: Expression) -> Expression { .sum(left, right) }
    static func - (left: Expression, right: Expression) -> Expression { .difference(left, right) }
    static func * (left: Expression, right: Expression) -> Expression { .product(left, right) }
    static func / (left: Expression, right: Expression) -> Expression { .quotient(left, right) }
}
