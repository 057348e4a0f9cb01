/// Writes the JSON text of a tensor of a given shape in pieces and in any order: nested brackets around its numbers.
///
/// The text of an element is its number together with the comma and the brackets that belong to it. So the texts of
/// consecutive elements form the text of the tensor, even if they were written separately.
///
/// If an axis has length 0 there are no elements; the leaves are then the innermost empty arrays `[]`: shape [2, 0] has
/// two of them.
public struct TensorText: Sendable {
    public let shape: [Int]
    /// The number of elements or, if an axis has length 0, of empty arrays.
    public let leafCount: Int
    /// Whether the leaves are empty arrays.
    public let isEmpty: Bool

    /// For each level of brackets, innermost first, the number of leaves inside them.
    let blockLengths: [Int]

    /// Creates the text of a tensor of this shape.
    ///
    /// - Precondition: No length is negative, and their product without zeros is less than 2^63.
    public init(shape: [Int]) {
        precondition(shape.allSatisfy { $0 >= 0 }, "The length of an axis is not negative.")
        self.shape = shape
        let leading = shape.prefix { $0 != 0 }
        isEmpty = leading.count < shape.count
        var blockLengths: [Int] = []
        for length in leading.reversed() { blockLengths.append(length * (blockLengths.last ?? 1)) }
        self.blockLengths = blockLengths
        leafCount = blockLengths.last ?? 1
    }

    /// The capacity that any leaf requires with its comma and brackets, in bytes.
    public var leafByteCountMax: Int { leafTextByteCountMax + Self.spareByteCount }

    /// The length of the longest text of a leaf with its comma and brackets, in bytes.
    private var leafTextByteCountMax: Int { JSONText.numberTextByteCountMax + 1 + 2 * blockLengths.count }

    /// The capacity that any leaf requires with the brackets after it, in bytes.
    var openedLeafByteCountMax: Int { leafByteCountMax - 1 - blockLengths.count }

    /// The number of bytes that storing the last number may overwrite after its text.
    private static let spareByteCount = JSONText.numberByteCountMax - JSONText.numberTextByteCountMax

    /// Returns a capacity that is enough for `leafCount` consecutive leaves, in bytes.
    public func byteCountMax(leafCount: Int) -> Int { leafCount * leafTextByteCountMax + Self.spareByteCount }

    /// Returns a number of leaves for which a capacity is always enough.
    public func leafCount(inByteCount byteCount: Int) -> Int {
        max(byteCount - Self.spareByteCount, 0) / leafTextByteCountMax
    }

    /// Appends the texts of consecutive elements until there is no capacity for one more.
    ///
    /// - Parameters:
    ///   - values: Consecutive elements of the tensor.
    ///   - range: The range of `values` to write.
    ///   - position: The position of `values` in the tensor.
    ///   - undefined: Indices of `values`, ascending, that are written as `null`; the values there are NaN.
    /// - Returns: The index in `values` after the last one written: `range.upperBound` if all were.
    public func append(
        _ values: Span<Double>, _ range: Range<Int>, at position: Int, undefined: [Int] = [],
        to output: inout OutputSpan<UInt8>
    ) -> Int {
        appendElements(values, range, at: position, undefined: undefined, to: &output)
    }

    /// Appends the texts of consecutive elements, as the function of the same name for float64 does.
    public func append(
        _ values: Span<Float>, _ range: Range<Int>, at position: Int, undefined: [Int] = [],
        to output: inout OutputSpan<UInt8>
    ) -> Int {
        appendElements(values, range, at: position, undefined: undefined, to: &output)
    }

    /// Appends the texts of the empty arrays `range` of an empty tensor until there is no capacity for one more.
    ///
    /// - Precondition: ``isEmpty``.
    /// - Returns: The first one not written: `range.upperBound` if all were.
    public func appendEmptyArrays(_ range: Range<Int>, to output: inout OutputSpan<UInt8>) -> Int {
        precondition(isEmpty, "The leaves are empty arrays.")
        for leaf in range {
            guard output.freeCapacity >= leafByteCountMax else { return leaf }
            appendOpening(of: leaf, to: &output)
            JSONText.append("[]", to: &output)
            appendClosing(of: leaf, to: &output)
        }
        return range.upperBound
    }

    @inline(__always)
    private func appendElements<Element: WrittenNumber>(
        _ values: Span<Element>, _ range: Range<Int>, at position: Int, undefined: [Int],
        to output: inout OutputSpan<UInt8>
    ) -> Int {
        let rowLength = blockLengths.first ?? 1
        if blockLengths.count > 1 && rowLength <= RowBrackets.rowLengthMax {
            return appendShortRows(values, range, at: position, undefined: undefined, to: &output)
        }
        var index = range.lowerBound
        while index < range.upperBound {
            guard output.freeCapacity >= leafByteCountMax else { return index }
            let leaf = position + index
            appendOpening(of: leaf, to: &output)
            let rowEnd = min(range.upperBound, index + rowLength - leaf % rowLength)
            index = appendRow(values, index..<rowEnd, undefined: undefined, to: &output)
            appendClosing(of: position + index - 1, to: &output)
        }
        return index
    }

    func appendOpening(of leaf: Int, to output: inout OutputSpan<UInt8>) {
        if leaf > 0 { output.append(UInt8(ascii: ",")) }
        for length in blockLengths where leaf % length == 0 { output.append(UInt8(ascii: "[")) }
    }

    private func appendClosing(of leaf: Int, to output: inout OutputSpan<UInt8>) {
        for length in blockLengths where (leaf + 1) % length == 0 { output.append(UInt8(ascii: "]")) }
    }
}
