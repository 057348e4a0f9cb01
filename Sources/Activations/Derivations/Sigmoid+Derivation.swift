extension Sigmoid: DerivedActivation {
    public static var derivations: [Derivation] {
        let e = Expression.exponential(-.x)
        let definition: Expression = 1 / (1 + e)
        let value = Expression.named(.applied("S", .none, to: .x), meaning: definition)
        let derivative = Expression.derivative(definition, by: .x)
        return [
            Derivation(.value, "Definition", [DerivationStep(value), DerivationStep(definition, "by definition")]),
            Derivation(
                .derivative, "Derivative, by the quotient rule",
                [
                    DerivationStep(.named(.applied("S", .prime, to: .x), meaning: derivative)),
                    DerivationStep(derivative, "the definition of S"),
                    DerivationStep(
                        (.derivative(1, by: .x) * (1 + e) - 1 * .derivative(1 + e, by: .x)) / .power(1 + e, 2),
                        "the quotient rule"),
                    DerivationStep(
                        (0 * (1 + e) - 1 * -e) / .power(1 + e, 2), "the chain rule: exp(-x) becomes -exp(-x)"),
                    DerivationStep(e / .power(1 + e, 2), "simplified"),
                    DerivationStep(definition * (e / (1 + e)), "split into two factors"),
                    DerivationStep(definition * ((1 + e - 1) / (1 + e)), "1 added and taken away"),
                    DerivationStep(definition * (1 - definition), "the second fraction divided out"),
                    DerivationStep(value * (1 - value), "the definition of S, twice"),
                ]),
        ]
    }
}
