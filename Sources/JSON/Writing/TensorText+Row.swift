/// The numbers of a row, the bulk of any large answer.
extension TensorText {
    /// Appends numbers of one row with commas between them: one at least, and more while there is room for any leaf.
    ///
    /// - Returns: The index behind the last one.
    func appendRow<Element: WrittenNumber>(
        _ values: Span<Element>, _ range: Range<Int>, undefined: [Int], to output: inout OutputSpan<UInt8>
    ) -> Int {
        let keptByteCount = openedLeafByteCountMax
        // Sound: a number is stored only if there is room for it and what closes its arrays, after `count`.
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

    /// Appends consecutive elements of a tensor of short rows while there is room for any leaf.
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
        // Sound: a number is stored only if there is room for it and what closes its arrays, after `count`.
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

    /// Whether ascending `numbers` hold `number`.
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

/// The brackets between the rows of a tensor of two axes or more, for numbers that follow each other.
struct RowBrackets {
    /// Longer rows are written one by one.
    static let rowLengthMax = 64

    /// Per level, innermost first, the number of leaves inside its brackets.
    private let blockLengths: [Int]
    /// The position of the first number in the tensor.
    private let firstLeaf: Int
    let rowLength: Int
    /// How many of the numbers belong to the row of the first one.
    let firstRowCount: Int
    /// How many levels close after every row: arrays of one row close with it.
    private let rowLevelCount: Int
    /// After how many numbers the next row ends, and after how many more than those levels close.
    private var (nextRowEnd, nextBlockEnd): (Int, Int)

    /// - Parameters:
    ///   - blockLengths: Per level, innermost first, the number of leaves inside its brackets.
    ///   - firstLeaf: The position of the first number in the tensor.
    ///   - count: How many numbers there are.
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

    /// After how many numbers, more than `count`, the next block of several rows ends; past all if there is none.
    private func blockEnd(after count: Int) -> Int {
        guard rowLevelCount < blockLengths.count else { return .max }
        let length = blockLengths[rowLevelCount]
        return count + length - (firstLeaf + count) % length
    }

    /// How many brackets close after the first `count` numbers; 0 within a row.
    ///
    /// - Precondition: `count` is the end of the row after that of the last call, or within it.
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

    /// Stores brackets that close.
    ///
    /// - Returns: How many.
    @inline(__always)
    func close(_ count: Int, at start: UnsafeMutableRawPointer) -> Int {
        for index in 0..<count { unsafe start.storeBytes(of: UInt8(ascii: "]"), toByteOffset: index, as: UInt8.self) }
        return count
    }

    /// Stores a comma and as many brackets that open.
    ///
    /// - Returns: How many bytes that is.
    @inline(__always)
    func open(_ count: Int, at start: UnsafeMutableRawPointer) -> Int {
        unsafe start.storeBytes(of: UInt8(ascii: ","), as: UInt8.self)
        for index in 1...count { unsafe start.storeBytes(of: UInt8(ascii: "["), toByteOffset: index, as: UInt8.self) }
        return count &+ 1
    }
}
