/// Holds a rectangular array of numbers that was read from JSON, for use as float64 or float32.
public struct JSONTensor: Sendable {
    /// Describes a number that rounds to infinity in float32.
    public struct Overflow: Equatable, Sendable {
        /// The position of the number in ``JSONTensor/elements``.
        public let position: Int
        /// The offset of the number, in bytes from the start of the text.
        public let offset: Int
    }

    /// Describes an element whose float64 is halfway between two float32 numbers while its decimal is not.
    struct Tie: Sendable {
        let position: Int
        /// The sign of (decimal − float64).
        let residual: Int
    }

    /// The length of each axis, outermost first: `[]` for a single number, `[2, 0]` for `[[], []]`.
    public let shape: [Int]
    /// The elements in row-major order, each decimal rounded to float64.
    public let elements: [Double]
    /// The first number that overflows float32; the strings `"Infinity"` and `"-Infinity"` do not count.
    public let firstFloat32Overflow: Overflow?
    /// The ties in ascending order of their positions; nearly always empty.
    let ties: [Tie]

    /// The memory that the tensor holds, in bytes.
    public var heldByteCount: Int {
        elements.capacity * MemoryLayout<Double>.stride + ties.capacity * MemoryLayout<Tie>.stride
    }

    init(shape: [Int], elements: [Double], ties: [Tie], firstFloat32Overflow: Overflow?) {
        self.shape = shape
        self.elements = elements
        self.ties = ties
        self.firstFloat32Overflow = firstFloat32Overflow
    }

    /// Creates a scalar whose text begins at `offset`.
    init(_ number: DecimalNumber, offset: Int) {
        let isOverflow = number.value.isFinite && number.float32.isInfinite
        let isTie = number.residual != 0 && Float32Rounding.isTie(number.value)
        self.init(
            shape: [], elements: [number.value], ties: isTie ? [Tie(position: 0, residual: number.residual)] : [],
            firstFloat32Overflow: isOverflow ? Overflow(position: 0, offset: offset) : nil)
    }

    /// Returns the elements, each decimal rounded once, directly to float32; numbers that overflow float32 are
    /// infinite.
    public func float32Elements() -> [Float] {
        var rounded = elements.map { Float($0) }
        for tie in ties {
            rounded[tie.position] = Float32Rounding.round(elements[tie.position], residual: tie.residual)
        }
        return rounded
    }

    /// Returns the JSON Pointer from this tensor to an element, such as `/1/0`; empty for a scalar.
    ///
    /// - Precondition: `position` is an index of ``elements``.
    public func pointer(toElementAt position: Int) -> String {
        precondition(elements.indices.contains(position), "There is an element at that position.")
        var rest = position
        var tokens: [String] = []
        for length in shape.reversed() {
            tokens.append(JSONPointer.token(rest % length))
            rest /= length
        }
        return tokens.reversed().joined()
    }
}
