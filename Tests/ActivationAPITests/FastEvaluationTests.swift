import Activations
import HTTP
import Testing

@testable import ActivationAPI

struct FastEvaluationTests {
    private static let bodies = [
        "{\"input\":0}", "{\"input\":-0}", "{\"input\":[0]}", "{ \"input\" : [ 0.5 , -1e3,\n800 ] }",
        "{\"input\":[1e-320]}",
        "{\"input\":[-1.7976931348623157e308,1.7976931348623157e308]}", "{\"input\":[]}", "{\"input\":[[0]]}",
        "{\"input\":\"NaN\"}", "{\"input\":[1,]}", "{\"input\":1e400}", "{\"input\":[0.1],\"dtype\":\"float32\"}", "",
        "{\"input\":[\((0..<170).map { "\($0).25" }.joined(separator: ","))]}",
    ]

    private static func row(_ count: Int) -> String {
        (0..<count).map { "\(Double($0 - 300) / 97)" }.joined(separator: ",")
    }

    private static func shortRow(_ count: Int) -> String { (0..<count).map { "\($0 % 97)" }.joined(separator: ",") }

    private static let longBodies = [
        "{\"input\":[\(shortRow(6_144))]}", "{\"input\":[\(shortRow(6_145))]}",
        "{\"input\":[\(row(1_000))],\"dtype\":\"float32\"}",
        "{\"input\":[\(row(500)),1.0000000000000000000000001,\(row(500))]}", "{\"input\":[\(row(500)),,1]}",
        "{\"input\":[[\(row(500))],[\(row(500))]]}", "{\"input\":[\(row(4_000))]}",
    ]

    @Test("A long body that comes whole is answered like one that comes in pieces", arguments: longBodies)
    func answersLongBodiesAlike(body: String) {
        for path in ["/v1/sigmoid/forward", "/v1/tanh/derivative", "/v1/relu/derivative"] {
            expectAlike(path, body, pieceByteCount: 100)
        }
    }

    /// Expects the same answer whether the body comes whole or in pieces.
    private func expectAlike(_ path: String, _ body: String, pieceByteCount: Int) {
        let client = TestClient()
        let whole = client.send(.post, path, body: Array(body.utf8))
        let inPieces = client.send(.post, path, body: Array(body.utf8), pieceByteCount: pieceByteCount)
        #expect(whole.status == inPieces.status, "\(path)")
        #expect(whole.body == inPieces.body, "\(path)")
        #expect(whole.fields == inPieces.fields, "\(path)")
    }

    @Test("The fast path answers a row as long as an event loop computes, and no longer one")
    func lengths() {
        let fast = FastEvaluation(Registry.standard.targets[0])
        for (count, isQuick) in [(1_000, true), (6_144, true), (6_145, false)] {
            var output = ByteBuffer()
            let body = Array("{\"input\":[\(Self.shortRow(count))]}".utf8)
            #expect((fast?.answer(body.span, elementCountMax: 10_000, into: &output) != nil) == isQuick)
            #expect((fast?.answer(body.span, elementCountMax: count, into: &output) != nil) == isQuick)
            #expect(fast?.answer(body.span, elementCountMax: count - 1, into: &output) == nil)
        }
        var output = ByteBuffer()
        let spaced = Array("{\"input\": [\(Self.row(1_000).split(separator: ",").joined(separator: ", "))]}".utf8)
        #expect(fast?.answer(spaced.span, elementCountMax: 10_000, into: &output) != nil)
    }

    @Test("A body that comes whole is answered like one that comes in pieces", arguments: bodies)
    func answersAlike(body: String) {
        for activation in Registry.standard.activations {
            for operation in Operation.allCases {
                expectAlike("/v1/\(activation.name)/\(operation.rawValue)", body, pieceByteCount: 3)
            }
        }
    }

    @Test("The note of an answer does not depend on the path that produced it")
    func notesAlike() {
        let body = Array("{\"input\":[1,2,3]}".utf8)
        let target = Registry.standard.targets[0]
        var output = ByteBuffer()
        let quick = FastEvaluation(target)?.answer(body.span, elementCountMax: 10, into: &output)
        let consumer = EvaluationBody(
            for: Evaluator(target, ServiceConfiguration()), byteCountHint: nil,
            context: ResponseContext(route: Route.evaluationLabel))
        consumer.consume(body.span)
        guard case .respond(let response) = consumer.finish() else {
            Issue.record("Three numbers are answered at once.")
            return
        }
        #expect(quick == response.note)
        #expect(response.note == ResponseNote(route: Route.evaluationLabel, work: 0, elementCount: 3))
    }

    @Test("The fast path keeps the limit on an answer's numbers")
    func outputLimit() {
        let client = TestClient(ServiceConfiguration(outputElementCountMax: 2))
        #expect(client.post("/v1/sigmoid/forward", "{\"input\":[1,2]}").status == 200)
        #expect(client.post("/v1/sigmoid/forward", "{\"input\":[1,2,3]}").slug == "result-too-large")
    }

    @Test("Element-wise functions have a fast path, vector functions and Jacobians do not")
    func whoTakesIt() {
        let evaluators = Evaluators(ServiceConfiguration())
        for activation in Registry.standard.activations {
            let paths = Registry.standard.targets(of: activation).map(\.path)
            let isPlain = paths.map { path in
                let bytes = Array(path.utf8)
                guard let place = evaluators.fastEvaluationIndex(at: bytes.span) else { return false }
                return evaluators.fastEvaluations[place]?.isAt(bytes.span) == true
            }
            let isElementwise = !activation.isVectorFunction
            #expect(isPlain == [isElementwise, isElementwise && activation.kinks.isEmpty, false], "\(activation.name)")
        }
    }

    @Test(
        "No other path takes the quick way",
        arguments: [
            "", "/", "/v1/tan", "/v1/sigmoid", "/v1/sigmoid/forwar", "/v1/sigmoid/forward/", "/v2/sigmoid/forward",
            "/v1/sigmoid/Forward", "/v1/sigmoie/forward", "/v1/s%69gmoid/forward", "//v1/sigmoid/forward",
            "/v1/sigmoid/sigmoid/forward",
        ])
    func otherPaths(path: String) {
        let bytes = Array(path.utf8)
        let index = Evaluators(ServiceConfiguration()).fastEvaluationIndex(at: bytes.span)
        #expect(index == nil)
    }

    @Test(
        "What the head says decides alike on both ways",
        arguments: [
            ["Content-Type": "application/json"], ["Content-Type": "text/plain"], ["content-type": "APPLICATION/JSON"],
            ["Content-Type": "application/json", "content-Type": "text/plain"],
            ["Accept": "*/*"], ["Accept": "text/html"], ["Accept": "*/*", "accept": "application/json;q=0"],
            ["Content-Encoding": "identity"], ["Content-Encoding": "gzip"], ["Content-Encoding": ""],
            ["Authorization": "Bearer right"], ["Authorization": "Bearer wrong"], ["Origin": "https://a.example"],
        ] as [KeyValuePairs<String, String>])
    func headsAlike(fields: KeyValuePairs<String, String>) {
        for configuration in [
            ServiceConfiguration(), ServiceConfiguration(bodyByteCountMax: 12),
            ServiceConfiguration(tokens: BearerTokens(["right"])),
            ServiceConfiguration(cors: CORSPolicy(origins: ["https://a.example"])),
        ] {
            for expectation in [Expectation.none, .continue100, .unknown] {
                for path in ["/v1/sigmoid/forward", "/v1/sigmoid/forward?", "/v1/sigmoid/forward?dtype=float32"] {
                    let client = TestClient(configuration)
                    let body = Array("{\"input\":[0]}".utf8)
                    let whole = client.send(.post, path, fields, body: body, expectation: expectation)
                    let inPieces = client.send(
                        .post, path, fields, body: body, pieceByteCount: 5, expectation: expectation)
                    #expect(whole.status == inPieces.status)
                    #expect(whole.body == inPieces.body)
                    #expect(whole.fields == inPieces.fields)
                }
            }
        }
    }
}
