import HTTP
import Metrics
import Testing

/// Compares the length of the page with its stated bound, with every series in use.
@Suite struct PageSizeTests {
    /// The bound of 150 KB, whatever clients send.
    private static let byteCountMax = 150_000

    private static let templates = [
        "*", "/", "/v1", "/v1/{activation}", "/v1/{activation}/{operation}", "/v1/{activation}/{operation}/check",
        "/v1/{activation}/{operation}/cases", "/v1/{activation}/plot.svg", "/openapi.yaml", "/openapi.json", "/livez",
        "/readyz", "/problems/{slug}", "/metrics", "/v2", "/v2/health/live", "/v2/health/ready", "/v2/models/{model}",
        "/v2/models/{model}/ready", "/v2/models/{model}/infer",
    ]

    /// These are 40 activations with long names, 6 operations, 20 routes and 40 problems: more than exist.
    private static let labels: MetricLabels = {
        let names = (0..<40).map { "activation_name_\($0)" }
        let operations = ["forward", "derivative", "second_derivative", "jacobian", "vjp", "jvp"]
        return MetricLabels(
            routes: templates.map { .init(template: $0, methods: [.get, .head, .post, .options]) },
            problems: (0..<40).map { "parameter-does-not-apply-\($0)" },
            evaluations: names.flatMap { name in operations.map { .init(activation: name, operation: $0) } })
    }()

    private static let readings = (0..<30).map { index in
        Reading(
            "activation_reading_\(index)", .gauge, String(repeating: "h", count: 80), 1e15, labels: [("label", "value")]
        )
    }

    /// Records every possible kind of request several times.
    private func recordEverything(_ metrics: ServerMetrics, statuses: some Sequence<Int>, loopCount: Int = 1) {
        let routes: [UInt8?] = [nil] + Self.labels.routes.indices.map { UInt8($0) }
        let methods: [HTTP.Method?] = [nil] + HTTP.Method.allCases
        for _ in 0..<loopCount {
            let observer = metrics.makeObserver()
            for status in statuses {
                for route in routes {
                    for method in methods { record(method, status, ResponseNote(route: route), observer) }
                }
            }
            for work in Self.labels.evaluations.indices {
                for byteCount in [1, 1 << 20, 1 << 30] {
                    let note = ResponseNote(route: 1, work: UInt16(work), elementCount: 1 << 40)
                    record(.post, 200, note, byteCount: byteCount, observer)
                }
            }
            for problem in Self.labels.problems.indices {
                record(.get, 500, ResponseNote(problem: UInt8(problem)), observer)
            }
        }
    }

    private func record(
        _ method: HTTP.Method?, _ status: Int, _ note: ResponseNote, byteCount: Int = 0, _ observer: any RequestObserver
    ) {
        observer.began()
        observer.ended(
            EndedRequest(
                method: method, status: status, note: note, id: nil, trace: nil, requestBodyByteCount: byteCount,
                responseBodyByteCount: byteCount, durationNanoseconds: 123_456_789, workNanoseconds: 123_456_789,
                connection: 0))
    }

    @Test func thePageStaysWithinItsBoundWithEverySeriesInUse() {
        let metrics = ServerMetrics(Self.labels)
        recordEverything(metrics, statuses: 200..<600)
        let page = metrics.text(readings: Self.readings)
        let lineCount = page.reduce(0) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
        // Each number may have ten digits more than here.
        #expect(page.count + 10 * lineCount <= Self.byteCountMax, "\(page.count) bytes in \(lineCount) lines")
        #expect(page.count > Self.byteCountMax / 3, "the test reaches the series")
    }

    @Test func moreRequestsAndMoreLoopsAddNoSeries() {
        let metrics = ServerMetrics(Self.labels)
        recordEverything(metrics, statuses: 200..<600)
        let series = names(metrics)
        recordEverything(metrics, statuses: 0..<1_000, loopCount: 3)
        #expect(names(metrics) == series)
    }

    private func names(_ metrics: ServerMetrics) -> Set<Substring> {
        let lines = String(decoding: metrics.text(), as: UTF8.self).split(separator: "\n")
        return Set(lines.compactMap { $0.hasPrefix("#") ? nil : $0[..<($0.lastIndex(of: " ") ?? $0.startIndex)] })
    }
}
