/// An operation of an activation on a tensor, whose output can be read in any order, in pieces, from several threads.
///
/// All errors are found on creation. The output of a Jacobian or of an element-wise function is computed as it is read
/// and never stored whole, and so are a vector function's values of short rows. A vector function's other values, and a
/// row, a column or an entry of its derivative, are computed on creation and kept.
public struct Evaluation<Element: TensorElement>: Sendable {
    /// The shape of the output.
    public let shape: [Int]
    /// The number of elements of the output.
    public let count: Int

    private let input: Tensor<Element>
    private let plan: Plan

    /// The way the output is computed.
    private enum Plan: Sendable {
        case values(any ElementwiseActivation)
        case derivatives(any ElementwiseActivation, KinkAnswers<Element>)
        case diagonals(DiagonalJacobian<Element>)
        case computed([Element])
        case rows(any VectorActivation, VectorSlices<Element>)
        case jacobians(FullJacobian<Element>)
    }

    /// - Parameters:
    ///   - operation: What to compute.
    ///   - activation: The function, with its parameters.
    ///   - input: The arguments.
    ///   - axis: The axis of the vectors, for a vector activation and for any Jacobian; in -rank..<rank. A scalar is
    ///     taken as a vector of one, so that 0 and -1 are valid.
    ///   - atKink: The result at points where an element-wise function has no derivative.
    ///   - index: The entries of a vector activation's derivative to compute.
    ///   - vectorWidth: The vector instructions to use; they must be available.
    ///   - isCancelled: Called after each 65,536 numbers or each vector, whichever is more; if it returns true,
    ///     ``EvaluationError/cancelled`` is thrown.
    /// - Throws: ``EvaluationError`` if the axis, the length of the vectors, an index or the subgradient is not valid,
    ///   or if the evaluation is cancelled.
    @specialized(where Element == Double)
    @specialized(where Element == Float)
    public init(
        _ operation: Operation, of activation: any Activation, input: Tensor<Element>, axis: Int = -1,
        atKink: KinkPolicy = .undefined, index: DerivativeIndex = DerivativeIndex(),
        vectorWidth: VectorWidth = .current, isCancelled: () -> Bool = { false }
    ) throws(EvaluationError) {
        shape = try Self.outputShape(
            operation, of: type(of: activation), inputShape: input.shape, axis: axis, index: index)
        count = Tensor<Element>.elementCount(ofShape: shape)
        self.input = input
        switch vectorWidth.variant(of: activation).form {
        case .elementwise(let function):
            plan = try Self.plan(operation, of: function, input: input, axis: axis, atKink: atKink)
        case .vector(let function):
            plan = try Self.plan(operation, of: function, input: input, axis: axis, index: index, isCancelled)
        }
    }

    private static func plan(
        _ operation: Operation, of function: any ElementwiseActivation, input: Tensor<Element>, axis: Int,
        atKink: KinkPolicy
    ) throws(EvaluationError) -> Plan {
        switch operation {
        case .forward: return .values(function)
        case .derivative: return .derivatives(function, try KinkAnswers(atKink, kinks: function.kinks))
        case .jacobian:
            let kinks = try KinkAnswers<Element>(atKink, kinks: function.kinks)
            let geometry = try SliceGeometry(shape: input.shape, axis: axis, of: type(of: function))
            return .diagonals(DiagonalJacobian(activation: function, geometry: geometry, kinks: kinks))
        }
    }

    private static func plan(
        _ operation: Operation, of function: any VectorActivation, input: Tensor<Element>, axis: Int,
        index: DerivativeIndex, _ isCancelled: () -> Bool
    ) throws(EvaluationError) -> Plan {
        let geometry = try SliceGeometry(shape: input.shape, axis: axis, of: type(of: function))
        let slices = VectorSlices(input: input, geometry: geometry)
        switch operation {
        case .forward where geometry.hasShortRows: return .rows(function, slices)
        case .forward: return .computed(try slices.forward(function, isCancelled))
        case .derivative where index != DerivativeIndex():
            let index = try index.resolved(rowCount: geometry.outputLength, columnCount: geometry.length)
            return .computed(try slices.derivative(function, at: index, isCancelled))
        case .derivative, .jacobian: return .jacobians(try FullJacobian(function, slices: slices, isCancelled))
        }
    }

    /// Returns the shape of the output, without computing anything.
    ///
    /// The output may be far larger than memory; `Tensor.elementCount(ofShape:)` returns its size.
    ///
    /// - Throws: ``EvaluationError`` if the axis, the length of the vectors or an index is not valid.
    public static func outputShape(
        _ operation: Operation, of activation: any Activation.Type, inputShape: [Int], axis: Int = -1,
        index: DerivativeIndex = DerivativeIndex()
    ) throws(EvaluationError) -> [Int] {
        if !activation.isVectorFunction, !operation.appliesAlongAxis { return inputShape }
        let geometry = try SliceGeometry(shape: inputShape, axis: axis, of: activation)
        let (rowCount, columnCount) = (geometry.outputLength, geometry.length)
        let matrix: [Int]
        switch operation {
        case .forward: return geometry.outputShape
        case .derivative:
            let chosen = try index.resolved(rowCount: rowCount, columnCount: columnCount)
            matrix = (chosen.i == nil ? [rowCount] : []) + (chosen.j == nil ? [columnCount] : [])
        case .jacobian: matrix = [rowCount, columnCount]
        }
        return inputShape.isEmpty ? [] : geometry.batchShape + matrix
    }

    /// Writes the output's elements `range` (in row-major order), and appends to `undefined` the positions in `output`
    /// at which the value is mathematically undefined (and `output` is NaN).
    ///
    /// It may be called on any thread at any time; the same range always gives the same numbers.
    ///
    /// - Precondition: `range` is within `0..<count`, and `output` is as long as it.
    @specialized(where Element == Double)
    @specialized(where Element == Float)
    public func write(_ range: Range<Int>, into output: inout MutableSpan<Element>, undefined: inout [Int]) {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "The range is outside the output.")
        precondition(output.count == range.count, "The output and the range differ in length.")
        switch plan {
        case .values(let function):
            Element.forward(function, input.elements.span.extracting(range), into: &output)
        case .derivatives(let function, let kinks):
            let source = input.elements.span.extracting(range)
            Element.derivative(function, source, into: &output)
            kinks.apply(to: source, output: &output, undefined: &undefined) { $0 }
        case .diagonals(let jacobian):
            jacobian.write(range, input: input.elements.span, into: &output, undefined: &undefined)
        case .computed(let elements):
            let source = elements.span.extracting(range)
            for index in source.indices { output[index] = source[index] }
        case .rows(let function, let slices):
            slices.writeRows(range, of: function, into: &output)
        case .jacobians(let jacobian):
            jacobian.write(range, into: &output)
        }
    }
}
