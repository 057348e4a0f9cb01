/// A rectangular array of numbers as read from JSON, good for float64 and float32 alike.
public struct JSONTensor: Sendable {
    /// A number that rounds to infinity in float32.
    public struct Overflow: Equatable, Sendable {
        /// Position in ``JSONTensor/elements``.
        public let position: Int
        /// Where the number begins: bytes from the start of the text.
        public let offset: Int
    }

    /// An element whose float64 lies halfway between two float32 numbers while its decimal does not.
    struct Tie: Sendable {
        let position: Int
        /// The sign of (decimal − float64).
        let residual: Int
    }

    /// Length of each axis, outermost first; `[]` for a single number, `[2, 0]` for `[[], []]`.
    public let shape: [Int]
    /// The elements in row-major order, each decimal rounded to float64.
    public let elements: [Double]
    /// The first number that float32 cannot hold; the strings `"Infinity"` and `"-Infinity"` are none.
    public let firstFloat32Overflow: Overflow?
    /// In ascending order; nearly always empty.
    let ties: [Tie]

    /// Memory that the tensor holds, in bytes.
    public var heldByteCount: Int {
        elements.capacity * MemoryLayout<Double>.stride + ties.capacity * MemoryLayout<Tie>.stride
    }

    init(shape: [Int], elements: [Double], ties: [Tie], firstFloat32Overflow: Overflow?) {
        self.shape = shape
        self.elements = elements
        self.ties = ties
        self.firstFloat32Overflow = firstFloat32Overflow
    }

    /// A scalar whose text begins at `offset`.
    init(_ number: DecimalNumber, offset: Int) {
        let isOverflow = number.value.isFinite && number.float32.isInfinite
        let isTie = number.residual != 0 && Float32Rounding.isTie(number.value)
        self.init(
            shape: [], elements: [number.value], ties: isTie ? [Tie(position: 0, residual: number.residual)] : [],
            firstFloat32Overflow: isOverflow ? Overflow(position: 0, offset: offset) : nil)
    }

    /// The elements, each decimal rounded once, straight to float32; what float32 cannot hold is infinite.
    public func float32Elements() -> [Float] {
        var rounded = elements.map { Float($0) }
        for tie in ties {
            rounded[tie.position] = Float32Rounding.round(elements[tie.position], residual: tie.residual)
        }
        return rounded
    }

    /// The JSON Pointer from this tensor to an element: `/1/0`; empty for a scalar.
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
