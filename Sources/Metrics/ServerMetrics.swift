import HTTP
import Locking

/// Holds all counters and renders them.
///
/// Each event loop has counters of its own, without locks or shared memory; the sums are computed when the metrics are
/// read.
public final class ServerMetrics: Sendable {
    private let labels: MetricLabels
    private let loops = Locked<[LoopCounts]>([])

    public init(_ labels: MetricLabels) { self.labels = labels }

    /// Creates the observer of one more event loop.
    public func makeObserver(accessLog: AccessLog? = nil) -> any RequestObserver {
        let counts = LoopCounts(labels)
        loops.withLock { $0.append(counts) }
        return LoopObserver(counts, accessLog)
    }

    /// Returns all metrics in the Prometheus text format.
    ///
    /// The length is bounded: at most 150 KB for 40 activations with 6 operations each, 20 routes and 40 problem types.
    ///
    /// - Parameter readings: Numbers that are not counted here, appended at the end.
    public func text(readings: [Reading] = []) -> [UInt8] {
        let loops = loops.withLock { $0 }
        var exposition = Exposition()
        appendRequests(loops, to: &exposition)
        appendEvaluations(loops, to: &exposition)
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
        let routes = [[]] + labels.routes.map { [("http_route", $0.template)] }
        appendCounts(
            "http_server_requests_total", "Requests answered, by method.", routes, "http_request_method",
            MethodLabel.names, to: &exposition
        ) { route, method in loops.reduce(0) { $0 + $1.routes[route].methods[method].value } }
        appendCounts(
            "http_server_responses_total", "Requests answered, by status.", routes, "http_response_status_code",
            StatusLabel.names, to: &exposition
        ) { route, status in loops.reduce(0) { $0 + $1.routes[route].statuses[status].value } }

        let name = "http_server_request_duration_seconds"
        exposition.begin(
            name, "histogram", "Time from when the event loop starts on a request to its answer.")
        for (index, labels) in routes.enumerated() {
            append(name, labels, .requestSeconds, to: &exposition) { totals in
                for loop in loops { loop.routes[index].seconds.add(to: &totals) }
            }
        }
        exposition.begin(
            "http_server_request_body_size_bytes", "histogram", "Bytes of request bodies, chunk framing removed.")
        append("http_server_request_body_size_bytes", [], .bytes, to: &exposition) { totals in
            for loop in loops { loop.requestBytes.add(to: &totals) }
        }
        exposition.begin(
            "http_server_response_body_size_bytes", "histogram", "Bytes of response bodies, without chunk framing.")
        append("http_server_response_body_size_bytes", [], .bytes, to: &exposition) { totals in
            for loop in loops { loop.responseBytes.add(to: &totals) }
        }

        // `ended` is read first: a request that ends in between must not make the difference negative.
        let ended = loops.reduce(0) { $0 + $1.ended.value }
        let began = loops.reduce(0) { $0 + $1.began.value }
        exposition.begin("http_server_active_requests", "gauge", "Requests that have no answer yet.")
        exposition.sample("http_server_active_requests", [], max(0, began - ended))
        exposition.begin(
            "activation_requests_abandoned_total", "counter", "Requests whose connection was lost before the answer.")
        exposition.sample("activation_requests_abandoned_total", [], loops.reduce(0) { $0 + $1.abandoned.value })
    }

    /// Appends a counter with one more label; samples of 0 are left out.
    private func appendCounts(
        _ name: String, _ help: String, _ routes: [[(String, String)]], _ label: String, _ values: [String],
        to exposition: inout Exposition, count: (_ route: Int, _ value: Int) -> Int
    ) {
        exposition.begin(name, "counter", help)
        for (route, labels) in routes.enumerated() {
            for (index, value) in values.enumerated() {
                let count = count(route, index)
                if count > 0 { exposition.sample(name, [(label, value)] + labels, count) }
            }
        }
    }

    /// Appends the samples of a histogram, unless it is empty.
    private func append(
        _ name: String, _ labels: [(String, String)], _ scale: Scale, to exposition: inout Exposition,
        add: (inout Histogram.Totals) -> Void
    ) {
        var totals = Histogram.Totals(scale)
        add(&totals)
        if !totals.isEmpty { exposition.histogram(name, labels, totals, scale) }
    }

    // MARK: Evaluations and problems

    private func appendEvaluations(_ loops: [LoopCounts], to exposition: inout Exposition) {
        exposition.begin("activation_evaluations_total", "counter", "Evaluations answered.")
        for (index, activation) in labels.activations.enumerated() {
            exposition.sample(
                "activation_evaluations_total", [("activation", activation)],
                loops.reduce(0) { $0 + $1.activations[index].evaluations.value })
        }
        exposition.begin("activation_elements_total", "counter", "Numbers computed.")
        for (index, activation) in labels.activations.enumerated() {
            exposition.sample(
                "activation_elements_total", [("activation", activation)],
                loops.reduce(0) { $0 + $1.activations[index].elements.value })
        }
        var name = "activation_evaluation_duration_seconds"
        exposition.begin(
            name, "histogram",
            "Time from when the event loop starts on an evaluation to its answer. "
                + "small: both bodies have at most 64 KiB; medium: at most 4 MiB.")
        for (index, operation) in labels.operations.enumerated() {
            for (size, sizeName) in SizeLabel.names.enumerated() {
                let labels = [("operation", operation), ("size", sizeName)]
                append(name, labels, .evaluationSeconds, to: &exposition) { totals in
                    for loop in loops { loop.operations[index].seconds[size].add(to: &totals) }
                }
            }
        }
        name = "activation_compute_duration_seconds"
        exposition.begin(
            name, "histogram",
            "Time spent on an evaluation: reading its numbers, computing, printing; not waiting for the client.")
        for (index, operation) in labels.operations.enumerated() {
            append(name, [("operation", operation)], .computeSeconds, to: &exposition) { totals in
                for loop in loops { loop.operations[index].computeSeconds.add(to: &totals) }
            }
        }
    }

    private func appendProblems(_ loops: [LoopCounts], to exposition: inout Exposition) {
        exposition.begin(
            "activation_problems_total", "counter",
            "Errors answered, by type: overloaded is a shed, draining a probe of /readyz during shutdown.")
        for (index, problem) in labels.problems.enumerated() {
            exposition.sample(
                "activation_problems_total", [("type", problem)], loops.reduce(0) { $0 + $1.problems[index].value })
        }
    }
}
