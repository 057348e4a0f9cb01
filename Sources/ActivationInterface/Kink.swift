/// A point at which a function or its derivative is not differentiable, because the limits from below and above differ.
public struct Kink: Equatable, Sendable {
    /// What the limits are of that differ.
    public enum Kind: String, Sendable {
        /// Those of the function, which has no derivative there.
        case jump
        /// Those of the derivative: the function is continuous, but has no derivative there.
        case kink
        /// Those of the second derivative: only that does not exist.
        case kinkOfDerivative = "kink_of_derivative"
    }

    /// What is not differentiable.
    public let kind: Kind
    /// Where it is.
    ///
    /// Both zeros, 0 and -0, are the kink at 0.
    public let location: Double
    /// The limit of the derivative from below; of a continuous function the one-sided derivative.
    public let leftDerivative: Double
    /// The limit of the derivative from above.
    public let rightDerivative: Double

    /// A kink there, with those limits of the derivative.
    public init(location: Double, kind: Kind = .kink, leftDerivative: Double, rightDerivative: Double) {
        self.location = location
        self.kind = kind
        self.leftDerivative = leftDerivative
        self.rightDerivative = rightDerivative
    }

    /// Whether the derivative does not exist there.
    public var hasNoDerivative: Bool {
        switch kind {
        case .jump, .kink: true
        case .kinkOfDerivative: false
        }
    }

    /// The subgradients: every number between the one-sided derivatives, both included.
    public var subgradients: ClosedRange<Double> {
        min(leftDerivative, rightDerivative)...max(leftDerivative, rightDerivative)
    }

    /// Whether a number cannot be answered for the derivative there, since there is none and it is not a subgradient.
    public func refuses(_ value: Double) -> Bool { hasNoDerivative && !subgradients.contains(value) }
}

/// What to answer for a derivative at a kink.
public enum KinkPolicy: Equatable, Sendable {
    /// The truth: there is none.
    ///
    /// Such elements are listed as undefined.
    case undefined
    /// The left derivative.
    case left
    /// The right derivative.
    case right
    /// A number of the caller's; it must be a subgradient at every kink.
    case value(Double)
}
