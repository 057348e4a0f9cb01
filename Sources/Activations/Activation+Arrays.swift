/// Overloads for literals and arrays in place of tensors.
///
/// The elements of a literal are float64, and arrays may be nested: `forward([[1.0, 2], [3, 4]])`. An array of numbers
/// is a vector of its own type.
extension ElementwiseActivation {
    /// Returns f(x) for each element of a literal.
    ///
    ///     let y = Sigmoid().forward([-1, 0, 1])
    public func forward(_ input: Tensor<Double>) -> Tensor<Double> { Evaluation.values(of: self, at: input) }

    /// Returns f(x) for each element of a vector.
    public func forward<Element>(_ vector: [Element]) -> Tensor<Element> { forward(Tensor<Element>(vector)) }

    /// Returns f'(x) for each element of a literal; `atKink` decides the result at a kink.
    ///
    /// - Throws: `EvaluationError.notASubgradient`.
    public func derivative(
        _ input: Tensor<Double>, atKink: KinkPolicy = .undefined
    ) throws(EvaluationError) -> Tensor<Double> {
        try Evaluation(.derivative, of: self, input: input, atKink: atKink).result().output
    }

    /// Returns f'(x) for each element of a vector; `atKink` decides the result at a kink.
    ///
    /// - Throws: `EvaluationError.notASubgradient`.
    public func derivative<Element>(
        _ vector: [Element], atKink: KinkPolicy = .undefined
    ) throws(EvaluationError) -> Tensor<Element> {
        try derivative(Tensor<Element>(vector), atKink: atKink)
    }

    /// Returns ∂y_i/∂x_j along `axis` of a literal; the other axes are a batch.
    ///
    /// - Throws: `EvaluationError.notASubgradient`, `.axisOutOfRange`.
    public func jacobian(
        _ input: Tensor<Double>, axis: Int = -1, atKink: KinkPolicy = .undefined
    ) throws(EvaluationError) -> Tensor<Double> {
        try Evaluation(.jacobian, of: self, input: input, axis: axis, atKink: atKink).result().output
    }

    /// Returns ∂y_i/∂x_j of a vector, a diagonal matrix.
    ///
    /// - Throws: `EvaluationError.notASubgradient`.
    public func jacobian<Element>(
        _ vector: [Element], atKink: KinkPolicy = .undefined
    ) throws(EvaluationError) -> Tensor<Element> {
        try jacobian(Tensor<Element>(vector), atKink: atKink)
    }
}

extension VectorActivation {
    /// Returns f along `axis` of a literal.
    ///
    ///     let probabilities = try Softmax().forward([1, 2, 3])
    ///
    /// - Throws: `EvaluationError.axisOutOfRange`.
    public func forward(_ input: Tensor<Double>, axis: Int = -1) throws(EvaluationError) -> Tensor<Double> {
        try Evaluation(.forward, of: self, input: input, axis: axis).result().output
    }

    /// Returns f of a vector; it does not throw, since the only axis is always in range.
    public func forward<Element>(_ vector: [Element]) throws(EvaluationError) -> Tensor<Element> {
        try forward(Tensor<Element>(vector))
    }

    /// Returns ∂y_i/∂x_j along `axis` of a literal; the other axes are a batch.
    ///
    /// - Throws: `EvaluationError.axisOutOfRange`.
    public func jacobian(_ input: Tensor<Double>, axis: Int = -1) throws(EvaluationError) -> Tensor<Double> {
        try Evaluation(.jacobian, of: self, input: input, axis: axis).result().output
    }

    /// Returns ∂y_i/∂x_j of a vector; it does not throw, since the only axis is always in range.
    public func jacobian<Element>(_ vector: [Element]) throws(EvaluationError) -> Tensor<Element> {
        try jacobian(Tensor<Element>(vector))
    }

    /// Returns D_j f_i along `axis` of a literal: an entry, row i, column j, or the whole matrix if `index` is empty.
    ///
    /// - Throws: `EvaluationError.axisOutOfRange`, `.rowOutOfRange`, `.columnOutOfRange`.
    public func derivative(
        _ input: Tensor<Double>, axis: Int = -1, index: DerivativeIndex = DerivativeIndex()
    ) throws(EvaluationError) -> Tensor<Double> {
        try Evaluation(.derivative, of: self, input: input, axis: axis, index: index).result().output
    }

    /// Returns D_j f_i of a vector: an entry, row i, column j, or the whole matrix if `index` is empty.
    ///
    /// - Throws: `EvaluationError.rowOutOfRange`, `.columnOutOfRange`.
    public func derivative<Element>(
        _ vector: [Element], index: DerivativeIndex = DerivativeIndex()
    ) throws(EvaluationError) -> Tensor<Element> {
        try derivative(Tensor<Element>(vector), index: index)
    }
}
