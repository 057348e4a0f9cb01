/// A point at which a function or its derivative is not differentiable, because its limits from below and above differ.
public struct Kink: Equatable, Sendable {
    /// The function whose limits differ.
    public enum Kind: String, Sendable {
        /// The limits of the function differ, so that it has no derivative there.
        case jump
        /// The limits of the derivative differ: the function is continuous, but has no derivative there.
        case kink
        /// The limits of the second derivative differ, and only that does not exist.
        case kinkOfDerivative = "kink_of_derivative"
    }

    /// Which function's limits differ.
    public let kind: Kind
    /// The x at which the kink is.
    ///
    /// A kink at 0 is at both zeros, 0 and -0.
    public let location: Double
    /// The limit of the derivative from below; for a continuous function the one-sided derivative.
    public let leftDerivative: Double
    /// The limit of the derivative from above.
    public let rightDerivative: Double

    /// Creates a kink with these limits of the derivative.
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

    /// The subgradients: every number between the one-sided derivatives, inclusive.
    public var subgradients: ClosedRange<Double> {
        min(leftDerivative, rightDerivative)...max(leftDerivative, rightDerivative)
    }

    /// Whether `value` is not allowed as the derivative there, since no derivative exists and it is not a subgradient.
    public func excludes(_ value: Double) -> Bool { hasNoDerivative && !subgradients.contains(value) }
}

/// What to return for a derivative at a kink.
public enum KinkPolicy: Equatable, Sendable {
    /// Returns no number, since none exists.
    ///
    /// Such elements are listed as undefined.
    case undefined
    /// Returns the left derivative.
    case left
    /// Returns the right derivative.
    case right
    /// Returns a number that the caller chose, which must be a subgradient at every kink.
    case value(Double)
}
