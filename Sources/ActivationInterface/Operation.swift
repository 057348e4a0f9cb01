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
}

/// The floating-point format in which a computation's input and output are held.
public enum DType: String, CaseIterable, Sendable {
    /// IEEE 754 binary64, `Double`.
    case float64
    /// IEEE 754 binary32, `Float`.
    case float32
}
