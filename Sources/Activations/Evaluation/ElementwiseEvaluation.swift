/// The values or derivatives of one element-wise function, made ready once for any number of small inputs.
///
/// For single numbers and short rows, whose evaluation takes less time than to set up an ``Evaluation``.
public struct ElementwiseEvaluation: ~Copyable, Sendable {
    private let function: any ElementwiseActivation
    private let isDerivative: Bool

    /// Nil where it is no matter of single numbers: for a vector function, a Jacobian, and for derivatives that are
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
    ///   - output: As many elements as `input`; they are overwritten.
    public func write(_ input: Span<Double>, into output: inout MutableSpan<Double>) {
        if isDerivative { function.derivative(input, into: &output) } else { function.forward(input, into: &output) }
    }
}
