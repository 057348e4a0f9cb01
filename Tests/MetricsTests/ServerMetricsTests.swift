import Dispatch
import HTTP
import Metrics
import Synchronization
import Testing

@Suite struct ServerMetricsTests {
    private let labels = MetricLabels(
        routes: ["/v1/{activation}/{operation}", "/metrics"], problems: ["overloaded", "wrong-type"],
        works: [.init(activation: "tanh", operation: "forward"), .init(activation: "relu", operation: "jacobian")])

    private func request(
        _ method: Method? = .post, status: Int = 200, note: ResponseNote = ResponseNote(route: 0), nanoseconds: Int = 1
    ) -> EndedRequest {
        EndedRequest(
            method: method, status: status, note: note, id: nil, trace: nil, requestBodyByteCount: 100,
            responseBodyByteCount: 1_000, durationNanoseconds: nanoseconds, workNanoseconds: nanoseconds / 2,
            connection: 3)
    }

    private func lines(_ metrics: ServerMetrics) -> Set<Substring> {
        Set(String(decoding: metrics.text(), as: UTF8.self).split(separator: "\n"))
    }

    private func requestCount(_ metrics: ServerMetrics) -> Int {
        lines(metrics).filter { $0.hasPrefix("http_server_request_duration_seconds_count") }
            .reduce(0) { sum, line in sum + (line.split(separator: " ").last.flatMap { Int($0) } ?? 0) }
    }

    @Test func aRequestIsCountedUnderMethodRouteAndStatus() {
        let metrics = ServerMetrics(labels)
        let observer = metrics.makeObserver()
        observer.began()
        observer.ended(
            request(note: ResponseNote(route: 0, work: 1, elementCount: 9), nanoseconds: 60_000))
        let lines = lines(metrics)
        let tail =
            #"{http_request_method="POST",http_route="/v1/{activation}/{operation}",http_response_status_code="200""#
        for line in [
            "http_server_request_duration_seconds_bucket\(tail),le=\"5e-05\"} 0",
            "http_server_request_duration_seconds_bucket\(tail),le=\"0.0001\"} 1",
            "http_server_request_duration_seconds_count\(tail)} 1",
            "http_server_request_duration_seconds_sum\(tail)} 6e-05",
            "http_server_request_body_size_bytes_bucket\(tail),le=\"64\"} 0",
            "http_server_request_body_size_bytes_bucket\(tail),le=\"256\"} 1",
            "http_server_response_body_size_bytes_sum\(tail)} 1000",
            "http_server_active_requests 0",
            #"activation_elements_total{activation="relu",operation="jacobian"} 9"#,
            #"activation_elements_total{activation="tanh",operation="forward"} 0"#,
            #"activation_compute_duration_seconds_bucket{activation="relu",operation="jacobian",le="2.5e-05"} 0"#,
            #"activation_compute_duration_seconds_bucket{activation="relu",operation="jacobian",le="5e-05"} 1"#,
        ] {
            #expect(lines.contains(Substring(line)), "\(line)")
        }
    }

    @Test func whatIsNotUnderstoodHasNoRouteAndNoMethod() {
        let metrics = ServerMetrics(labels)
        let observer = metrics.makeObserver()
        observer.began()
        observer.ended(request(nil, status: 400, note: ResponseNote(problem: 1)))
        let lines = lines(metrics)
        let name = "http_server_request_duration_seconds_count"
        #expect(lines.contains(#"\#(name){http_request_method="_OTHER",http_response_status_code="400"} 1"#[...]))
        #expect(lines.contains(#"activation_problems_total{type="wrong-type"} 1"#))
        #expect(lines.contains(#"activation_problems_total{type="overloaded"} 0"#))
    }

    @Test func aRequestUnderWayIsActiveUntilItEndsOrIsAbandoned() {
        let metrics = ServerMetrics(labels)
        let observer = metrics.makeObserver()
        for _ in 0..<3 { observer.began() }
        observer.ended(request())
        observer.abandoned()
        let lines = lines(metrics)
        #expect(lines.contains("http_server_active_requests 1"))
        #expect(lines.contains("activation_requests_abandoned_total 1"))
    }

    @Test func loopsThatCountAtTheSameTimeLoseNothingAndCanBeReadMeanwhile() {
        let metrics = ServerMetrics(labels)
        let isDone = Atomic(false)
        let reader = DispatchGroup()
        DispatchQueue.global().async(group: reader) {
            var before = 0
            while !isDone.load(ordering: .acquiring) {
                let now = requestCount(metrics)
                #expect(now >= before)
                before = now
            }
        }
        DispatchQueue.concurrentPerform(iterations: 4) { loop in
            let observer = metrics.makeObserver()
            for index in 0..<10_000 {
                observer.began()
                observer.ended(request(status: 200 + index % 4))
            }
        }
        isDone.store(true, ordering: .releasing)
        reader.wait()
        let lines = lines(metrics)
        for status in 200..<204 {
            let tail = #"http_route="/v1/{activation}/{operation}",http_response_status_code="\#(status)""#
            let name = "http_server_request_duration_seconds_count"
            #expect(lines.contains(#"\#(name){http_request_method="POST",\#(tail)} 10000"#[...]))
        }
    }

    @Test func eachMetricHasOneHelpAndOneType() {
        let metrics = ServerMetrics(labels)
        let readings = [
            Reading("g", .gauge, "G.", 1, labels: [("a", "1")]), Reading("g", .gauge, "G.", 2, labels: [("a", "2")]),
        ]
        let text = String(decoding: metrics.text(readings: readings), as: UTF8.self)
        let types = text.split(separator: "\n").filter { $0.hasPrefix("# TYPE") }
        #expect(Set(types).count == types.count)
        #expect(text.hasSuffix("# HELP g G.\n# TYPE g gauge\ng{a=\"1\"} 1\ng{a=\"2\"} 2\n"))
    }
}
