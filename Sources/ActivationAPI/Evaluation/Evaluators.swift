import Activations
import HTTP
import Locking

/// The evaluators of all evaluate paths, built once.
final class Evaluators: Sendable {
    /// The evaluators by ``EvaluationTarget/label``.
    private let all: [Evaluator]
    /// The fast evaluations of the paths that have one.
    ///
    /// A hash table with linear probing: each is at its path's hash or in the next slot that was free, and at least
    /// half of the slots are empty.
    let fastEvaluations: FixedList<FastEvaluation?>

    init(_ configuration: ServiceConfiguration) {
        let targets = configuration.registry.targets
        all = targets.map { Evaluator($0, configuration) }
        let found = targets.filter { FastEvaluation.evaluation(of: $0) != nil }
        var placeCount = 16
        while placeCount < 2 * found.count { placeCount *= 2 }
        var places = [EvaluationTarget?](repeating: nil, count: placeCount)
        for target in found {
            let path = Array(target.path.utf8)
            var place = Self.hash(path.span) & (placeCount - 1)
            while places[place] != nil { place = (place + 1) & (placeCount - 1) }
            places[place] = target
        }
        fastEvaluations = FixedList(count: placeCount) { place in
            guard let target = places[place] else { return nil }
            return FastEvaluation(target)
        }
    }

    subscript(target: EvaluationTarget) -> Evaluator { all[Int(target.label)] }

    /// Returns the index in ``fastEvaluations`` of an evaluate path, or nil; escapes in the path are not decoded.
    func fastEvaluationIndex(at path: Span<UInt8>) -> Int? {
        guard path.count >= 8 else { return nil }
        var place = Self.hash(path) & (fastEvaluations.count - 1)
        while let isFound = fastEvaluations[place]?.isAt(path) {
            if isFound { return place }
            place = (place + 1) & (fastEvaluations.count - 1)
        }
        return nil
    }

    /// Returns the first slot to probe for a path of eight bytes or more: its ends distinguish nearly all paths.
    private static func hash(_ path: Span<UInt8>) -> Int {
        let name = path.word(at: min(4, path.count - 8))
        let operation = path.word(at: path.count - 8)
        let mixed = (name ^ operation &* 31) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: mixed >> 48)
    }
}

extension Span<UInt8> {
    /// Returns whether both are the same, given eight bytes or more.
    @inline(__always)
    func equalsInWords(_ other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        var index = 0
        while index < count - 8 {
            guard word(at: index) == other.word(at: index) else { return false }
            index += 8
        }
        return word(at: count - 8) == other.word(at: count - 8)
    }
}
