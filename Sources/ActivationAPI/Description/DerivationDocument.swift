import Activations

/// Derivations as data: each formula as plain text, as LaTeX, and as the content of a MathML element.
enum DerivationDocument {
    static func all(of activation: RegisteredActivation) -> Document {
        .array(activation.type.derivations.map(derivation))
    }

    private static func derivation(_ derivation: Derivation) -> Document {
        .members([
            "subject": .string(derivation.subject.rawValue),
            "title": .string(derivation.title),
            "where": derivation.condition.map { formula($0.plainText, $0.latex, $0.mathML) },
            "steps": .array(
                derivation.steps.map { step in
                    formula(step.plainText, step.latex, step.mathML, reason: step.reason.isEmpty ? nil : step.reason)
                }),
            "conclusion": derivation.conclusion.map { .string($0) },
        ])
    }

    private static func formula(
        _ plainText: String, _ latex: String, _ mathML: String, reason: String? = nil
    ) -> Document {
        .members([
            "text": .string(plainText),
            "latex": .string(latex),
            "mathml": .string(mathML),
            "reason": reason.map { .string($0) },
        ])
    }
}
