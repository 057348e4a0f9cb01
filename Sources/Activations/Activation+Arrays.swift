/// Literals and arrays in place of tensors, in one call each.
///
/// In a literal the elements are float64, and arrays may be nested: `forward([[1.0, 2], [3, 4]])`. An array of numbers
/// is a vector of its own type.
extension ElementwiseActivation {
    /// f(x) for each element of a literal.
    ///
    ///     let y = Sigmoid().forward([-1, 0, 1])
    public func forward(_ input: Tensor<Double>) -> Tensor<Double> { Evaluation.values(of: self, at: input) }

    /// f(x) for each element of a vector.
    public func forward<Element>(_ vector: [Element]) -> Tensor<Element> { forward(Tensor<Element>(vector)) }

    /// f'(x) for each element of a literal, and at a kink what `atKink` says.
    ///
    /// - Throws: `EvaluationError.notASubgradient`.
    public func derivative(
        _ input: Tensor<Double>, atKink: KinkPolicy = .undefined
    ) throws(EvaluationError) -> Tensor<Double> {
        try Evaluation(.derivative, of: self, input: input, atKink: atKink).result().output
    }

    /// f'(x) for each element of a vector, and at a kink what `atKink` says.
    ///
    /// - Throws: `EvaluationError.notASubgradient`.
    public func derivative<Element>(
        _ vector: [Element], atKink: KinkPolicy = .undefined
    ) throws(EvaluationError) -> Tensor<Element> {
        try derivative(Tensor<Element>(vector), atKink: atKink)
    }

    /// ∂y_i/∂x_j along `axis` of a literal; the other axes are a batch.
    ///
    /// - Throws: `EvaluationError.notASubgradient`, `.axisOutOfRange`.
    public func jacobian(
        _ input: Tensor<Double>, axis: Int = -1, atKink: KinkPolicy = .undefined
    ) throws(EvaluationError) -> Tensor<Double> {
        try Evaluation(.jacobian, of: self, input: input, axis: axis, atKink: atKink).result().output
    }

    /// ∂y_i/∂x_j of a vector, a diagonal matrix.
    ///
    /// - Throws: `EvaluationError.notASubgradient`.
    public func jacobian<Element>(
        _ vector: [Element], atKink: KinkPolicy = .undefined
    ) throws(EvaluationError) -> Tensor<Element> {
        try jacobian(Tensor<Element>(vector), atKink: atKink)
    }
}

extension VectorActivation {
    /// f along `axis` of a literal.
    ///
    ///     let probabilities = try Softmax().forward([1, 2, 3])
    ///
    /// - Throws: `EvaluationError.axisOutOfRange`.
    public func forward(_ input: Tensor<Double>, axis: Int = -1) throws(EvaluationError) -> Tensor<Double> {
        try Evaluation(.forward, of: self, input: input, axis: axis).result().output
    }

    /// f of a vector; the only axis is always in range, so that nothing is thrown.
    public func forward<Element>(_ vector: [Element]) throws(EvaluationError) -> Tensor<Element> {
        try forward(Tensor<Element>(vector))
    }

    /// ∂y_i/∂x_j along `axis` of a literal; the other axes are a batch.
    ///
    /// - Throws: `EvaluationError.axisOutOfRange`.
    public func jacobian(_ input: Tensor<Double>, axis: Int = -1) throws(EvaluationError) -> Tensor<Double> {
        try Evaluation(.jacobian, of: self, input: input, axis: axis).result().output
    }

    /// ∂y_i/∂x_j of a vector; the only axis is always in range, so that nothing is thrown.
    public func jacobian<Element>(_ vector: [Element]) throws(EvaluationError) -> Tensor<Element> {
        try jacobian(Tensor<Element>(vector))
    }

    /// D_j f_i along `axis` of a literal: an entry, row i, column j, or the whole matrix if `index` names neither.
    ///
    /// - Throws: `EvaluationError.axisOutOfRange`, `.rowOutOfRange`, `.columnOutOfRange`.
    public func derivative(
        _ input: Tensor<Double>, axis: Int = -1, index: DerivativeIndex = DerivativeIndex()
    ) throws(EvaluationError) -> Tensor<Double> {
        try Evaluation(.derivative, of: self, input: input, axis: axis, index: index).result().output
    }

    /// D_j f_i of a vector: an entry, row i, column j, or the whole matrix if `index` names neither.
    ///
    /// - Throws: `EvaluationError.rowOutOfRange`, `.columnOutOfRange`.
    public func derivative<Element>(
        _ vector: [Element], index: DerivativeIndex = DerivativeIndex()
    ) throws(EvaluationError) -> Tensor<Element> {
        try derivative(Tensor<Element>(vector), index: index)
    }
}
