/// Guesses which name was meant by one that does not exist.
package enum NearestName {
    /// Returns the candidate that was probably meant: one for which `name` is a known alias or a typing error; case is
    /// ignored.
    ///
    /// A typing error is at most two edits, or one in names of up to four letters, and never replaces the whole name.
    ///
    /// - Returns: The candidate, or nil if none is near, so that no message misleads.
    static func of(_ name: String, in candidates: [String]) -> String? {
        // The prefix is longer than any candidate by more than two edits.
        let given = Array(name.lowercased().utf8.prefix(64))
        if let meant = aliases[String(decoding: given, as: UTF8.self)], candidates.contains(meant) { return meant }
        let distances = candidates.map { (name: $0, editCount: distance(given, $0.utf8)) }
        guard let nearest = distances.min(by: { $0.editCount < $1.editCount }) else { return nil }
        let (shorter, longer) = (min(given.count, nearest.name.utf8.count), max(given.count, nearest.name.utf8.count))
        return nearest.editCount <= min(shorter <= 4 ? 1 : 2, longer - 1) ? nearest.name : nil
    }

    /// Returns a sentence for a message with the intended name, or an empty one if none is near.
    static func hint(for name: String, in candidates: [String]) -> String {
        of(name, in: candidates).map { " Did you mean \($0)?" } ?? ""
    }

    /// Names that other libraries and papers use for ours, in lower case.
    private static let aliases = [
        // Activations.
        "logistic": "sigmoid", "expit": "sigmoid", "lrelu": "leaky_relu", "leaky": "leaky_relu",
        "rectifier": "relu", "softargmax": "softmax", "hyperbolic_tangent": "tanh",
        // Operations.
        "value": "forward", "evaluate": "forward", "apply": "forward", "call": "forward", "gradient": "derivative",
        "grad": "derivative", "backward": "derivative", "prime": "derivative", "jac": "jacobian",
        // Fields.
        "x": "input", "inputs": "input", "data": "input", "values": "input", "dim": "axis", "type": "dtype",
        "precision": "dtype", "negative_slope": "alpha", "slope": "alpha", "leak": "alpha", "row": "i",
        "column": "j", "subgradient": "at_kink", "kink": "at_kink",
        // Pictures.
        "min": "from", "xmin": "from", "max": "to", "xmax": "to", "color": "theme", "mode": "theme",
    ]

    /// Returns the optimal string alignment distance: insertions, deletions, replacements and swaps of neighbours count
    /// 1 each.
    package static func distance(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Int {
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
