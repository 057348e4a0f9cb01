/// The reason why an evaluation fails: an axis or index outside the shape, a length outside the function's domain, a
/// value that is not a subgradient, or cancellation.
public enum EvaluationError: Error, Equatable, Sendable {
    /// The axis is not in -rank..<rank, where a scalar counts as having rank 1.
    case axisOutOfRange(axis: Int, rank: Int)
    /// Vectors of this length are outside the function's domain, which has those of the lengths in `allowed`.
    case lengthNotAllowed(Int, allowed: String)
    /// The row is not in -count..<count.
    case rowOutOfRange(i: Int, count: Int)
    /// The column is not in -count..<count.
    case columnOutOfRange(j: Int, count: Int)
    /// The value for `at_kink` is not a subgradient at a kink.
    case notASubgradient(Double, at: Kink)
    /// The caller no longer needs the result.
    case cancelled
}

/// Selects entries of a vector activation's derivative D_j f_i.
///
/// Negative indices count from the end.
public struct DerivativeIndex: Equatable, Sendable {
    /// The row, a component of the value; nil for all.
    public var i: Int?
    /// The column, a component of the input; nil for all.
    public var j: Int?

    /// Selects the entries of row `i` and of column `j`, or the whole matrix if both are nil.
    public init(i: Int? = nil, j: Int? = nil) {
        self.i = i
        self.j = j
    }

    /// Returns both indices counted from the start, for Jacobians of that size.
    func resolved(rowCount: Int, columnCount: Int) throws(EvaluationError) -> DerivativeIndex {
        if let i, !(-rowCount..<rowCount).contains(i) { throw .rowOutOfRange(i: i, count: rowCount) }
        if let j, !(-columnCount..<columnCount).contains(j) { throw .columnOutOfRange(j: j, count: columnCount) }
        return DerivativeIndex(
            i: i.map { $0 < 0 ? $0 + rowCount : $0 }, j: j.map { $0 < 0 ? $0 + columnCount : $0 })
    }
}
