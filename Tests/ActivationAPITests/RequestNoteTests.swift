import HTTP
import Testing

@testable import ActivationAPI

@Suite struct RequestNoteTests {
    private let service = ActivationService(ServiceConfiguration(), metrics: { Array("m 1\n".utf8) })

    private func response(
        _ method: HTTP.Method, _ path: String, query: String? = nil, body: String? = nil, id: String = "me"
    ) -> Response {
        let bytes = Array((path + (query ?? "")).utf8)
        let lines: [FieldLine] = []
        let head = RequestHead(
            method: method, bytes: bytes.span, fieldLines: lines.span, path: 0..<path.utf8.count,
            query: query == nil ? nil : path.utf8.count..<bytes.count, minorVersion: 1,
            framing: body.map { .length($0.utf8.count) } ?? .none, expectation: .none)
        switch service.receive(head, id: RequestID(Array(id.utf8).span)) {
        case .respond(let response): return response
        case .compute(let work): return work(Cancellation())
        case .consume(let consumer):
            consumer.consume(Array((body ?? "").utf8).span)
            switch consumer.finish() {
            case .respond(let response): return response
            case .compute(let work): return work(Cancellation())
            }
        }
    }

    private func text(_ response: Response) -> String {
        guard case .bytes(let bytes) = response.body else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let routes: [(String, String)] = [
        ("/", "/"), ("/v1", "/v1"), ("/v1/tanh", "/v1/{activation}"),
        ("/v1/tanh/plot.svg", "/v1/{activation}/plot.svg"), ("/v1/tanh/forward", "/v1/{activation}/{operation}"),
        ("/openapi.yaml", "/openapi.yaml"), ("/openapi.json", "/openapi.json"), ("/livez", "/livez"),
        ("/healthz", "/livez"), ("/readyz", "/readyz"), ("/problems/too-deep", "/problems/{slug}"),
        ("/metrics", "/metrics"),
    ]

    @Test(arguments: routes)
    func everyAnswerNotesItsRoute(path: String, template: String) {
        let route = response(.get, path).note.route
        #expect(route.map { RequestLabels.routes[Int($0)] } == template)
    }

    /// docs/operations.md describes this for the label `route`.
    @Test func onlyWhatIsAnsweredBeforeItsPathIsLookedUpAndUnknownPathsHaveNoRoute() {
        for (path, status) in [("/nowhere", 404), ("/v1/nothing", 404), ("/v1/%2", 400)] {
            let response = response(.get, path)
            #expect(response.status.code == status && response.note.route == nil, "\(path)")
        }
        let guarded = ActivationService(ServiceConfiguration(tokens: BearerTokens(["secret"])))
        let bytes = Array("/v1".utf8)
        let lines: [FieldLine] = []
        let head = RequestHead(
            method: .get, bytes: bytes.span, fieldLines: lines.span, path: bytes.indices, query: nil, minorVersion: 1,
            framing: .none, expectation: .none)
        guard case .respond(let refused) = guarded.receive(head) else {
            Issue.record("A request without its token is not answered from its head.")
            return
        }
        #expect(refused.status.code == 401 && refused.note.route == nil)
        #expect(response(.delete, "/v1").status.code == 405 && response(.delete, "/v1").note.route != nil)
        #expect(response(.post, "/v1/relu/forward", query: "a=1", body: "{}").note.route != nil)
    }

    @Test(arguments: [
        ("softmax", "jacobian", "[1,2,3]", 9), ("relu", "derivative", "[[1,2],[3,4]]", 4),
        ("sigmoid", "forward", "1", 1),
    ])
    func anEvaluationNotesWhatWasComputedAndHowMany(activation: String, operation: String, input: String, count: Int) {
        let path = "/v1/\(activation)/\(operation)"
        for response in [
            response(.post, path, body: "{\"input\":\(input)}"), response(.get, path, query: "input=\(input)"),
        ] {
            let work = response.note.work.map { RequestLabels.evaluations[Int($0)] }
            #expect(work?.activation == activation && work?.operation == operation)
            #expect(response.note.elementCount == count)
            #expect(response.note.problem == nil)
        }
    }

    @Test func aLargeEvaluationNotesTheSame() {
        let numbers = "[" + Array(repeating: "1", count: 10_000).joined(separator: ",") + "]"
        let note = response(.post, "/v1/relu/forward", body: "{\"input\":\(numbers)}").note
        #expect(note.elementCount == 10_000 && note.work != nil)
    }

    @Test(arguments: [
        ("/v1/relu/forward", "{", "malformed-json"), ("/v1/relu/forward", "{}", "missing-field"),
        ("/v1/rilu/forward", "{}", "unknown-activation"), ("/nowhere", "{}", "unknown-route"),
    ])
    func aProblemIsNotedAndNamesTheRequest(path: String, body: String, slug: String) {
        let response = response(.post, path, body: body, id: "abc.1")
        #expect(response.note.problem.map { RequestLabels.problems[Int($0)] } == slug)
        #expect(response.note.work == nil)
        #expect(text(response).contains(#""instance":"urn:request:abc.1""#))
    }

    @Test func anErrorOfHTTPNamesTheRequestToo() {
        let response = service.response(to: .requestTimeout, id: RequestID(Array("x".utf8).span))
        #expect(text(response).contains(#""instance":"urn:request:x""#))
    }

    @Test func metricsAreAnsweredAsPrometheusExpectsThem() {
        let answer = Answer(response(.get, "/metrics"))
        #expect(answer.body == "m 1\n")
        #expect(answer.fields["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
        #expect(answer.fields["cache-control"] == "no-store")
    }
}
