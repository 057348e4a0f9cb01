/// A point where a function is continuous but its left and right derivatives differ, so that it has no derivative.
public struct Kink: Equatable, Sendable {
    /// Where it is.
    ///
    /// Both zeros, 0 and -0, are the kink at 0.
    public let location: Double
    /// The limit of the difference quotient from below.
    public let leftDerivative: Double
    /// The limit of the difference quotient from above.
    public let rightDerivative: Double

    /// A kink there, with those one-sided derivatives.
    public init(location: Double, leftDerivative: Double, rightDerivative: Double) {
        self.location = location
        self.leftDerivative = leftDerivative
        self.rightDerivative = rightDerivative
    }

    /// The subgradients: every number between the one-sided derivatives, both included.
    public var subgradients: ClosedRange<Double> {
        min(leftDerivative, rightDerivative)...max(leftDerivative, rightDerivative)
    }
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
