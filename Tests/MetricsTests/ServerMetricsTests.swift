import Dispatch
import HTTP
import Metrics
import Synchronization
import Testing

@Suite struct ServerMetricsTests {
    private let labels = MetricLabels(
        routes: [
            .init(template: "/v1/{activation}/{operation}", methods: [.get, .head, .post, .options]),
            .init(template: "/metrics", methods: [.get, .head, .options]),
        ], problems: ["overloaded", "wrong-type"],
        evaluations: [
            .init(activation: "tanh", operation: "forward"), .init(activation: "relu", operation: "jacobian"),
        ])

    private func request(
        _ method: Method? = .post, status: Int = 200, note: ResponseNote = ResponseNote(route: 0), nanoseconds: Int = 1,
        byteCounts: (request: Int, response: Int) = (100, 1_000)
    ) -> EndedRequest {
        EndedRequest(
            method: method, status: status, note: note, id: nil, trace: nil, requestBodyByteCount: byteCounts.request,
            responseBodyByteCount: byteCounts.response, durationNanoseconds: nanoseconds,
            workNanoseconds: nanoseconds / 2,
            connection: 3)
    }

    private func lines(_ metrics: ServerMetrics) -> Set<Substring> {
        Set(String(decoding: metrics.text(), as: UTF8.self).split(separator: "\n"))
    }

    private func requestCount(_ metrics: ServerMetrics) -> Int {
        lines(metrics).filter { $0.hasPrefix("http_server_request_duration_seconds_count") }
            .reduce(0) { sum, line in sum + (line.split(separator: " ").last.flatMap { Int($0) } ?? 0) }
    }

    @Test func aRequestIsCountedByMethodByStatusAndByWhatItComputed() {
        let metrics = ServerMetrics(labels)
        let observer = metrics.makeObserver()
        observer.began()
        observer.ended(
            request(note: ResponseNote(route: 0, work: 1, elementCount: 9), nanoseconds: 60_000))
        let lines = lines(metrics)
        let route = #"http_route="/v1/{activation}/{operation}""#
        let sized = #"operation="jacobian",size="small""#
        for line in [
            "http_server_requests_total{http_request_method=\"POST\",\(route)} 1",
            "http_server_responses_total{http_response_status_code=\"200\",\(route)} 1",
            "http_server_request_duration_seconds_bucket{\(route),le=\"0.00025\"} 1",
            "http_server_request_duration_seconds_count{\(route)} 1",
            "http_server_request_duration_seconds_sum{\(route)} 6e-05",
            "http_server_request_body_size_bytes_bucket{le=\"64\"} 0",
            "http_server_request_body_size_bytes_bucket{le=\"256\"} 1",
            "http_server_response_body_size_bytes_sum 1000",
            "http_server_active_requests 0",
            #"activation_evaluations_total{activation="relu"} 1"#,
            #"activation_evaluations_total{activation="tanh"} 0"#,
            #"activation_elements_total{activation="relu"} 9"#,
            #"activation_elements_total{activation="tanh"} 0"#,
            "activation_evaluation_duration_seconds_bucket{\(sized),le=\"5e-05\"} 0",
            "activation_evaluation_duration_seconds_bucket{\(sized),le=\"0.0001\"} 1",
            #"activation_compute_duration_seconds_bucket{operation="jacobian",le="2.5e-05"} 0"#,
            #"activation_compute_duration_seconds_bucket{operation="jacobian",le="5e-05"} 1"#,
        ] {
            #expect(lines.contains(Substring(line)), "\(line)")
        }
    }

    @Test func aMalformedRequestHasNoRouteAndNoMethod() {
        let metrics = ServerMetrics(labels)
        let observer = metrics.makeObserver()
        observer.began()
        observer.ended(request(nil, status: 400, note: ResponseNote(problem: 1)))
        let lines = lines(metrics)
        #expect(lines.contains(#"http_server_requests_total{http_request_method="_OTHER"} 1"#))
        #expect(lines.contains(#"http_server_responses_total{http_response_status_code="400"} 1"#))
        #expect(lines.contains(#"activation_problems_total{type="wrong-type"} 1"#))
        #expect(lines.contains(#"activation_problems_total{type="overloaded"} 0"#))
    }

    @Test(arguments: [
        (Method.post, 0, "POST"), (.post, 1, "_OTHER"), (.head, 1, "HEAD"), (.put, 0, "_OTHER"),
        (.otherRegistered, 1, "_OTHER"), (.trace, 1, "_OTHER"),
    ])
    func methodsThatARouteDoesNotAnswerAreCountedTogether(method: HTTP.Method, route: Int, label: String) {
        let metrics = ServerMetrics(labels)
        metrics.makeObserver().ended(request(method, status: 405, note: ResponseNote(route: UInt8(route))))
        let template = labels.routes[route].template
        let line = #"http_server_requests_total{http_request_method="\#(label)",http_route="\#(template)"} 1"#
        #expect(lines(metrics).contains(line[...]))
    }

    @Test(arguments: [
        (65_536, 65_536, "small"), (65_537, 1, "medium"), (1, 65_537, "medium"), (4_194_304, 0, "medium"),
        (0, 4_194_305, "large"), (1 << 30, 0, "large"),
    ])
    func theSizeOfAnEvaluationIsThatOfItsLargerBody(requestByteCount: Int, responseByteCount: Int, size: String) {
        let metrics = ServerMetrics(labels)
        metrics.makeObserver().ended(
            request(
                note: ResponseNote(route: 0, work: 0, elementCount: 1),
                byteCounts: (requestByteCount, responseByteCount)))
        let name = "activation_evaluation_duration_seconds_count"
        #expect(lines(metrics).contains(#"\#(name){operation="forward",size="\#(size)"} 1"#[...]))
    }

    @Test func aRequestInProgressIsActiveUntilItEndsOrIsAbandoned() {
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
                observer.ended(request(status: [200, 204, 304, 400][index % 4]))
            }
        }
        isDone.store(true, ordering: .releasing)
        reader.wait()
        let lines = lines(metrics)
        for status in ["200", "204", "304", "400"] {
            let labels = #"http_response_status_code="\#(status)",http_route="/v1/{activation}/{operation}""#
            #expect(lines.contains("http_server_responses_total{\(labels)} 10000"[...]))
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
