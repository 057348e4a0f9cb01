import Exact

/// The values for an exact evaluation of an expression: a ``DerivationPoint`` whose numbers are rational.
struct ExactBindings {
    let x: [Rational]
    let i: Int
    let j: Int
    let parameters: ParameterValues
    /// The step of a limit.
    var h = Rational.zero
    var k = 0

    init(_ point: DerivationPoint) {
        x = point.x.map { Rational($0) }
        i = point.i
        j = point.j
        parameters = point.parameters
    }

    subscript(index: Index) -> Int {
        switch index {
        case .i: i
        case .j: j
        case .k: k
        }
    }
}

extension DerivationStep {
    /// Returns the formula's exact value at a point whose numbers are finite: a rational number plus a tail.
    ///
    /// - Returns: The value, or nil if the precision does not suffice for one of the operations.
    /// - Precondition: `point.i` and `point.j` are indices of `point.x`.
    func exactValue(at point: DerivationPoint, in arithmetic: BallArithmetic) throws(EvaluationCancelled) -> Real? {
        try expression.exactValue(at: ExactBindings(point), in: arithmetic)
    }
}

extension Expression {
    /// Returns the exact value: a rational number plus a tail, known to the precision of the arithmetic.
    func exactValue(at bindings: ExactBindings, in arithmetic: BallArithmetic) throws(EvaluationCancelled) -> Real? {
        func value(_ operand: Expression) throws(EvaluationCancelled) -> Real? {
            try operand.exactValue(at: bindings, in: arithmetic)
        }
        func value(
            _ left: Expression, _ right: Expression, _ combine: (Real, Real) throws(EvaluationCancelled) -> Real?
        ) throws(EvaluationCancelled) -> Real? {
            guard let left = try value(left), let right = try value(right) else { return nil }
            return try combine(left, right)
        }
        switch self {
        case .integer(let number): return Real(number)
        case .symbol(.x): return Real(bindings.x[0])
        case .symbol(.parameter(let parameter)): return Real(Rational(bindings.parameters.number(parameter)))
        case .component(let index): return Real(bindings.x[bindings[index]])
        case .negative(let operand): return try value(operand).map { -$0 }
        case .sum(let left, let right): return try value(left, right, arithmetic.sum)
        case .difference(let left, let right): return try value(left, right, arithmetic.difference)
        case .product(let left, let right): return try value(left, right, arithmetic.product)
        case .quotient(let left, let right): return try value(left, right, arithmetic.quotient)
        case .power(let base, let exponent):
            guard let base = try value(base) else { return nil }
            return try arithmetic.power(base, exponent)
        case .exponential(let exponent):
            guard let exponent = try value(exponent) else { return nil }
            return try arithmetic.exponential(exponent)
        case .total(_, let term): return try Self.exactTotal(term, bindings, arithmetic)
        case .delta(let left, let right): return Real(bindings[left] == bindings[right] ? 1 : 0)
        case .named(_, let meaning): return try value(meaning)
        case .derivative(let operand, let variable): return try value(operand.differentiated(by: variable))
        case .piecewise(let condition, let then, let otherwise):
            return try value(condition.holds(at: bindings) ? then : otherwise)
        case .symbol(.h): return Real(bindings.h)
        case .limit(let side, let operand):
            var bindings = bindings
            bindings.h = side == .left ? -Self.limitStep : Self.limitStep
            return try operand.exactValue(at: bindings, in: arithmetic)
        }
    }

    /// A step at which a difference quotient equals its limit, since limits are only taken of straight lines.
    private static let limitStep = Rational(Dyadic(.one, exponent: -60))

    private static func exactTotal(
        _ term: Expression, _ bindings: ExactBindings, _ arithmetic: BallArithmetic
    ) throws(EvaluationCancelled) -> Real? {
        var bindings = bindings
        var total = Real.zero
        for k in bindings.x.indices {
            bindings.k = k
            guard let summand = try term.exactValue(at: bindings, in: arithmetic),
                let sum = try arithmetic.sum(total, summand)
            else { return nil }
            total = sum
        }
        return total
    }
}

extension Condition {
    fileprivate func holds(at bindings: ExactBindings) -> Bool {
        switch self {
        case .positive: bindings.x[0].sign > 0
        case .negative: bindings.x[0].sign < 0
        case .equalIndices: bindings.i == bindings.j
        case .differentIndices: bindings.i != bindings.j
        }
    }
}
