/// What can be computed of an activation.
///
/// A closed set: code switches over it without `default`.
public enum Operation: String, CaseIterable, Sendable {
    /// f(x).
    case forward
    /// f'(x) for each element; for a vector function the entries of its Jacobian.
    case derivative
    /// The matrix ∂y_i/∂x_j.
    case jacobian

    /// Whether its output is undefined where a derivative does not exist.
    public var dependsOnDerivative: Bool {
        switch self {
        case .forward: false
        case .derivative, .jacobian: true
        }
    }

    /// Whether it takes vectors along an axis, also of an element-wise function.
    public var isOfSlices: Bool {
        switch self {
        case .forward, .derivative: false
        case .jacobian: true
        }
    }

    /// Whether a request can choose entries of its output, a row or a column, of a function of vectors.
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
