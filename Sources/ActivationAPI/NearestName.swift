/// Guesses which name was meant by one that does not exist.
enum NearestName {
    /// The candidate that the fewest edits turn `name` into, the first of several; letters count without their case.
    ///
    /// - Precondition: There is a candidate.
    static func of(_ name: String, in candidates: [String]) -> String {
        // Longer than any name that there is: the end of it cannot change which candidate is nearest.
        let start = name.lowercased().utf8.prefix(64)
        let nearest = candidates.min { distance(start, $0.utf8) < distance(start, $1.utf8) }
        guard let nearest else { preconditionFailure("There is a name to choose.") }
        return nearest
    }

    /// Optimal string alignment: insertions, deletions, replacements and swaps of neighbours count 1 each.
    static func distance(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Int {
        let left = Array(left)
        let right = Array(right)
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let replaced = last[column] + (left[row] == right[column] ? 0 : 1)
                var best = Swift.min(replaced, last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    best = Swift.min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
