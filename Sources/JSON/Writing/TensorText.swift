/// The JSON text of a tensor of a given shape, written in pieces and in any order: nested brackets around its numbers.
///
/// The text of an element is its number together with the comma and the brackets that belong to it, so that the texts
/// of consecutive elements, put together, are the text of the tensor, whoever wrote each of them.
///
/// Where an axis has no length there are no elements; then the innermost empty arrays `[]` take their place: shape [2,
/// 0] has two of them.
public struct TensorText: Sendable {
    public let shape: [Int]
    /// Number of elements; where an axis has no length, of empty arrays.
    public let leafCount: Int
    /// Whether the leaves are empty arrays.
    public let isEmpty: Bool

    /// Per level of brackets, innermost first, the number of leaves inside them.
    let blockLengths: [Int]

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

    /// Room that any leaf takes with its comma and brackets, in bytes.
    public var leafByteCountMax: Int { leafTextByteCountMax + Self.spareByteCount }

    /// The longest text of a leaf with its comma and brackets, in bytes.
    private var leafTextByteCountMax: Int { JSONText.numberTextByteCountMax + 1 + 2 * blockLengths.count }

    /// Room that any leaf takes with the brackets after it, in bytes.
    var openedLeafByteCountMax: Int { leafByteCountMax - 1 - blockLengths.count }

    /// What storing the last number takes behind its text.
    private static let spareByteCount = JSONText.numberByteCountMax - JSONText.numberTextByteCountMax

    /// Room that is enough for `leafCount` consecutive leaves, in bytes.
    public func byteCountMax(leafCount: Int) -> Int { leafCount * leafTextByteCountMax + Self.spareByteCount }

    /// How many leaves there is enough room for in any case.
    public func leafCount(inByteCount byteCount: Int) -> Int {
        max(byteCount - Self.spareByteCount, 0) / leafTextByteCountMax
    }

    /// Appends the texts of consecutive elements until there is no room for one more.
    ///
    /// - Parameters:
    ///   - values: Elements of the tensor that follow each other.
    ///   - range: Which of `values` to write.
    ///   - position: Where in the tensor `values` begins.
    ///   - undefined: Indices of `values`, ascending, to be written as `null`; there `values` holds NaN.
    /// - Returns: The index in `values` behind the last one written: `range.upperBound` if all were.
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

    /// Appends the texts of the empty arrays `range` of an empty tensor until there is no room for one more.
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
