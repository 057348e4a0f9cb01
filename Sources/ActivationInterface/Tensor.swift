/// A rectangular array of numbers of any rank, in row-major order.
///
/// A tensor of rank 0 is a scalar.
public struct Tensor<Element: TensorElement>: Equatable, Sendable {
    /// The length of each axis, outermost first; `[]` for a scalar.
    ///
    /// A length may be 0.
    public let shape: [Int]
    /// The elements in row-major order; as many as the product of `shape`.
    public let elements: [Element]

    /// - Precondition: `elements.count` is the product of `shape`, whose lengths are not negative.
    public init(shape: [Int], elements: [Element]) {
        precondition(shape.allSatisfy { $0 >= 0 }, "The length of an axis is negative.")
        precondition(
            elements.count == Self.elementCount(ofShape: shape), "The number of elements does not match the shape.")
        self.shape = shape
        self.elements = elements
    }

    /// Creates a scalar, a tensor of rank 0.
    public init(_ scalar: Element) { self.init(shape: [], elements: [scalar]) }

    /// Creates a vector, a tensor of rank 1.
    public init(_ vector: [Element]) { self.init(shape: [vector.count], elements: vector) }

    /// The number of axes; 0 for a scalar.
    public var rank: Int { shape.count }

    /// Returns the number of elements of a tensor of that shape: the product of the lengths, or `Int.max` if that
    /// overflows.
    public static func elementCount(ofShape shape: [Int]) -> Int {
        if shape.contains(0) { return 0 }
        var count = 1
        for length in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: length)
            if overflow { return .max }
            count = product
        }
        return count
    }
}
