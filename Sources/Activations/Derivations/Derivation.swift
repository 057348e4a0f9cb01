/// A chain of equal formulas from a definition to a result.
///
/// An example is S'(x) = d/dx (1 / (1 + exp(-x))), and so on to S(x) (1 - S(x)).
public struct Derivation: Sendable {
    /// The quantity whose value the chain's formulas have.
    public enum Subject: String, Sendable {
        /// The function itself.
        case value
        /// The derivative.
        case derivative
        /// The derivative from the left at a kink.
        case leftDerivative = "left_derivative"
        /// The derivative from the right at a kink.
        case rightDerivative = "right_derivative"
    }

    /// The subject of the chain.
    public let subject: Subject
    /// The title in a few words: `Derivative, by the quotient rule`.
    public let title: String
    /// The condition under which the chain holds, or nil for every point.
    public let condition: Condition?
    /// At least two steps, all with the same value if the condition holds.
    public let steps: [DerivationStep]
    /// The consequence in a sentence, or nil if the last step says all.
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

    /// Returns whether the chain holds at this point.
    public func holds(at point: DerivationPoint) -> Bool {
        condition.map { $0.holds(at: Bindings(point: point)) } ?? true
    }
}

/// One formula of a derivation, in three notations, and the reason why it equals the previous one.
public struct DerivationStep: Sendable {
    let expression: Expression
    /// The reason in a few words: `the quotient rule`; empty for the first step, the subject of the derivation.
    public let reason: String

    init(_ expression: Expression, _ reason: String = "") {
        self.expression = expression
        self.reason = reason
    }

    /// The formula for LaTeX's math mode.
    public var latex: String { expression.latex }
    /// The formula for a line of text: `S(x) (1 - S(x))`.
    public var plainText: String { expression.plainText }
    /// The formula as the content of a MathML element.
    public var mathML: String { expression.mathML }

    /// Returns the formula's value, computed as it is written; derivatives in it are taken by the rules of calculus.
    ///
    /// - Precondition: `point.i` and `point.j` are indices of `point.x`.
    public func value(at point: DerivationPoint) -> Double { expression.value(at: Bindings(point: point)) }
}
