import Testing

@testable import ActivationAPI

/// A body and the problem that it makes.
struct BodyProblemCase: Sendable, CustomTestStringConvertible {
    let path: String
    let body: String
    let slug: String
    let pointer: String?
    let offset: Int?

    init(_ path: String, _ body: String, _ slug: String, _ pointer: String? = nil, at offset: Int? = nil) {
        self.path = path
        self.body = body
        self.slug = slug
        self.pointer = pointer
        self.offset = offset
    }

    var testDescription: String { "\(path) \(body.prefix(60))" }
}

private let sigmoid = "/v1/sigmoid/forward"
private let softmax = "/v1/softmax/derivative"
private let leaky = "/v1/leaky_relu/derivative"

private let cases = [
    // JSON itself.
    BodyProblemCase(sigmoid, "", "malformed-json", at: 0),
    BodyProblemCase(sigmoid, #"{"input":[1,]}"#, "malformed-json", at: 12),
    BodyProblemCase(sigmoid, #"{"input":[NaN]}"#, "malformed-json", at: 10),
    BodyProblemCase(sigmoid, #"{"input":1}x"#, "malformed-json", at: 11),
    BodyProblemCase(sigmoid, #"{"input":[1"#, "malformed-json", at: 11),
    BodyProblemCase(sigmoid, "\u{FEFF}{\"input\":1}", "malformed-json", at: 0),
    BodyProblemCase(sigmoid, #"{"input":1,"x":"\ud800"}"#, "malformed-json"),
    BodyProblemCase(sigmoid, #"{"bogus":1,"input":[1,}"#, "malformed-json", at: 22),
    // The fields of a request.
    BodyProblemCase(sigmoid, "{}", "missing-field", "/input"),
    BodyProblemCase(sigmoid, #"{"dtype":"float32"}"#, "missing-field", "/input"),
    BodyProblemCase(sigmoid, #"{"inputs":1}"#, "unknown-field", "/inputs", at: 10),
    BodyProblemCase(sigmoid, #"{"a/b~":1,"input":1}"#, "unknown-field", "/a~1b~0", at: 8),
    BodyProblemCase(sigmoid, #"{"input":1,"input":2}"#, "duplicate-field", "/input", at: 19),
    BodyProblemCase(sigmoid, #"{"input":1,"\u0069nput":2}"#, "duplicate-field", "/input", at: 24),
    BodyProblemCase(sigmoid, "[1]", "wrong-type", "", at: 0),
    BodyProblemCase(sigmoid, "null", "wrong-type", "", at: 0),
    BodyProblemCase(sigmoid, #"{"input":null}"#, "wrong-type", "/input", at: 9),
    BodyProblemCase(sigmoid, #"{"input":[1,"2"]}"#, "wrong-type", "/input/1", at: 12),
    BodyProblemCase(sigmoid, #"{"input":[[1,true]]}"#, "wrong-type", "/input/0/1", at: 13),
    BodyProblemCase(sigmoid, #"{"input":{}}"#, "wrong-type", "/input", at: 9),
    BodyProblemCase(sigmoid, #"{"input":1,"dtype":64}"#, "wrong-type", "/dtype", at: 19),
    BodyProblemCase(softmax, #"{"input":[1],"axis":"0"}"#, "wrong-type", "/axis", at: 20),
    BodyProblemCase(softmax, #"{"input":[1],"axis":0.5}"#, "wrong-type", "/axis", at: 20),
    BodyProblemCase(softmax, #"{"input":[1],"i":1e-1}"#, "wrong-type", "/i", at: 17),
    BodyProblemCase(leaky, #"{"input":1,"alpha":null}"#, "wrong-type", "/alpha", at: 19),
    BodyProblemCase(leaky, #"{"input":1,"alpha":"NaN"}"#, "wrong-type", "/alpha", at: 19),
    BodyProblemCase(leaky, #"{"input":1,"at_kink":[1]}"#, "wrong-type", "/at_kink", at: 21),
    BodyProblemCase(sigmoid, #"{"input":[[1,2,3],[4,5]]}"#, "ragged-array", "/input/1", at: 18),
    BodyProblemCase(sigmoid, #"{"input":[1,[2]]}"#, "ragged-array", "/input/1", at: 12),
    BodyProblemCase(
        sigmoid, #"{"input":"# + String(repeating: "[", count: 33) + "1", "too-deep",
        "/input" + String(repeating: "/0", count: 32), at: 41),
    // Numbers.
    BodyProblemCase(sigmoid, #"{"input":[0,1e400]}"#, "number-out-of-range", "/input/1", at: 12),
    BodyProblemCase(sigmoid, #"{"input":[[0,1e39]],"dtype":"float32"}"#, "number-out-of-range", "/input/0/1", at: 13),
    BodyProblemCase(sigmoid, #"{"dtype":"float32","input":1e39}"#, "number-out-of-range", "/input", at: 27),
    BodyProblemCase(leaky, #"{"input":1,"alpha":1e400}"#, "number-out-of-range", "/alpha", at: 19),
    BodyProblemCase(leaky, #"{"input":1,"alpha":1e39,"dtype":"float32"}"#, "number-out-of-range", "/alpha", at: 19),
    BodyProblemCase(
        leaky, #"{"at_kink":-1e39,"dtype":"float32","input":1}"#, "number-out-of-range", "/at_kink", at: 11),
    // Values.
    BodyProblemCase(sigmoid, #"{"input":1,"dtype":"float16"}"#, "invalid-parameter", "/dtype", at: 19),
    BodyProblemCase(leaky, #"{"input":1,"at_kink":"middle"}"#, "invalid-parameter", "/at_kink", at: 21),
    BodyProblemCase(leaky, #"{"input":1,"at_kink":"NaN"}"#, "invalid-parameter", "/at_kink", at: 21),
    BodyProblemCase(leaky, #"{"input":1,"at_kink":1.5}"#, "invalid-parameter", "/at_kink", at: 21),
    BodyProblemCase(leaky, #"{"input":1,"at_kink":0.009}"#, "invalid-parameter", "/at_kink", at: 21),
    BodyProblemCase(leaky, #"{"input":1,"at_kink":0.9,"alpha":2}"#, "invalid-parameter", "/at_kink", at: 21),
    BodyProblemCase(
        "/v1/relu/jacobian", #"{"input":1,"at_kink":-0.1}"#, "invalid-parameter", "/at_kink", at: 21),
    BodyProblemCase(sigmoid, #"{"input":1,"alpha":1}"#, "parameter-does-not-apply", "/alpha", at: 19),
    BodyProblemCase(sigmoid, #"{"axis":0,"input":1}"#, "parameter-does-not-apply", "/axis", at: 8),
    BodyProblemCase(
        "/v1/sigmoid/derivative", #"{"input":1,"at_kink":0}"#, "parameter-does-not-apply", "/at_kink", at: 21),
    BodyProblemCase(
        "/v1/relu/forward", #"{"input":1,"at_kink":"left"}"#, "parameter-does-not-apply", "/at_kink", at: 21),
    BodyProblemCase("/v1/softmax/jacobian", #"{"input":1,"i":0}"#, "parameter-does-not-apply", "/i", at: 15),
    BodyProblemCase("/v1/softmax/forward", #"{"input":1,"j":0}"#, "parameter-does-not-apply", "/j", at: 15),
    // Axes and indices.
    BodyProblemCase(softmax, #"{"input":[1],"axis":1}"#, "axis-out-of-range", "/axis", at: 20),
    BodyProblemCase(softmax, #"{"axis":-3,"input":[[1]]}"#, "axis-out-of-range", "/axis", at: 8),
    BodyProblemCase(softmax, #"{"input":1,"axis":1}"#, "axis-out-of-range", "/axis", at: 18),
    BodyProblemCase(softmax, #"{"input":1,"axis":-1e30}"#, "axis-out-of-range", "/axis", at: 18),
    BodyProblemCase("/v1/tanh/jacobian", #"{"input":[1],"axis":1}"#, "axis-out-of-range", "/axis", at: 20),
    BodyProblemCase(softmax, #"{"input":[1,2],"i":2}"#, "index-out-of-range", "/i", at: 19),
    BodyProblemCase(softmax, #"{"input":[1,2],"j":-3}"#, "index-out-of-range", "/j", at: 19),
    BodyProblemCase(softmax, #"{"input":[],"i":0}"#, "index-out-of-range", "/i", at: 16),
    BodyProblemCase(softmax, #"{"input":1,"i":1}"#, "index-out-of-range", "/i", at: 15),
    // Which of two comes first: the one whose value does.
    BodyProblemCase(softmax, #"{"j":5,"input":[1],"i":5}"#, "index-out-of-range", "/j", at: 5),
    BodyProblemCase(softmax, #"{"i":5,"input":[1],"j":5}"#, "index-out-of-range", "/i", at: 5),
    BodyProblemCase(sigmoid, #"{"dtype":"x","input":[[1],2]}"#, "invalid-parameter", "/dtype", at: 9),
    BodyProblemCase(sigmoid, #"{"input":[[1],2],"dtype":"x"}"#, "ragged-array", "/input/1", at: 14),
    BodyProblemCase(softmax, #"{"axis":9,"input":[1],"bogus":1}"#, "axis-out-of-range", "/axis", at: 8),
    BodyProblemCase(softmax, #"{"bogus":1,"axis":9,"input":[1]}"#, "unknown-field", "/bogus", at: 9),
    BodyProblemCase(sigmoid, #"{"alpha":1,"dtype":"x"}"#, "parameter-does-not-apply", "/alpha", at: 9),
    BodyProblemCase(
        sigmoid, #"{"input":[1,1e39],"dtype":"float32","axis":1}"#, "number-out-of-range", "/input/1", at: 12),
]

struct BodyProblemTests {
    @Test("The problem of an invalid body says what is wrong and where", arguments: cases)
    func tellsWhatIsWrong(_ row: BodyProblemCase) {
        let answer = TestClient().post(row.path, row.body)
        #expect(answer.slug == row.slug)
        #expect(answer.status == (row.slug == "malformed-json" ? 400 : 422))
        #expect(answer.member("pointer") == row.pointer)
        if let offset = row.offset { #expect(answer.member("offset") == String(offset)) }
        #expect(answer.member("parameter") == nil)
        #expect(answer.fields["content-type"] == "application/problem+json")
        #expect(answer.fields["cache-control"] == "no-store")
        #expect(answer.fields["x-content-type-options"] == "nosniff")
    }

    @Test("A wrong body cut into single bytes gives the same problem", arguments: cases)
    func tellsTheSameInPieces(_ row: BodyProblemCase) {
        let client = TestClient()
        let whole = client.post(row.path, row.body)
        let pieces = client.send(.post, row.path, body: Array(row.body.utf8), pieceByteCount: 1)
        #expect(pieces.body == whole.body)
    }

    @Test("The example of the contract is answered to the byte")
    func answersTheExample() {
        let answer = TestClient().post(sigmoid, #"{"input": [[-1.5, 0, 2], [1, 2]]}"#)
        #expect(
            answer.body == #"{"type":"/problems/ragged-array","title":"The array is not rectangular","status":422,"#
                + #""detail":"Row 1 has 2 elements, row 0 has 3.","pointer":"/input/1","offset":25}"#)
    }

    @Test("An unknown field is answered with the one meant")
    func namesTheNearestField() {
        let answer = TestClient().post("/v1/leaky_relu/forward", #"{"input":1,"aplha":1}"#)
        #expect(answer.body.contains("Did you mean alpha?"))
    }

    @Test("An output past the limit is rejected before it is computed, with a cheaper alternative")
    func refusesLargeOutputs() {
        var configuration = ServiceConfiguration()
        configuration.outputElementCountMax = 8
        let client = TestClient(configuration)
        #expect(client.post("/v1/tanh/jacobian", #"{"input":[1,2]}"#).status == 200)
        for (path, way) in [
            ("/v1/tanh/jacobian", "/v1/tanh/derivative gives the diagonal"),
            ("/v1/softmax/jacobian", "/v1/softmax/derivative gives one row"),
            ("/v1/softmax/derivative", "/v1/softmax/derivative gives one row"),
        ] {
            let answer = client.post(path, #"{"input":[1,2,3]}"#)
            #expect(answer.status == 413)
            #expect(answer.slug == "result-too-large")
            #expect(
                answer.body.contains("have 9 numbers") && answer.body.contains("at most 8") && answer.body.contains(way)
            )
        }
        let long = client.post(sigmoid, #"{"input":[1,2,3,4,5,6,7,8,9]}"#)
        #expect(long.slug == "result-too-large")
        #expect(client.post("/v1/softmax/derivative", #"{"input":[1,2,3],"i":0}"#).status == 200)
    }
}
