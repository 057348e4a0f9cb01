/// An element type of tensors: `Double` (float64) or `Float` (float32), and no other.
public protocol TensorElement: BinaryFloatingPoint, Sendable {
    static var dtype: DType { get }
}

extension Double: TensorElement {
    public static var dtype: DType { .float64 }
}

extension Float: TensorElement {
    public static var dtype: DType { .float32 }
}

/// A rectangular array of numbers of any rank, in row-major order. Rank 0 is a scalar.
public struct Tensor<Element: TensorElement>: Equatable, Sendable {
    /// Length of each axis, outermost first; `[]` for a scalar. A length of 0 is fine.
    public let shape: [Int]
    /// The elements in row-major order; as many as the product of `shape`.
    public let elements: [Element]

    /// - Precondition: `elements.count` is the product of `shape`, whose lengths are not negative.
    public init(shape: [Int], elements: [Element]) {
        precondition(shape.allSatisfy { $0 >= 0 }, "The length of an axis is not negative.")
        precondition(elements.count == shape.reduce(1, *), "As many elements as the shape says.")
        self.shape = shape
        self.elements = elements
    }

    /// A scalar: rank 0.
    public init(_ scalar: Element) { self.init(shape: [], elements: [scalar]) }

    /// A vector: rank 1.
    public init(_ vector: [Element]) { self.init(shape: [vector.count], elements: vector) }

    public var rank: Int { shape.count }
}
