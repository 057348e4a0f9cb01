extension ReLU: DerivedActivation {
    public static var derivations: [Derivation] {
        RectifierDerivation(function: "relu", slopeBelow: 0, valueBelow: { _ in 0 }).derivations(
            conclusion: "The one-sided derivatives are 0 and 1. They differ, so relu has no derivative at 0.")
    }
}

extension LeakyReLU: DerivedActivation {
    public static var derivations: [Derivation] {
        let alpha = Expression.symbol(.parameter(Self.alpha))
        return RectifierDerivation(function: "f", slopeBelow: alpha, valueBelow: { alpha * $0 }).derivations(
            conclusion: "The one-sided derivatives are alpha and 1. Unless alpha = 1 they differ, "
                + "and f has no derivative at 0.")
    }
}

/// The derivations of a function that is x for x > 0 and another straight line through 0 otherwise.
private struct RectifierDerivation {
    let function: String
    let slopeBelow: Expression
    /// The function for x ≤ 0.
    let valueBelow: (Expression) -> Expression

    func derivations(conclusion: String) -> [Derivation] {
        let definition = Expression.piecewise(.positive, then: .x, otherwise: valueBelow(.x))
        return [
            Derivation(
                .value, "Definition",
                [
                    DerivationStep(.named(.applied(function, .none, to: .x), meaning: definition)),
                    DerivationStep(definition, "by definition"),
                ]),
            branch(.positive, "Derivative, right of 0", of: definition, line: .x, slope: 1),
            branch(.negative, "Derivative, left of 0", of: definition, line: valueBelow(.x), slope: slopeBelow),
            limit(.left, "At 0, from the left", value: valueBelow(.h), slope: slopeBelow),
            limit(.right, "At 0, from the right", value: .h, slope: 1, conclusion: conclusion),
        ]
    }

    private func branch(
        _ condition: Condition, _ title: String, of definition: Expression, line: Expression, slope: Expression
    ) -> Derivation {
        let derivative = Expression.derivative(definition, by: .x)
        return Derivation(
            .derivative, title, where: condition,
            [
                DerivationStep(.named(.applied(function, .prime, to: .x), meaning: derivative)),
                DerivationStep(.derivative(line, by: .x), "near such an x the function is this line"),
                DerivationStep(slope, "the slope of the line"),
            ])
    }

    private func limit(
        _ side: Side, _ title: String, value: Expression, slope: Expression, conclusion: String? = nil
    ) -> Derivation {
        let step = Expression.named(.applied(function, .none, to: 0 + .h), meaning: value)
        let zero = Expression.named(.applied(function, .none, to: 0), meaning: 0)
        let limit = Expression.limit(side, (step - zero) / .h)
        return Derivation(
            side == .left ? .leftDerivative : .rightDerivative, title,
            [
                DerivationStep(.named(.applied(function, .oneSided(side), to: 0), meaning: limit)),
                DerivationStep(limit, "the definition of a one-sided derivative"),
                DerivationStep(
                    .limit(side, (value - 0) / .h),
                    "the definition of \(function), with h \(side == .left ? "<" : ">") 0"),
                DerivationStep(.limit(side, slope), "h cancels"),
                DerivationStep(slope, "the limit of a constant"),
            ], conclusion: conclusion)
    }
}
