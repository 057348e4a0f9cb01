/// What can be computed of an activation.
///
/// A closed set: code switches over it without `default`.
public enum Operation: String, CaseIterable, Sendable {
    case forward
    case derivative
    case jacobian
}

/// The floating-point format in which a computation's input and output are held.
public enum DType: String, CaseIterable, Sendable {
    case float64
    case float32
}
