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
