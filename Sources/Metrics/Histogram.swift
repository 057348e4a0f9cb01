import Synchronization

/// Counts how many measurements fell between which bounds.
///
/// Like ``Counter`` it is written by one thread at a time and read by any. It is stored inside its owner, so that
/// counting follows no pointer.
struct Histogram: ~Copyable, Sendable {
    let scale: Scale
    private let bounds: InlineArray<24, Int>
    private let counts = InlineArray<24, Atomic<Int>> { _ in Atomic(0) }
    private let sum = Atomic(0)

    init(_ scale: Scale) {
        self.scale = scale
        bounds = InlineArray { $0 < scale.bounds.count ? scale.bounds[$0] : Int.max }
    }

    func record(_ measure: Int) {
        var index = 0
        // Most measurements fall into the first few buckets; the last bound is above every measurement.
        while measure > bounds[index] { index += 1 }
        counts[index].store(counts[index].load(ordering: .relaxed) &+ 1, ordering: .relaxed)
        sum.store(sum.load(ordering: .relaxed) &+ measure, ordering: .relaxed)
    }

    /// Adds the counts so far to `totals`.
    func add(to totals: inout Totals) {
        for index in totals.counts.indices { totals.counts[index] += counts[index].load(ordering: .relaxed) }
        totals.sum += sum.load(ordering: .relaxed)
    }

    /// The sums of several histograms of one scale.
    struct Totals: Equatable {
        /// The counts by bucket, the last one without an upper bound; each measurement is counted once.
        var counts: [Int]
        var sum = 0

        init(_ scale: Scale) { counts = Array(repeating: 0, count: scale.bounds.count + 1) }

        var isEmpty: Bool { counts.allSatisfy { $0 == 0 } }
    }
}

/// The inclusive upper bounds of a histogram's buckets in whole units, and their printed form.
final class Scale: Sendable {
    let bounds: [Int]
    /// The number of units that are printed as one: 1e9 for nanoseconds printed as seconds.
    let divisor: Double
    /// The `le` labels, `+Inf` last.
    let labels: [String]

    init(bounds: [Int], divisor: Double) {
        precondition(
            bounds.count < 24 && zip(bounds, bounds.dropFirst()).allSatisfy(<),
            "The bounds are not ascending, or are too many.")
        self.bounds = bounds
        self.divisor = divisor
        labels = bounds.map { Exposition.text(Double($0) / divisor) } + ["+Inf"]
    }

    /// Bounds from 250 µs to 10 s, for the duration of requests of any route.
    static let requestSeconds = Scale(
        bounds: [
            250_000, 1_000_000, 2_500_000, 10_000_000, 50_000_000, 100_000_000, 500_000_000, 1_000_000_000,
            10_000_000_000,
        ], divisor: 1e9)

    /// Bounds from 50 µs to 10 s, for the duration of evaluations.
    static let evaluationSeconds = Scale(
        bounds: [
            50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000,
            100_000_000, 250_000_000, 500_000_000, 1_000_000_000, 2_500_000_000, 10_000_000_000,
        ], divisor: 1e9)

    /// Bounds from 1 µs to 10 s, for computing time.
    static let computeSeconds = Scale(
        bounds: [
            1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000,
            10_000_000, 25_000_000, 50_000_000, 100_000_000, 250_000_000, 500_000_000, 1_000_000_000, 2_500_000_000,
            10_000_000_000,
        ], divisor: 1e9)

    /// Bounds from 64 B to 1 GiB, for body sizes.
    static let bytes = Scale(
        bounds: [64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 16_777_216, 67_108_864, 1_073_741_824],
        divisor: 1)
}
