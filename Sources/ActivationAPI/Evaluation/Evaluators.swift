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
        var slotCount = 16
        while slotCount < 2 * found.count { slotCount *= 2 }
        var slots = [EvaluationTarget?](repeating: nil, count: slotCount)
        for target in found {
            let path = Array(target.path.utf8)
            var slot = Self.hash(path.span) & (slotCount - 1)
            while slots[slot] != nil { slot = (slot + 1) & (slotCount - 1) }
            slots[slot] = target
        }
        fastEvaluations = FixedList(count: slotCount) { slot in
            guard let target = slots[slot] else { return nil }
            return FastEvaluation(target)
        }
    }

    subscript(target: EvaluationTarget) -> Evaluator { all[Int(target.label)] }

    /// Returns the index in ``fastEvaluations`` of an evaluate path, or nil; escapes in the path are not decoded.
    func fastEvaluationIndex(at path: Span<UInt8>) -> Int? {
        guard path.count >= 8 else { return nil }
        var slot = Self.hash(path) & (fastEvaluations.count - 1)
        while let isFound = fastEvaluations[slot]?.isAt(path) {
            if isFound { return slot }
            slot = (slot + 1) & (fastEvaluations.count - 1)
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
