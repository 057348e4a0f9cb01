import Activations
import HTTP

/// What there is for each evaluate path, made once.
final class Evaluators: Sendable {
    /// By ``EvaluationTarget/label``.
    private let all: [Evaluator]
    /// The quick way of each path that has one.
    ///
    /// In the place that the path's hash gives, or in the next that was free; the list is at least half empty.
    private let plains: [PlainEvaluation?]

    init(_ configuration: ServiceConfiguration) {
        let targets = RegisteredActivation.all.indices.flatMap { index in
            Operation.allCases.map { EvaluationTarget(index: index, operation: $0) }
        }
        all = targets.map { Evaluator($0, configuration) }
        let found = targets.compactMap { PlainEvaluation($0) }
        var placeCount = 16
        while placeCount < 2 * found.count { placeCount *= 2 }
        var plains = [PlainEvaluation?](repeating: nil, count: placeCount)
        for plain in found {
            let known = plain.path
            var place = Self.hash(known.span) & (placeCount - 1)
            while plains[place] != nil { place = (place + 1) & (placeCount - 1) }
            plains[place] = plain
        }
        self.plains = plains
    }

    subscript(target: EvaluationTarget) -> Evaluator { all[Int(target.label)] }

    /// The quick way of an evaluate path, which is compared where it lies and without regard to escapes.
    func plain(path: Span<UInt8>) -> PlainEvaluation? {
        guard path.count >= 8 else { return nil }
        var place = Self.hash(path) & (plains.count - 1)
        while let plain = plains[place] {
            let known = plain.path
            if path.equals(known.span) { return plain }
            place = (place + 1) & (plains.count - 1)
        }
        return nil
    }

    /// Where a path of eight bytes or more is looked for first: its ends tell it apart from nearly all others.
    private static func hash(_ path: Span<UInt8>) -> Int {
        let name = path.word(at: min(4, path.count - 8))
        let operation = path.word(at: path.count - 8)
        let mixed = (name ^ operation &* 31) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: mixed >> 48)
    }
}

extension Span<UInt8> {
    /// Eight bytes from `offset`.
    ///
    /// - Precondition: They are there.
    @inline(__always)
    fileprivate func word(at offset: Int) -> UInt64 {
        // SAFETY: bytes have no padding, any eight of them are a UInt64, and the load is checked to lie in the span.
        unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// Whether both are the same eight bytes or more.
    @inline(__always)
    fileprivate func equals(_ other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        var index = 0
        while index < count - 8 {
            guard word(at: index) == other.word(at: index) else { return false }
            index += 8
        }
        return word(at: count - 8) == other.word(at: count - 8)
    }
}
