/// Short rows: a run reads through many of them, since the text between them takes more time than their numbers.
extension NumberRun {
    /// The length of the longest row that is read as part of a run; a longer row is a run of its own, read block by
    /// block.
    static let shortRowLengthMax = 48

    /// Whether the run continues after a row.
    var hasShortRows: Bool { (nesting.rowLength ?? .max) <= Self.shortRowLengthMax }
}

extension TensorNesting {
    /// Moves from the end of a row to the first number of the next one, if both rows have the length of earlier ones.
    ///
    /// Any number of arrays may be closed, if the same number is opened after them.
    ///
    /// - Parameters:
    ///   - index: The first byte after a number; afterwards the first one of the next number.
    ///   - lastStart: The last position at which a number may begin.
    ///   - elementCount: The number of elements so far.
    ///   - offset: The offset of the bytes in the text.
    /// - Returns: false, with no change, if something else follows.
    @inline(__always)
    mutating func beginNextRow(
        _ text: UnsafePointer<UInt8>, _ index: inout Int, lastStart: Int, elementCount: Int, offset: Int
    ) -> Bool {
        // Only bytes before `lastStart` are read.
        var closingCount = 0
        var position = index
        while position < lastStart {
            let byte = unsafe text[position]
            if byte == UInt8(ascii: "]") {
                closingCount &+= 1
            } else if !JSONWhitespace.contains(byte) {
                break
            }
            position &+= 1
        }
        guard position < lastStart, unsafe text[position] == UInt8(ascii: ","), closingCount > 0,
            canReopen(closingCount, elementCount: elementCount)
        else { return false }
        let comma = position
        position &+= 1
        var openingCount = 0
        while position < lastStart {
            let byte = unsafe text[position]
            if byte == UInt8(ascii: "["), openingCount < closingCount {
                openingCount &+= 1
            } else if !JSONWhitespace.contains(byte) {
                break
            }
            position &+= 1
        }
        guard openingCount == closingCount, position < lastStart, unsafe NumberRun.canBegin(with: text[position]) else {
            return false
        }
        var level = depth &- closingCount
        for start in comma..<position where unsafe text[start] == UInt8(ascii: "[") {
            levels[level].start = offset &+ start
            level &+= 1
        }
        reopen(closingCount, elementCount: elementCount)
        index = position
        return true
    }
}

/// Reads through rows of a known length that are separated by `],[` or `], [`, without changing the nesting.
///
/// Arrays of one row close with it: between the rows of shape [n, 1, 3] is `]],[[`.
struct PlainRows {
    /// The length of a row; -1 if it is unknown.
    private let length: Int
    /// The number of arrays that are closed and opened between two rows, 1 to 3.
    fileprivate let closingCount: Int
    /// The text between two rows, the first byte lowest.
    private let separator: UInt64
    /// The number of elements before the open row.
    fileprivate var start: Int
    /// The number of rows that have begun, and the position of the brackets before the last one.
    fileprivate var (count, opening) = (0, 0)

    init(in nesting: TensorNesting) {
        length = nesting.rowLength ?? TensorNesting.unknown
        start = nesting.rowStart
        var closingCount = 1
        while closingCount < 3, closingCount &+ 1 < nesting.depth {
            let level = nesting.levels[nesting.depth &- 1 &- closingCount]
            guard level.length == 1, level.count == 0 else { break }
            closingCount &+= 1
        }
        self.closingCount = closingCount
        separator =
            switch closingCount {
            case 1: 0x5B_2C_5D
            case 2: 0x5B5B_2C_5D5D
            default: 0x5B_5B5B_2C_5D5D5D
            }
    }

    /// Moves from the end of a row to the first number of the next one.
    ///
    /// - Parameters:
    ///   - index: The first byte after a number; afterwards the first one of the next number.
    ///   - lastStart: The last position at which a number may begin.
    ///   - elementCount: The number of elements so far.
    /// - Returns: false, with no change, if something else follows.
    @inline(__always)
    mutating func beginNextRow(
        _ text: UnsafePointer<UInt8>, _ index: inout Int, lastStart: Int, elementCount: Int
    ) -> Bool {
        guard index &+ 8 <= lastStart, elementCount &- start == length else { return false }
        let word = UInt64(littleEndian: unsafe UnsafeRawPointer(text + index).loadUnaligned(as: UInt64.self))
        let bitCount = UInt64(truncatingIfNeeded: 16 &* closingCount &+ 8)
        var opening = index &+ closingCount &+ 1
        if (word ^ separator) &<< (64 &- bitCount) != 0 {
            // Compare with the separator that has a space after the comma.
            let commaEnd = UInt64(truncatingIfNeeded: 8 &* closingCount &+ 8)
            let low = separator & (1 &<< commaEnd &- 1)
            let spaced = low | 0x20 &<< commaEnd | (separator &>> commaEnd) &<< (commaEnd &+ 8)
            guard (word ^ spaced) &<< (56 &- bitCount) == 0 else { return false }
            opening &+= 1
        }
        let first = opening &+ closingCount
        guard unsafe NumberRun.canBegin(with: text[first]) else { return false }
        start = elementCount
        count &+= 1
        self.opening = opening
        index = first
        return true
    }
}

extension TensorNesting {
    /// Applies the rows that have begun since `rows` was created or last applied.
    @inline(__always)
    mutating func take(_ rows: inout PlainRows, offset: Int) {
        if rows.count == 0 { return }
        let firstLevel = depth - rows.closingCount
        levels[firstLevel - 1].count += rows.count
        for level in firstLevel..<depth { levels[level].start = offset + rows.opening + level - firstLevel }
        rowStart = rows.start
        rows.count = 0
    }
}
