extension Softmax: DerivedActivation {
    public static var derivations: [Derivation] {
        [
            Derivation(
                .value, "Definition", [DerivationStep(value(.i)), DerivationStep(quotient(.i), "by definition")]),
            Derivation(
                .derivative, "Derivative by the same component", where: .equalIndices,
                opening + [
                    DerivationStep(
                        (e(.i) * total - e(.i) * e(.j)) / .power(total, 2),
                        "i = j: both derivatives are the exponential itself"),
                    DerivationStep(e(.i) * (total - e(.j)) / .power(total, 2), "the common factor"),
                    DerivationStep(quotient(.i) * ((total - e(.j)) / total), "split into two factors"),
                    DerivationStep(quotient(.i) * (1 - quotient(.j)), "the second fraction divided out"),
                    DerivationStep(value(.i) * (1 - value(.j)), "the definition of S, twice"),
                ]),
            Derivation(
                .derivative, "Derivative by another component", where: .differentIndices,
                opening + [
                    DerivationStep(
                        (0 * total - e(.i) * e(.j)) / .power(total, 2),
                        "i and j differ: x_j is not in the numerator"),
                    DerivationStep(-(quotient(.j) * quotient(.i)), "split into two factors"),
                    DerivationStep(-(value(.j) * value(.i)), "the definition of S, twice"),
                ]),
        ]
    }

    private static func e(_ index: Index) -> Expression { .exponential(.component(index)) }

    private static var total: Expression { .total(.k, e(.k)) }

    private static func quotient(_ index: Index) -> Expression { e(index) / total }

    private static func value(_ index: Index) -> Expression { .named(.indexed("S", index), meaning: quotient(index)) }

    /// The first steps of both cases.
    private static var opening: [DerivationStep] {
        let derivative = Expression.derivative(quotient(.i), by: .component(.j))
        return [
            DerivationStep(.named(.partial("S", of: .i, by: .j), meaning: derivative)),
            DerivationStep(derivative, "the definition of S"),
            DerivationStep(
                (.derivative(e(.i), by: .component(.j)) * total - e(.i) * .derivative(total, by: .component(.j)))
                    / .power(total, 2), "the quotient rule"),
        ]
    }
}
