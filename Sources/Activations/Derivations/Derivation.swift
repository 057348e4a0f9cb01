/// A chain of equal formulas that leads from a definition to a result.
///
/// Such as S'(x) = d/dx (1 / (1 + exp(-x))), and so on to S(x) (1 - S(x)).
public struct Derivation: Sendable {
    /// What the chain's formulas are the value of.
    public enum Subject: String, Sendable {
        /// The function.
        case value
        /// Its derivative.
        case derivative
        /// Its derivative from the left at a kink.
        case leftDerivative = "left_derivative"
        /// Its derivative from the right at a kink.
        case rightDerivative = "right_derivative"
    }

    /// What the chain is about.
    public let subject: Subject
    /// In a few words: `Derivative, by the quotient rule`.
    public let title: String
    /// Where the chain holds; nil for everywhere.
    public let condition: Condition?
    /// Two at least; all have the same value wherever the condition holds.
    public let steps: [DerivationStep]
    /// What follows from it, in a sentence; nil where the last step says all.
    public let conclusion: String?

    init(
        _ subject: Subject, _ title: String, where condition: Condition? = nil, _ steps: [DerivationStep],
        conclusion: String? = nil
    ) {
        self.subject = subject
        self.title = title
        self.condition = condition
        self.steps = steps
        self.conclusion = conclusion
    }

    /// Whether the chain holds at this point.
    public func holds(at point: DerivationPoint) -> Bool {
        condition.map { $0.holds(at: Bindings(point: point)) } ?? true
    }
}

/// One formula of a derivation, in three notations, together with why it equals the one before.
public struct DerivationStep: Sendable {
    let expression: Expression
    /// Why, in a few words: `the quotient rule`; empty for the first step, which is what the derivation is about.
    public let reason: String

    init(_ expression: Expression, _ reason: String = "") {
        self.expression = expression
        self.reason = reason
    }

    /// For LaTeX's math mode.
    public var latex: String { expression.latex }
    /// For a line of text: `S(x) (1 - S(x))`.
    public var plainText: String { expression.plainText }
    /// The elements inside `<math>`.
    public var mathML: String { expression.mathML }

    /// The formula's value, computed as it is written; derivatives in it are taken by the rules of calculus.
    ///
    /// - Precondition: `point.i` and `point.j` are indices of `point.x`.
    public func value(at point: DerivationPoint) -> Double { expression.value(at: Bindings(point: point)) }
}
