extension Evaluation {
    /// The whole output, and the positions of its undefined elements (which hold NaN) in ascending order.
    @specialized(where Element == Double)
    @specialized(where Element == Float)
    public func result() -> (output: Tensor<Element>, undefined: [Int]) {
        var elements = [Element](repeating: 0, count: count)
        var undefined: [Int] = []
        var span = elements.mutableSpan
        write(0..<count, into: &span, undefined: &undefined)
        return (Tensor(shape: shape, elements: elements), undefined.sorted())
    }

    /// The values of an element-wise function, of which nothing can be wrong.
    @specialized(where Element == Double)
    @specialized(where Element == Float)
    static func values(of activation: any ElementwiseActivation, at input: Tensor<Element>) -> Tensor<Element> {
        // The same function at the current vector width is element-wise as well.
        let function = VectorWidth.current.variant(of: activation) as? any ElementwiseActivation ?? activation
        var elements = input.elements
        var span = elements.mutableSpan
        Element.forward(function, input.elements.span, into: &span)
        return Tensor(shape: input.shape, elements: elements)
    }
}

/// Whole tensors in one call.
///
/// Where a derivative is undefined the answer is NaN; ``Evaluation`` tells the two apart.
extension ElementwiseActivation {
    /// f(x) for each element.
    ///
    ///     let y = Sigmoid().forward(Tensor([-1.0, 0, 1]))
    public func forward<Element>(_ input: Tensor<Element>) -> Tensor<Element> {
        Evaluation.values(of: self, at: input)
    }

    /// f'(x) for each element, and at a kink what `atKink` says.
    ///
    ///     let slopes = try LeakyReLU(alpha: 0.2).derivative(Tensor([-1.0, 0, 1]), atKink: .right)
    ///
    /// - Throws: `EvaluationError.notASubgradient`.
    public func derivative<Element>(
        _ input: Tensor<Element>, atKink: KinkPolicy = .undefined
    ) throws(EvaluationError) -> Tensor<Element> {
        try Evaluation(.derivative, of: self, input: input, atKink: atKink).result().output
    }

    /// ∂y_i/∂x_j along `axis`, a diagonal matrix; the other axes are a batch.
    ///
    /// Shape: theirs, then (i, j).
    ///
    /// - Throws: `EvaluationError.notASubgradient`, `.axisOutOfRange`.
    public func jacobian<Element>(
        _ input: Tensor<Element>, axis: Int = -1, atKink: KinkPolicy = .undefined
    ) throws(EvaluationError) -> Tensor<Element> {
        try Evaluation(.jacobian, of: self, input: input, axis: axis, atKink: atKink).result().output
    }
}

extension VectorActivation {
    /// f along `axis`.
    ///
    ///     let probabilities = try Softmax().forward(Tensor([1.0, 2, 3]))
    ///
    /// - Throws: `EvaluationError.axisOutOfRange`.
    public func forward<Element>(
        _ input: Tensor<Element>, axis: Int = -1
    ) throws(EvaluationError) -> Tensor<Element> {
        try Evaluation(.forward, of: self, input: input, axis: axis).result().output
    }

    /// ∂y_i/∂x_j along `axis`; the other axes are a batch.
    ///
    /// Shape: theirs, then (i, j).
    ///
    ///     let matrix = try Softmax().jacobian(Tensor([1.0, 2, 3]))
    ///
    /// - Throws: `EvaluationError.axisOutOfRange`.
    public func jacobian<Element>(
        _ input: Tensor<Element>, axis: Int = -1
    ) throws(EvaluationError) -> Tensor<Element> {
        try Evaluation(.jacobian, of: self, input: input, axis: axis).result().output
    }

    /// D_j f_i along `axis`: an entry, row i, column j, or the whole matrix where `index` names neither.
    ///
    /// - Throws: `EvaluationError.axisOutOfRange`, `.rowOutOfRange`, `.columnOutOfRange`.
    public func derivative<Element>(
        _ input: Tensor<Element>, axis: Int = -1, index: DerivativeIndex = DerivativeIndex()
    ) throws(EvaluationError) -> Tensor<Element> {
        try Evaluation(.derivative, of: self, input: input, axis: axis, index: index).result().output
    }
}
