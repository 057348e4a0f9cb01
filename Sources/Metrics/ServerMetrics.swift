import HTTP
import Locking

/// Everything that is counted, and its text.
///
/// Each event loop counts for itself, without locks and without sharing memory; the sums are made when they are asked
/// for.
public final class ServerMetrics: Sendable {
    private let labels: MetricLabels
    private let loops = Locked<[LoopCounts]>([])

    public init(_ labels: MetricLabels) { self.labels = labels }

    /// The observer of one more event loop.
    public func makeObserver(accessLog: AccessLog? = nil) -> any RequestObserver {
        let counts = LoopCounts(labels)
        loops.withLock { $0.append(counts) }
        return LoopObserver(counts, accessLog)
    }

    /// All metrics in Prometheus' text format.
    ///
    /// - Parameter readings: What is not counted here, told behind it.
    public func text(readings: [Reading] = []) -> [UInt8] {
        let loops = loops.withLock { $0 }
        var exposition = Exposition()
        appendRequests(loops, to: &exposition)
        appendWork(loops, to: &exposition)
        appendProblems(loops, to: &exposition)
        var last = ""
        for reading in readings {
            if reading.name != last { exposition.begin(reading.name, reading.kind.rawValue, reading.help) }
            last = reading.name
            exposition.sample(reading.name, reading.labels, reading.value)
        }
        return exposition.bytes
    }

    // MARK: Requests

    private func appendRequests(_ loops: [LoopCounts], to exposition: inout Exposition) {
        let series = Dictionary(grouping: loops.flatMap(\.series), by: \.key).map { key, list in
            (labels: requestLabels(key), list: list)
        }.sorted { left, right in left.labels.map(\.1).lexicographicallyPrecedes(right.labels.map(\.1)) }

        func histogram(_ name: String, _ help: String, _ totalsOf: (RequestSeries) -> Histogram.Totals, _ scale: Scale)
        {
            exposition.begin(name, "histogram", help)
            for (labels, list) in series {
                var totals = Histogram.Totals()
                for one in list { totals += totalsOf(one) }
                exposition.histogram(name, labels, totals, scale)
            }
        }
        histogram(
            "http_server_request_duration_seconds", "Time from when its event loop turned to a request to its answer.",
            { $0.seconds.totals }, .requestSeconds)
        histogram(
            "http_server_request_body_size_bytes", "Bytes of request bodies, chunk framing removed.",
            { $0.requestBytes.totals }, .bytes)
        histogram(
            "http_server_response_body_size_bytes", "Bytes of response bodies, without chunk framing.",
            { $0.responseBytes.totals }, .bytes)

        // Ended first: a request that ends in between must not make the difference negative.
        let ended = loops.reduce(0) { $0 + $1.ended.value }
        let began = loops.reduce(0) { $0 + $1.began.value }
        exposition.begin("http_server_active_requests", "gauge", "Requests that have no answer yet.")
        exposition.sample("http_server_active_requests", [], max(0, began - ended))
        exposition.begin(
            "activation_requests_abandoned_total", "counter", "Requests whose connection was lost before the answer.")
        exposition.sample("activation_requests_abandoned_total", [], loops.reduce(0) { $0 + $1.abandoned.value })
    }

    private func requestLabels(_ key: SeriesKey) -> [(String, String)] {
        let method = key.method.map { $0 == .otherRegistered ? "_OTHER" : $0.rawValue } ?? "_OTHER"
        return [
            ("http_request_method", method),
            ("http_route", key.route.map { labels.routes[$0] } ?? ""),
            ("http_response_status_code", String(key.status)),
        ]
    }

    // MARK: Work and problems

    private func appendWork(_ loops: [LoopCounts], to exposition: inout Exposition) {
        exposition.begin("activation_elements_total", "counter", "Numbers computed.")
        for (index, work) in labels.works.enumerated() {
            exposition.sample(
                "activation_elements_total", Self.labels(work),
                loops.reduce(0) { $0 + $1.works[index].elements.value })
        }
        let name = "activation_compute_duration_seconds"
        exposition.begin(
            name, "histogram",
            "Time at work on an evaluation: reading its numbers, computing, printing; not waiting for the client.")
        for (index, work) in labels.works.enumerated() {
            var totals = Histogram.Totals()
            for loop in loops { totals += loop.works[index].seconds.totals }
            guard totals.counts.contains(where: { $0 > 0 }) else { continue }
            exposition.histogram(name, Self.labels(work), totals, .computeSeconds)
        }
    }

    private static func labels(_ work: MetricLabels.Work) -> [(String, String)] {
        [("activation", work.activation), ("operation", work.operation)]
    }

    private func appendProblems(_ loops: [LoopCounts], to exposition: inout Exposition) {
        exposition.begin(
            "activation_problems_total", "counter",
            "Errors answered, by type: overloaded and draining are sheds, the too-large and too-long types limits hit.")
        for (index, problem) in labels.problems.enumerated() {
            exposition.sample(
                "activation_problems_total", [("type", problem)], loops.reduce(0) { $0 + $1.problems[index].value })
        }
    }
}
