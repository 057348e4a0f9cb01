extension Tanh: DerivedActivation {
    public static var derivations: [Derivation] {
        let up = Expression.exponential(.x)
        let down = Expression.exponential(-.x)
        let sinh = Expression.named(.applied("sinh", .none, to: .x), meaning: (up - down) / 2)
        let cosh = Expression.named(.applied("cosh", .none, to: .x), meaning: (up + down) / 2)
        let definition = sinh / cosh
        let value = Expression.named(.applied("tanh", .none, to: .x), meaning: definition)
        let derivative = Expression.derivative(definition, by: .x)
        let square = Expression.power(cosh, 2)
        return [
            Derivation(
                .value, "Definition",
                [
                    DerivationStep(value),
                    DerivationStep(definition, "by definition"),
                    DerivationStep(((up - down) / 2) / ((up + down) / 2), "the definitions of sinh and cosh"),
                    DerivationStep((up - down) / (up + down), "both halves cancel"),
                ]),
            Derivation(
                .derivative, "Derivative, by sinh and cosh",
                [
                    DerivationStep(.named(.applied("tanh", .prime, to: .x), meaning: derivative)),
                    DerivationStep(derivative, "the definition of tanh"),
                    DerivationStep(
                        (.derivative(sinh, by: .x) * cosh - sinh * .derivative(cosh, by: .x)) / square,
                        "the quotient rule"),
                    DerivationStep(
                        (cosh * cosh - sinh * sinh) / square, "sinh and cosh are each other's derivative"),
                    DerivationStep(1 - .power(sinh, 2) / square, "split into two fractions"),
                    DerivationStep(1 - .power(definition, 2), "one square for both"),
                    DerivationStep(1 - .power(value, 2), "the definition of tanh"),
                ]),
        ]
    }
}
