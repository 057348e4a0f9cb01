extension Evaluation {
    /// Returns the whole output, and the positions of its undefined elements (which are NaN) in ascending order.
    @specialized(where Element == Double)
    @specialized(where Element == Float)
    public func result() -> (output: Tensor<Element>, undefined: [Int]) {
        var elements = [Element](repeating: 0, count: count)
        var undefined: [Int] = []
        var span = elements.mutableSpan
        write(0..<count, into: &span, undefined: &undefined)
        return (Tensor(shape: shape, elements: elements), undefined.sorted())
    }

    /// Returns the values of an element-wise function, which cannot fail.
    @specialized(where Element == Double)
    @specialized(where Element == Float)
    static func values(of activation: any ElementwiseActivation, at input: Tensor<Element>) -> Tensor<Element> {
        // The variant of a function for the current vector width is element-wise as well.
        let function = VectorWidth.current.variant(of: activation) as? any ElementwiseActivation ?? activation
        var elements = input.elements
        var span = elements.mutableSpan
        Element.forward(function, input.elements.span, into: &span)
        return Tensor(shape: input.shape, elements: elements)
    }
}

/// Evaluation of whole tensors in one call.
///
/// The result is NaN at points without a derivative; ``Evaluation`` distinguishes undefined elements from NaN.
extension ElementwiseActivation {
    /// Returns f(x) for each element.
    ///
    ///     let y = Sigmoid().forward(Tensor([-1.0, 0, 1]))
    public func forward<Element>(_ input: Tensor<Element>) -> Tensor<Element> {
        Evaluation.values(of: self, at: input)
    }

    /// Returns f'(x) for each element; `atKink` decides the result at a kink.
    ///
    ///     let slopes = try LeakyReLU(alpha: 0.2).derivative(Tensor([-1.0, 0, 1]), atKink: .right)
    ///
    /// - Throws: `EvaluationError.notASubgradient`.
    public func derivative<Element>(
        _ input: Tensor<Element>, atKink: KinkPolicy = .undefined
    ) throws(EvaluationError) -> Tensor<Element> {
        try Evaluation(.derivative, of: self, input: input, atKink: atKink).result().output
    }

    /// Returns ∂y_i/∂x_j along `axis`, a diagonal matrix; the other axes are a batch.
    ///
    /// The shape is that of the batch followed by (i, j).
    ///
    /// - Throws: `EvaluationError.notASubgradient`, `.axisOutOfRange`.
    public func jacobian<Element>(
        _ input: Tensor<Element>, axis: Int = -1, atKink: KinkPolicy = .undefined
    ) throws(EvaluationError) -> Tensor<Element> {
        try Evaluation(.jacobian, of: self, input: input, axis: axis, atKink: atKink).result().output
    }
}

extension VectorActivation {
    /// Returns f along `axis`.
    ///
    ///     let probabilities = try Softmax().forward(Tensor([1.0, 2, 3]))
    ///
    /// - Throws: `EvaluationError.axisOutOfRange`.
    public func forward<Element>(
        _ input: Tensor<Element>, axis: Int = -1
    ) throws(EvaluationError) -> Tensor<Element> {
        try Evaluation(.forward, of: self, input: input, axis: axis).result().output
    }

    /// Returns ∂y_i/∂x_j along `axis`; the other axes are a batch.
    ///
    /// The shape is that of the batch followed by (i, j).
    ///
    ///     let matrix = try Softmax().jacobian(Tensor([1.0, 2, 3]))
    ///
    /// - Throws: `EvaluationError.axisOutOfRange`.
    public func jacobian<Element>(
        _ input: Tensor<Element>, axis: Int = -1
    ) throws(EvaluationError) -> Tensor<Element> {
        try Evaluation(.jacobian, of: self, input: input, axis: axis).result().output
    }

    /// Returns D_j f_i along `axis`: an entry, row i, column j, or the whole matrix if `index` is empty.
    ///
    /// - Throws: `EvaluationError.axisOutOfRange`, `.rowOutOfRange`, `.columnOutOfRange`.
    public func derivative<Element>(
        _ input: Tensor<Element>, axis: Int = -1, index: DerivativeIndex = DerivativeIndex()
    ) throws(EvaluationError) -> Tensor<Element> {
        try Evaluation(.derivative, of: self, input: input, axis: axis, index: index).result().output
    }
}
