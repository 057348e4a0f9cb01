/// A number or an array inside a tensor's array literal.
///
/// It exists so that `Tensor` can be written as nested arrays; a scalar is written `Tensor(2.5)`.
public struct TensorLiteral<Element: TensorElement>: Sendable {
    fileprivate let tensor: Tensor<Element>
}

extension TensorLiteral: ExpressibleByFloatLiteral {
    /// Creates a number from a literal with a decimal point.
    public init(floatLiteral value: Element.FloatLiteralType) { tensor = Tensor(Element(floatLiteral: value)) }
}

extension TensorLiteral: ExpressibleByIntegerLiteral {
    /// Creates a number from an integer literal.
    public init(integerLiteral value: Element.IntegerLiteralType) { tensor = Tensor(Element(integerLiteral: value)) }
}

extension TensorLiteral: ExpressibleByArrayLiteral {
    /// Creates an axis from the tensors along it.
    ///
    /// - Precondition: All rows have the same shape.
    public init(arrayLiteral rows: TensorLiteral...) { tensor = Tensor(stacking: rows) }
}

extension Tensor: ExpressibleByArrayLiteral {
    /// Creates a tensor from arrays of numbers, nested to any depth.
    ///
    ///     let batch: Tensor<Float> = [[0.5, -1, 2], [0, 1, 0]]
    ///
    /// - Precondition: The arrays are rectangular: all rows have the same shape.
    public init(arrayLiteral rows: TensorLiteral<Element>...) { self.init(stacking: rows) }

    /// Creates the same tensor, so that `Tensor<Float>([[0.5, 1], [2, 3]])` can be written.
    public init(_ tensor: Tensor) { self = tensor }

    fileprivate init(stacking rows: [TensorLiteral<Element>]) {
        let shape = rows.first?.tensor.shape ?? []
        precondition(
            rows.allSatisfy { $0.tensor.shape == shape }, "The rows of a tensor literal have different shapes.")
        self.init(shape: [rows.count] + shape, elements: rows.flatMap(\.tensor.elements))
    }
}

extension Tensor where Element == Double {
    /// Creates the same tensor, so that the elements of `Tensor([[0.5, 1], [2, 3]])` are float64.
    public init(_ tensor: Tensor<Double>) { self = tensor }
}
