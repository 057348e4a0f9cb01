/// Why an evaluation cannot be made: an index that the input's shape does not have, a value that is no subgradient, or
/// that it has been cancelled.
public enum EvaluationError: Error, Equatable, Sendable {
    /// The axis is not in -rank..<rank, where a scalar's rank counts as 1.
    case axisOutOfRange(axis: Int, rank: Int)
    /// The function has no vectors of this length in its domain, but those of the lengths in `allowed`.
    case lengthNotAllowed(Int, allowed: String)
    /// The row is not in -count..<count.
    case rowOutOfRange(i: Int, count: Int)
    /// The column is not in -count..<count.
    case columnOutOfRange(j: Int, count: Int)
    /// The value for `at_kink` lies outside the subgradients at a kink.
    case notASubgradient(Double, at: Kink)
    /// The caller has said that the result is not wanted any more.
    case cancelled
}

/// Which entries of a vector activation's derivative D_j f_i are asked for.
///
/// Negative indices count from the end.
public struct DerivativeIndex: Equatable, Sendable {
    /// The row: which component of the value; nil for all.
    public var i: Int?
    /// The column: by which component of the input; nil for all.
    public var j: Int?

    /// The entries of row `i` and of column `j`; the whole matrix where neither is given.
    public init(i: Int? = nil, j: Int? = nil) {
        self.i = i
        self.j = j
    }

    /// Both indices counted from the start, for Jacobians of that size.
    func resolved(rowCount: Int, columnCount: Int) throws(EvaluationError) -> DerivativeIndex {
        if let i, !(-rowCount..<rowCount).contains(i) { throw .rowOutOfRange(i: i, count: rowCount) }
        if let j, !(-columnCount..<columnCount).contains(j) { throw .columnOutOfRange(j: j, count: columnCount) }
        return DerivativeIndex(
            i: i.map { $0 < 0 ? $0 + rowCount : $0 }, j: j.map { $0 < 0 ? $0 + columnCount : $0 })
    }
}
