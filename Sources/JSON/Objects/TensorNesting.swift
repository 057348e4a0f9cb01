/// How deep in a tensor a reader is, and how long its arrays have been found to be.
struct TensorNesting {
    /// A level of nesting.
    struct Level {
        /// The length of an array, known once the first one has been closed.
        var length = unknown
        /// How many arrays the open array holds so far, if it holds arrays.
        var count = 0
        /// Where the open array begins.
        var start: Int
    }

    static let unknown = -1

    /// Number of arrays around the next value.
    var depth = 0
    /// Number of arrays around each number; known from the first number or the first empty array on.
    var rank = unknown
    /// Outermost first; as many as have ever been open.
    var levels: [Level] = []
    /// How many elements there were when the innermost open array was opened.
    var rowStart = 0

    /// The length of a row of numbers, if the open one is not the first.
    var rowLength: Int? {
        guard depth > 1, depth == rank, levels[depth - 1].length != Self.unknown else { return nil }
        return levels[depth - 1].length
    }

    /// Whether `count` arrays, of which the innermost is a row of numbers, can be closed and others opened.
    ///
    /// - Parameter elementCount: How many elements there are.
    func canReopen(_ count: Int, elementCount: Int) -> Bool {
        guard count < depth, depth == rank, levels[depth - 1].length == elementCount - rowStart else { return false }
        for level in depth - count..<depth - 1 where levels[level].length != levels[level].count + 1 { return false }
        return true
    }

    /// Closes `count` arrays and opens as many.
    ///
    /// - Precondition: ``canReopen(_:elementCount:)``.
    mutating func reopen(_ count: Int, elementCount: Int) {
        levels[depth - count - 1].count += 1
        for level in depth - count..<depth { levels[level].count = 0 }
        rowStart = elementCount
    }
}
