/// Why an evaluation cannot be made: an index that the input's shape does not have.
public enum EvaluationError: Error, Equatable, Sendable {
    case axisOutOfRange(axis: Int, rank: Int)
    case rowOutOfRange(i: Int, count: Int)
    case columnOutOfRange(j: Int, count: Int)
    /// The value for `at_kink` lies outside the subgradients at a kink.
    case notASubgradient(Double, at: Kink)
}

/// Which entries of a vector activation's derivative D_j f_i are asked for. Negative indices count from the end.
public struct DerivativeIndex: Equatable, Sendable {
    public var i: Int?
    public var j: Int?

    public init(i: Int? = nil, j: Int? = nil) {
        self.i = i
        self.j = j
    }
}

/// An operation of an activation on a tensor, whose output can be read in any order, in pieces, from several threads.
///
/// Everything that can be wrong is found on creation. The output of a Jacobian or of an element-wise function is
/// computed as it is read and never held whole.
public struct Evaluation<Element: TensorElement>: Sendable {
    /// Shape of the output.
    public let shape: [Int]
    /// Number of elements of the output.
    public let count: Int

    let input: Tensor<Element>
    let plan: Plan<Element>

    /// - Parameters:
    ///   - axis: The axis of the vectors, for a vector activation and for any Jacobian; in -rank..<rank. A scalar is
    ///     taken as a vector of one, so that 0 and -1 are valid.
    ///   - atKink: What to answer where an element-wise function has no derivative.
    ///   - index: Which entries of a vector activation's derivative.
    /// - Throws: ``EvaluationError`` where an index or a subgradient is out of range.
    public init(
        _ operation: Operation, of activation: any Activation, input: Tensor<Element>, axis: Int = -1,
        atKink: KinkPolicy = .undefined, index: DerivativeIndex = DerivativeIndex()
    ) throws(EvaluationError) {
        fatalError("written next")
    }

    /// The shape of the output, without computing anything.
    ///
    /// - Throws: ``EvaluationError`` as `init` does.
    public static func outputShape(
        _ operation: Operation, of activation: any Activation.Type, inputShape: [Int], axis: Int = -1,
        index: DerivativeIndex = DerivativeIndex()
    ) throws(EvaluationError) -> [Int] {
        fatalError("written next")
    }

    /// Writes the output's elements `range` (in row-major order), and appends to `undefined` the positions in
    /// `output` at which the value is mathematically undefined (there `output` holds NaN).
    public func write(_ range: Range<Int>, into output: inout MutableSpan<Element>, undefined: inout [Int]) {
        fatalError("written next")
    }
}

struct Plan<Element: TensorElement>: Sendable {}
