/// The values or derivatives of one element-wise function, prepared once for any number of small inputs.
///
/// It serves single numbers and short rows, whose evaluation takes less time than setting up an ``Evaluation``.
public struct ElementwiseEvaluation: ~Copyable, Sendable {
    private let function: any ElementwiseActivation
    private let isDerivative: Bool

    /// Creates the evaluation; returns nil for a vector function, for a Jacobian, and for derivatives that are
    /// undefined at kinks.
    ///
    /// - Parameters:
    ///   - operation: What to compute.
    ///   - activation: The function.
    ///   - vectorWidth: The vector instructions to use; they must be available.
    public init?(_ operation: Operation, of activation: any Activation, vectorWidth: VectorWidth = .current) {
        guard case .elementwise(let function) = vectorWidth.variant(of: activation).form else { return nil }
        switch operation {
        case .forward: isDerivative = false
        case .derivative where !function.kinks.contains(where: \.hasNoDerivative): isDerivative = true
        case .derivative, .jacobian: return nil
        }
        self.function = function
    }

    /// Writes the function's value, or its derivative, for each element.
    ///
    /// - Parameters:
    ///   - input: The arguments.
    ///   - output: The results, as many as `input` has; they are overwritten.
    public func write(_ input: Span<Double>, into output: inout MutableSpan<Double>) {
        if isDerivative { function.derivative(input, into: &output) } else { function.forward(input, into: &output) }
    }
}
