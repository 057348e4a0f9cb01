/// Reads numbers separated by commas and whitespace, which are the bulk of any large request.
///
/// Together with ``NumberToken``, ``LongNumber``, ``NumberBlockReader`` and ``SixteenBytesProtocol`` it is the only
/// unsafe code of the reader. It uses pointers instead of spans, because bounds checks at each of the many small steps
/// cost more than the steps. It reads from a position only while ``NumberToken/byteCountMax`` bytes are readable, and
/// writes only within the capacity.
struct NumberRun {
    /// Says why the run ended.
    enum End {
        /// It ended where a value must come: at the end of the input or the capacity, or before another kind of value.
        case value
        /// It ended after a number, before anything but a comma.
        case afterNumber
    }

    /// The position of the next byte to read.
    var position: Int
    /// The expected count of numbers, or nil if it is unknown; it affects only the method of reading.
    var expectedCount: Int?
    /// Whether an overflow of float32 no longer has to be noted.
    var isOverflowKnown: Bool
    /// The notes about the numbers that have been read, in their order.
    var notes: [NumberNote] = []
    /// The maximum number of notes, or nil if none are taken; the run ends before a number that needs one more.
    let noteCountMax: Int?

    /// The arrays around the numbers, if the run may go through rows.
    var nesting = TensorNesting()
    /// The number of elements before these numbers.
    var firstElement = 0
    /// The offset in the text of the bytes that are read.
    var offset = 0

    /// Creates a run that begins at `position`.
    ///
    /// - Parameters:
    ///   - isOverflowKnown: Whether overflows of float32 are not noted.
    ///   - noteCountMax: The maximum number of notes; nil if only the float64 values are needed.
    init(position: Int, expectedCount: Int? = nil, isOverflowKnown: Bool, noteCountMax: Int?) {
        self.position = position
        self.expectedCount = expectedCount
        self.isOverflowKnown = isOverflowKnown
        self.noteCountMax = noteCountMax
    }

    /// Appends numbers to `output`, beginning at `position`, where a value must come.
    mutating func read(_ bytes: Span<UInt8>, into output: inout OutputSpan<Double>) -> End {
        var end: End?
        // SAFETY: the pointers do not leave these closures, and the loops check every index as described for the type.
        unsafe bytes.withUnsafeBufferPointer { bytes in
            ReadingTables.with { tables in
                unsafe output.withUnsafeMutableBufferPointer { buffer, count in
                    guard let start = bytes.baseAddress else { return }
                    // The fast path for short rows ends here.
                    let limit = hasShortRows ? buffer.count : firstSingleCount
                    end = unsafe readSingly(limit, bytes, tables, buffer, &count)
                    if end != nil { return }
                    end = unsafe NumberBlockReader.with(start, tables) { reader in
                        unsafe read(bytes, tables, &reader, buffer, &count)
                    }
                }
            }
        }
        return end ?? .value
    }

    /// The count of numbers to read before the first block.
    ///
    /// That is a whole short row, and otherwise enough to see whether the numbers are separated as in a block, and not
    /// by line breaks.
    private var firstSingleCount: Int {
        guard let expectedCount else { return 16 }
        return expectedCount < 24 ? expectedCount : 2
    }

    /// Reads block by block while that is faster, otherwise number by number.
    private mutating func read(
        _ bytes: UnsafeBufferPointer<UInt8>, _ tables: ReadingTables, _ reader: inout NumberBlockReader,
        _ output: UnsafeMutableBufferPointer<Double>, _ count: inout Int
    ) -> End {
        // Begin with a small block, so that little is searched in vain if the input or the row ends soon.
        var blockByteCount = 128
        // The last number of a row is not followed by a comma.
        let lastCount = expectedCount.map { count + $0 - 1 } ?? Int.max
        var singleCount = 0
        while true {
            let blockEnd = min(position + blockByteCount, bytes.count - NumberBlockReader.byteCountBehind)
            if singleCount == 0 && position >= NumberBlockReader.byteCountBefore && position < blockEnd
                && count + 8 <= lastCount
            {
                let room = min(lastCount, output.count) - count
                switch unsafe readBlock(upTo: blockEnd, room, bytes, tables, &reader, output, &count) {
                case .end(let end): return end
                case .singly(let count): singleCount = count
                case .again: blockByteCount = NumberBlockReader.byteCountMax
                }
            } else {
                if let end = unsafe readSingly(max(singleCount, 8), bytes, tables, output, &count) { return end }
                singleCount = 0
            }
        }
    }

    /// Says how to continue after a block.
    private enum Continuation {
        case again
        case singly(Int)
        case end(End)
    }

    /// Reads a block of at most `limit` numbers.
    private mutating func readBlock(
        upTo end: Int, _ limit: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ tables: ReadingTables,
        _ reader: inout NumberBlockReader, _ output: UnsafeMutableBufferPointer<Double>, _ count: inout Int
    ) -> Continuation {
        guard let next = unsafe output.baseAddress?.advanced(by: count) else { return .end(.value) }
        let foundCount = reader.findEnds(in: position..<end, limit)
        if foundCount == 0 { return .singly(1) }
        // Short numbers are read faster than their ends are found.
        if reader.end(of: foundCount - 1) - position < 10 * foundCount { return .singly(256) }
        let taken = reader.takeDigits(foundCount)
        var roundedCount = 0
        while true {
            roundedCount = unsafe reader.round(roundedCount..<taken.count, to: next, isOverflowKnown: isOverflowKnown)
            guard roundedCount < taken.count else { break }
            position = reader.start(of: roundedCount)
            guard let value = unsafe readCarefully(bytes, tables, element: count + roundedCount) else {
                count += roundedCount
                return .end(.value)
            }
            unsafe next[roundedCount] = value
            roundedCount += 1
        }
        count += roundedCount
        if taken.count > 0 { position = reader.end(of: taken.count - 1) + 1 }
        // A block of few numbers is slower than single numbers: they may be separated by line breaks.
        if taken.count < foundCount { return .singly(taken.count < 8 ? 256 : 1) }
        return 2 * taken.otherCount > taken.count ? .singly(256) : .again
    }

    /// Reads at most `limit` numbers.
    ///
    /// - Returns: nil if `limit` numbers have been read.
    private mutating func readSingly(
        _ limit: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ tables: ReadingTables,
        _ output: UnsafeMutableBufferPointer<Double>, _ count: inout Int
    ) -> End? {
        guard let text = bytes.baseAddress, let first = output.baseAddress else { return .value }
        let lastStart = bytes.count - NumberToken.byteCountMax
        let end = min(output.count, count + limit)
        let goesThroughRows = hasShortRows
        var rows = PlainRows(in: nesting)
        var index = position
        var written = count
        defer {
            position = index
            count = written
            nesting.take(&rows, offset: offset)
        }
        while index <= lastStart && written < end {
            var after = index
            // A predictable branch, since an addition would have to wait for the byte.
            if unsafe text[index] <= UInt8(ascii: " ") {
                while unsafe after <= lastStart && JSONWhitespace.contains(text[after]) { after &+= 1 }
                if after > lastStart { return .value }
            }
            let start = after
            let token = unsafe NumberToken.scan(text, &after, tables.smallPowers)
            var usual = token?.roundedIfUsual(tables, isOverflowKnown: isOverflowKnown)
            if usual == nil {
                position = start
                usual = unsafe readCarefully(bytes, tables, element: written)
                after = position
            }
            guard let value = usual else { return .value }
            index = after
            unsafe first[written] = value
            written &+= 1
            if unsafe text[index] == UInt8(ascii: ",") {
                index &+= 1
                continue
            }
            guard goesThroughRows else { return .afterNumber }
            let elementCount = firstElement &+ written
            if unsafe rows.beginNextRow(text, &index, lastStart: lastStart, elementCount: elementCount) { continue }
            nesting.take(&rows, offset: offset)
            guard
                unsafe nesting.beginNextRow(
                    text, &index, lastStart: lastStart, elementCount: elementCount, offset: offset)
            else { return .afterNumber }
            rows = PlainRows(in: nesting)
        }
        return index <= lastStart && written < output.count ? nil : .value
    }
}
