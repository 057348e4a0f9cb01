/// The numbers of a row, which are the bulk of any large answer.
extension TensorText {
    /// Appends numbers of one row with commas between them: at least one, and more while there is capacity for any
    /// leaf.
    ///
    /// - Returns: The index after the last one.
    func appendRow<Element: WrittenNumber>(
        _ values: Span<Element>, _ range: Range<Int>, undefined: [Int], to output: inout OutputSpan<UInt8>
    ) -> Int {
        let keptByteCount = openedLeafByteCountMax
        // SAFETY: a number is stored only if there is capacity after `count` for it and for the brackets that close its
        // arrays.
        return unsafe output.withUnsafeMutableBufferPointer { buffer, count in
            guard let start = unsafe UnsafeMutableRawPointer(buffer.baseAddress)?.advanced(by: count) else {
                return range.lowerBound
            }
            var next = unsafe start
            let lastStart = unsafe start + (buffer.count - count - keptByteCount)
            let writtenCount = unsafe values.extracting(range).withUnsafeBufferPointer { values in
                NumberBlockWriter.with { writer in
                    unsafe writer.write(values, at: &next, upTo: lastStart) { number in
                        Self.contains(undefined, range.lowerBound + number)
                    }
                }
            }
            unsafe count += next - start - 1  // without the last comma
            return range.lowerBound + (writtenCount ?? 0)
        }
    }

    /// Appends consecutive elements of a tensor of short rows while there is capacity for any leaf.
    ///
    /// - Returns: The index after the last one.
    func appendShortRows<Element: WrittenNumber>(
        _ values: Span<Element>, _ range: Range<Int>, at position: Int, undefined: [Int],
        to output: inout OutputSpan<UInt8>
    ) -> Int {
        guard !range.isEmpty, output.freeCapacity >= leafByteCountMax else { return range.lowerBound }
        let keptByteCount = openedLeafByteCountMax
        let leaf = position + range.lowerBound
        appendOpening(of: leaf, to: &output)
        let brackets = RowBrackets(blockLengths: blockLengths, firstLeaf: leaf, count: range.count)
        // SAFETY: a number is stored only if there is capacity after `count` for it and for the brackets that close its
        // arrays.
        return unsafe output.withUnsafeMutableBufferPointer { buffer, count in
            guard let start = unsafe UnsafeMutableRawPointer(buffer.baseAddress)?.advanced(by: count) else {
                return range.lowerBound
            }
            var next = unsafe start
            let lastStart = unsafe start + (buffer.count - count - keptByteCount)
            let writtenCount = unsafe values.extracting(range).withUnsafeBufferPointer { values in
                NumberBlockWriter.with { writer in
                    unsafe writer.writeRows(values, brackets, at: &next, upTo: lastStart) { number in
                        Self.contains(undefined, range.lowerBound + number)
                    }
                }
            }
            unsafe count += next - start
            return range.lowerBound + (writtenCount ?? 0)
        }
    }

    /// Returns whether ascending `numbers` contain `number`.
    @inline(never)
    private static func contains(_ numbers: [Int], _ number: Int) -> Bool {
        var low = 0
        var high = numbers.count
        while low < high {
            let middle = (low + high) / 2
            if numbers[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low < numbers.count && numbers[low] == number
    }
}

/// Places the brackets between the rows of a tensor of two axes or more, for consecutive numbers.
struct RowBrackets {
    /// The length of the longest row that is written together with others.
    static let rowLengthMax = 64

    /// Per level, innermost first, the number of leaves inside its brackets.
    private let blockLengths: [Int]
    /// The position of the first number in the tensor.
    private let firstLeaf: Int
    let rowLength: Int
    /// The count of numbers that belong to the row of the first one.
    let firstRowCount: Int
    /// The number of levels that close after every row: arrays of one row close with it.
    private let rowLevelCount: Int
    /// The counts of numbers after which the next row ends, and after which the next block of several rows ends.
    private var (nextRowEnd, nextBlockEnd): (Int, Int)

    /// Creates the brackets for consecutive numbers.
    ///
    /// - Parameters:
    ///   - blockLengths: For each level, innermost first, the number of leaves inside its brackets.
    ///   - firstLeaf: The position of the first number in the tensor.
    ///   - count: The count of numbers.
    init(blockLengths: [Int], firstLeaf: Int, count: Int) {
        self.blockLengths = blockLengths
        self.firstLeaf = firstLeaf
        let rowLength = blockLengths[0]
        self.rowLength = rowLength
        nextRowEnd = rowLength - firstLeaf % rowLength
        firstRowCount = min(count, nextRowEnd)
        rowLevelCount = blockLengths.prefix { $0 == rowLength }.count
        nextBlockEnd = 0
        nextBlockEnd = blockEnd(after: 0)
    }

    /// Returns the count of numbers, more than `count`, after which the next block of several rows ends; `Int.max` if
    /// there is no such block.
    private func blockEnd(after count: Int) -> Int {
        guard rowLevelCount < blockLengths.count else { return .max }
        let length = blockLengths[rowLevelCount]
        return count + length - (firstLeaf + count) % length
    }

    /// Returns the number of brackets that close after the first `count` numbers; 0 within a row.
    ///
    /// - Precondition: `count` is in the row after that of the last call, or its end.
    @inline(__always)
    mutating func closingCount(after count: Int) -> Int {
        if count < nextRowEnd { return 0 }
        nextRowEnd &+= rowLength
        return count == nextBlockEnd ? closingCount(afterBlock: count) : rowLevelCount
    }

    @inline(never)
    private mutating func closingCount(afterBlock count: Int) -> Int {
        let leaf = firstLeaf + count
        var closingCount = rowLevelCount
        while closingCount < blockLengths.count && leaf % blockLengths[closingCount] == 0 { closingCount += 1 }
        nextBlockEnd = blockEnd(after: count)
        return closingCount
    }

    /// Stores closing brackets.
    ///
    /// - Returns: The number of bytes stored.
    @inline(__always)
    func close(_ count: Int, at start: UnsafeMutableRawPointer) -> Int {
        for index in 0..<count { unsafe start.storeBytes(of: UInt8(ascii: "]"), toByteOffset: index, as: UInt8.self) }
        return count
    }

    /// Stores a comma and opening brackets.
    ///
    /// - Returns: The number of bytes stored.
    @inline(__always)
    func open(_ count: Int, at start: UnsafeMutableRawPointer) -> Int {
        unsafe start.storeBytes(of: UInt8(ascii: ","), as: UInt8.self)
        for index in 1...count { unsafe start.storeBytes(of: UInt8(ascii: "["), toByteOffset: index, as: UInt8.self) }
        return count &+ 1
    }
}
