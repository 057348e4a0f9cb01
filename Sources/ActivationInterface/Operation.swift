/// A quantity that can be computed for an activation.
///
/// The set is closed: code switches over it without `default`.
public enum Operation: String, CaseIterable, Sendable {
    /// The value f(x).
    case forward
    /// The derivative f'(x) of each element; for a vector function the entries of its Jacobian.
    case derivative
    /// The Jacobian, the matrix ∂y_i/∂x_j.
    case jacobian

    /// Whether the output is undefined at points without a derivative.
    public var dependsOnDerivative: Bool {
        switch self {
        case .forward: false
        case .derivative, .jacobian: true
        }
    }

    /// Whether the operation is applied to vectors along an axis, even for an element-wise function.
    public var appliesAlongAxis: Bool {
        switch self {
        case .forward, .derivative: false
        case .jacobian: true
        }
    }

    /// Whether a request can select entries of the output, a row or a column, for a function of vectors.
    public var hasEntries: Bool {
        switch self {
        case .forward, .jacobian: false
        case .derivative: true
        }
    }
}

/// The floating-point format in which a computation's input and output are held.
public enum DType: String, CaseIterable, Sendable {
    /// IEEE 754 binary64, `Double`.
    case float64
    /// IEEE 754 binary32, `Float`.
    case float32
}
