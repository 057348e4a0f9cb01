/// Short rows, of which a run goes through many: what is between them takes more time than their numbers.
extension NumberRun {
    /// Longer rows are runs of their own, whose numbers are read block by block.
    static let shortRowLengthMax = 48

    /// Whether the run goes on after a row.
    var hasShortRows: Bool { (nesting.rowLength ?? .max) <= Self.shortRowLengthMax }
}

extension TensorNesting {
    /// Goes from the end of a row to the first number of the next one, if both are of the length of others.
    ///
    /// Any number of arrays may be closed, if as many are opened after them.
    ///
    /// - Parameters:
    ///   - index: The first byte after a number; afterwards the first one of the next number.
    ///   - lastStart: Where a number may begin at the latest.
    ///   - elementCount: How many elements there are.
    ///   - offset: Where the bytes begin in the text.
    /// - Returns: false, and nothing has happened, if something else follows.
    @inline(__always)
    mutating func beginNextRow(
        _ text: UnsafePointer<UInt8>, _ index: inout Int, lastStart: Int, elementCount: Int, offset: Int
    ) -> Bool {
        // Nothing is read from `lastStart` on.
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

/// Rows of a known length with no more between them than `],[` or `], [`, which a run goes through without touching
/// the nesting.
///
/// Arrays of one row close with it: between the rows of shape [n, 1, 3] is `]],[[`.
struct PlainRows {
    /// The length of a row; -1 if there is no such row.
    private let length: Int
    /// How many arrays are closed and opened between two rows, 1 to 3.
    fileprivate let closingCount: Int
    /// What comes between two rows, the first byte lowest.
    private let separator: UInt64
    /// How many elements there were when the open row began.
    fileprivate var start: Int
    /// How many rows have begun, and where the brackets before the last one begin.
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

    /// Goes from the end of a row to the first number of the next one.
    ///
    /// - Parameters:
    ///   - index: The first byte after a number; afterwards the first one of the next number.
    ///   - lastStart: Where a number may begin at the latest.
    ///   - elementCount: How many elements there are.
    /// - Returns: false, and nothing has happened, if something else follows.
    @inline(__always)
    mutating func beginNextRow(
        _ text: UnsafePointer<UInt8>, _ index: inout Int, lastStart: Int, elementCount: Int
    ) -> Bool {
        guard index &+ 8 <= lastStart, elementCount &- start == length else { return false }
        let word = UInt64(littleEndian: unsafe UnsafeRawPointer(text + index).loadUnaligned(as: UInt64.self))
        let bitCount = UInt64(truncatingIfNeeded: 16 &* closingCount &+ 8)
        var opening = index &+ closingCount &+ 1
        if (word ^ separator) &<< (64 &- bitCount) != 0 {
            // The same with a space after the comma.
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
    /// Takes over what rows have begun since they were made.
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
