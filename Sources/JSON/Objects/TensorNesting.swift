/// Tracks the open arrays of a tensor, and the length of the arrays of each level.
struct TensorNesting {
    /// Describes a level of nesting.
    struct Level {
        /// The length of an array, set when the first one is closed.
        var length = unknown
        /// The number of arrays in the open array, if it contains arrays.
        var count = 0
        /// The offset of the open array.
        var start: Int
    }

    static let unknown = -1

    /// The number of arrays around the next value.
    var depth = 0
    /// The number of arrays around each number; set by the first number or the first empty array.
    var rank = unknown
    /// The levels, outermost first, including those that have been closed.
    var levels: [Level] = []
    /// The number of elements before the innermost open array.
    var rowStart = 0

    /// The length of a row of numbers, if the open row is not the first.
    var rowLength: Int? {
        guard depth > 1, depth == rank, levels[depth - 1].length != Self.unknown else { return nil }
        return levels[depth - 1].length
    }

    /// Returns whether `count` arrays, the innermost of which is a row of numbers, can be closed and others opened.
    ///
    /// - Parameter elementCount: The number of elements so far.
    func canReopen(_ count: Int, elementCount: Int) -> Bool {
        guard count < depth, depth == rank, levels[depth - 1].length == elementCount - rowStart else { return false }
        for level in depth - count..<depth - 1 where levels[level].length != levels[level].count + 1 { return false }
        return true
    }

    /// Closes `count` arrays and opens the same number.
    ///
    /// - Precondition: ``canReopen(_:elementCount:)``.
    mutating func reopen(_ count: Int, elementCount: Int) {
        levels[depth - count - 1].count += 1
        for level in depth - count..<depth { levels[level].count = 0 }
        rowStart = elementCount
    }
}
