import Glibc

/// The values at which a derivation is evaluated.
public struct DerivationPoint: Sendable {
    /// The vector x; for a function of one number it has one component.
    public var x: [Double]
    /// The index of the differentiated component, from 0.
    public var i: Int
    /// The index of the component that it is differentiated with respect to, from 0.
    public var j: Int
    /// The activation's parameters.
    public var parameters: ParameterValues

    /// Creates the point `x`, with the indices of its components.
    public init(x: [Double], i: Int = 0, j: Int = 0, parameters: ParameterValues = ParameterValues()) {
        self.x = x
        self.i = i
        self.j = j
        self.parameters = parameters
    }
}

/// The values of an expression's free and bound variables.
struct Bindings {
    let point: DerivationPoint
    var h = 0.0
    var k = 0

    subscript(index: Index) -> Int {
        switch index {
        case .i: point.i
        case .j: point.j
        case .k: k
        }
    }
}

extension Condition {
    func holds(at bindings: Bindings) -> Bool {
        switch self {
        case .positive: bindings.point.x[0] > 0
        case .negative: bindings.point.x[0] < 0
        case .equalIndices: bindings.point.i == bindings.point.j
        case .differentIndices: bindings.point.i != bindings.point.j
        }
    }
}

extension Expression {
    /// Returns the value in plain floating point, computed as the formula is written.
    func value(at bindings: Bindings) -> Double {
        switch self {
        case .integer(let number): Double(number)
        case .symbol(.x): bindings.point.x[0]
        case .symbol(.h): bindings.h
        case .symbol(.parameter(let parameter)): bindings.point.parameters.number(parameter)
        case .component(let index): bindings.point.x[bindings[index]]
        case .negative(let operand): -operand.value(at: bindings)
        case .sum(let left, let right): left.value(at: bindings) + right.value(at: bindings)
        case .difference(let left, let right): left.value(at: bindings) - right.value(at: bindings)
        case .product(let left, let right): left.value(at: bindings) * right.value(at: bindings)
        case .quotient(let left, let right): left.value(at: bindings) / right.value(at: bindings)
        case .power(let base, let exponent): pow(base.value(at: bindings), Double(exponent))
        case .exponential(let exponent): exp(exponent.value(at: bindings))
        case .total(_, let term): Self.total(term, bindings)
        case .delta(let left, let right): bindings[left] == bindings[right] ? 1 : 0
        case .named(_, let meaning): meaning.value(at: bindings)
        case .derivative(let operand, let variable): operand.differentiated(by: variable).value(at: bindings)
        case .limit(let side, let operand): Self.limit(side, operand, bindings)
        case .piecewise(let condition, let then, let otherwise):
            (condition.holds(at: bindings) ? then : otherwise).value(at: bindings)
        }
    }

    private static func total(_ term: Expression, _ bindings: Bindings) -> Double {
        var bindings = bindings
        return bindings.point.x.indices.reduce(0) { sum, k in
            bindings.k = k
            return sum + term.value(at: bindings)
        }
    }

    /// Returns the value at a step that is a small power of two.
    ///
    /// For straight lines, the only operands of limits here, this is exactly the limit.
    private static func limit(_ side: Side, _ operand: Expression, _ bindings: Bindings) -> Double {
        var bindings = bindings
        bindings.h = side == .left ? -0x1p-32 : 0x1p-32
        return operand.value(at: bindings)
    }

    /// Returns the derivative by the rules of calculus, independently of any step of a derivation.
    func differentiated(by variable: Variable) -> Expression {
        func d(_ operand: Expression) -> Expression { operand.differentiated(by: variable) }
        switch (self, variable) {
        case (.symbol(.x), .x): return 1
        case (.integer, _), (.symbol, _), (.delta, _), (.component, .x): return 0
        case (.component(let index), .component(let other)): return .delta(index, other)
        case (.negative(let operand), _): return -d(operand)
        case (.sum(let left, let right), _): return d(left) + d(right)
        case (.difference(let left, let right), _): return d(left) - d(right)
        case (.product(let left, let right), _): return d(left) * right + left * d(right)
        case (.quotient(let left, let right), _):
            return (d(left) * right - left * d(right)) / .power(right, 2)
        case (.power(let base, let exponent), _):
            return .integer(exponent) * .power(base, exponent - 1) * d(base)
        case (.exponential(let exponent), _): return self * d(exponent)
        case (.total(let index, let term), _): return .total(index, d(term))
        case (.named(_, let meaning), _): return d(meaning)
        case (.derivative(let operand, let inner), _): return d(operand.differentiated(by: inner))
        case (.limit(let side, let operand), _): return .limit(side, d(operand))
        case (.piecewise(let condition, let then, let otherwise), _):
            return .piecewise(condition, then: d(then), otherwise: d(otherwise))
        }
    }
}
