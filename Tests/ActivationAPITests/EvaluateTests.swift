import Testing

@testable import ActivationAPI

/// A request and the whole of its answer.
struct EvaluateCase: Sendable, CustomTestStringConvertible {
    let path: String
    let body: String
    let answer: String

    init(_ path: String, _ body: String, _ answer: String) {
        self.path = path
        self.body = body
        self.answer = answer
    }

    var testDescription: String { "\(path) \(body)" }
}

private let cases = [
    EvaluateCase(
        "/v1/leaky_relu/derivative",
        #"{"input": [[-1.5, 0, 2]], "alpha": 0.2, "dtype": "float64", "at_kink": "undefined"}"#,
        #"{"activation":"leaky_relu","operation":"derivative","dtype":"float64","shape":[1,3],"#
            + #""parameters":{"alpha":0.2,"at_kink":"undefined"},"output":[[0.2,null,1]],"undefined_count":1}"#),
    EvaluateCase(
        "/v1/sigmoid/forward", #"{"input":0}"#,
        #"{"activation":"sigmoid","operation":"forward","dtype":"float64","shape":[],"parameters":{},"output":0.5}"#),
    EvaluateCase(
        "/v1/sigmoid/derivative", #"{"input":[0]}"#,
        #"{"activation":"sigmoid","operation":"derivative","dtype":"float64","shape":[1],"#
            + #""parameters":{},"output":[0.25]}"#
    ),
    EvaluateCase(
        "/v1/sigmoid/jacobian", #"{"input":[0,0]}"#,
        #"{"activation":"sigmoid","operation":"jacobian","dtype":"float64","shape":[2,2],"#
            + #""parameters":{"axis":-1},"output":[[0.25,0],[0,0.25]]}"#),
    EvaluateCase(
        "/v1/tanh/forward", #"{"input":[]}"#,
        #"{"activation":"tanh","operation":"forward","dtype":"float64","shape":[0],"parameters":{},"output":[]}"#),
    EvaluateCase(
        "/v1/tanh/forward", #"{"input":["NaN","Infinity","-Infinity",-0]}"#,
        #"{"activation":"tanh","operation":"forward","dtype":"float64","shape":[4],"parameters":{},"#
            + #""output":["NaN",1,-1,-0]}"#),
    EvaluateCase(
        "/v1/tanh/derivative", #"{"input":[[],[]],"dtype":"float32"}"#,
        #"{"activation":"tanh","operation":"derivative","dtype":"float32","shape":[2,0],"#
            + #""parameters":{},"output":[[],[]]}"#
    ),
    EvaluateCase(
        "/v1/tanh/jacobian", #"{"input":0}"#,
        #"{"activation":"tanh","operation":"jacobian","dtype":"float64","shape":[],"#
            + #""parameters":{"axis":-1},"output":1}"#
    ),
    EvaluateCase(
        "/v1/relu/forward", #"{"input":[-1,0,2.5]}"#,
        #"{"activation":"relu","operation":"forward","dtype":"float64","shape":[3],"parameters":{},"output":[0,0,2.5]}"#
    ),
    EvaluateCase(
        "/v1/relu/derivative", #"{"input":[-1,0,-0,2.5]}"#,
        #"{"activation":"relu","operation":"derivative","dtype":"float64","shape":[4],"#
            + #""parameters":{"at_kink":"undefined"},"output":[0,null,null,1],"undefined_count":2}"#),
    EvaluateCase(
        "/v1/relu/derivative", #"{"input":[-1,0,2.5],"at_kink":0.5}"#,
        #"{"activation":"relu","operation":"derivative","dtype":"float64","shape":[3],"#
            + #""parameters":{"at_kink":0.5},"output":[0,0.5,1]}"#),
    EvaluateCase(
        "/v1/relu/jacobian", #"{"input":[0,1]}"#,
        #"{"activation":"relu","operation":"jacobian","dtype":"float64","shape":[2,2],"#
            + #""parameters":{"axis":-1,"at_kink":"undefined"},"output":[[null,0],[0,1]],"undefined_count":1}"#),
    EvaluateCase(
        "/v1/leaky_relu/forward", #"{"input":[-1,2],"alpha":-0.5}"#,
        #"{"activation":"leaky_relu","operation":"forward","dtype":"float64","shape":[2],"#
            + #""parameters":{"alpha":-0.5},"output":[0.5,2]}"#),
    EvaluateCase(
        "/v1/leaky_relu/forward", #"{"dtype":"float32","input":[-1,2],"alpha":0.1}"#,
        #"{"activation":"leaky_relu","operation":"forward","dtype":"float32","shape":[2],"#
            + #""parameters":{"alpha":0.1},"output":[-0.1,2]}"#),
    EvaluateCase(
        "/v1/leaky_relu/derivative", #"{"input":[-2,0,3],"alpha":0.1,"at_kink":"left"}"#,
        #"{"activation":"leaky_relu","operation":"derivative","dtype":"float64","shape":[3],"#
            + #""parameters":{"alpha":0.1,"at_kink":"left"},"output":[0.1,0.1,1]}"#),
    EvaluateCase(
        "/v1/leaky_relu/derivative", #"{"input":[-2,0,3],"alpha":1,"at_kink":7}"#,
        #"{"activation":"leaky_relu","operation":"derivative","dtype":"float64","shape":[3],"#
            + #""parameters":{"alpha":1,"at_kink":7},"output":[1,1,1]}"#),
    EvaluateCase(
        "/v1/leaky_relu/derivative", #"{"input":0,"alpha":3,"at_kink":1}"#,
        #"{"activation":"leaky_relu","operation":"derivative","dtype":"float64","shape":[],"#
            + #""parameters":{"alpha":3,"at_kink":1},"output":1}"#),
    EvaluateCase(
        "/v1/leaky_relu/jacobian", #"{"input":[[-1],[4]],"axis":0}"#,
        #"{"activation":"leaky_relu","operation":"jacobian","dtype":"float64","shape":[1,2,2],"#
            + #""parameters":{"alpha":0.01,"axis":0,"at_kink":"undefined"},"output":[[[0.01,0],[0,1]]]}"#),
    EvaluateCase(
        "/v1/softmax/forward", #"{"input":[1000,1000]}"#,
        #"{"activation":"softmax","operation":"forward","dtype":"float64","shape":[2],"parameters":{"axis":-1},"#
            + #""output":[0.5,0.5]}"#),
    EvaluateCase(
        "/v1/softmax/forward", #"{"input":7,"axis":0}"#,
        #"{"activation":"softmax","operation":"forward","dtype":"float64","shape":[],"#
            + #""parameters":{"axis":0},"output":1}"#
    ),
    EvaluateCase(
        "/v1/softmax/derivative", #"{"input":[3,3],"i":0,"j":-1}"#,
        #"{"activation":"softmax","operation":"derivative","dtype":"float64","shape":[],"#
            + #""parameters":{"axis":-1,"i":0,"j":-1},"output":-0.25}"#),
    EvaluateCase(
        "/v1/softmax/derivative", #"{"input":[3,3],"i":1}"#,
        #"{"activation":"softmax","operation":"derivative","dtype":"float64","shape":[2],"#
            + #""parameters":{"axis":-1,"i":1},"output":[-0.25,0.25]}"#),
    EvaluateCase(
        "/v1/softmax/derivative", #"{"input":[[3,3]],"j":1.0,"axis":1e0}"#,
        #"{"activation":"softmax","operation":"derivative","dtype":"float64","shape":[1,2],"#
            + #""parameters":{"axis":1,"j":1},"output":[[-0.25,0.25]]}"#),
    EvaluateCase(
        "/v1/softmax/jacobian", #"{"input":[[0,0],[0,0]],"axis":0}"#,
        #"{"activation":"softmax","operation":"jacobian","dtype":"float64","shape":[2,2,2],"parameters":{"axis":0},"#
            + #""output":[[[0.25,-0.25],[-0.25,0.25]],[[0.25,-0.25],[-0.25,0.25]]]}"#),
    EvaluateCase(
        "/v1/softmax/jacobian", #"{"input":[]}"#,
        #"{"activation":"softmax","operation":"jacobian","dtype":"float64","shape":[0,0],"parameters":{"axis":-1},"#
            + #""output":[]}"#),
]

struct EvaluateTests {
    @Test("A POST is answered to the byte", arguments: cases)
    func answersPost(_ row: EvaluateCase) {
        let answer = TestClient().post(row.path, row.body)
        #expect(answer.status == 200)
        #expect(answer.body == row.answer)
        #expect(
            answer.fields == [
                "content-type": "application/json", "x-content-type-options": "nosniff",
                "vary": "Accept, Accept-Encoding",
            ])
    }

    @Test("A body cut anywhere gives the same answer", arguments: cases, [1, 2, 3, 7])
    func answersPieces(_ row: EvaluateCase, pieceByteCount: Int) {
        let answer = TestClient().send(.post, row.path, body: Array(row.body.utf8), pieceByteCount: pieceByteCount)
        #expect(answer.body == row.answer)
    }

    @Test("An output of many numbers is streamed")
    func streamsLargeOutputs() {
        let whole = (0..<10_000).map { $0 % 3 == 0 ? 0 : $0 - 2000 }
        let text = whole.map(String.init).joined(separator: ",")
        let expected = whole.map { $0 == 0 ? "null" : $0 < 0 ? "0" : "1" }
        let answer = TestClient().post("/v1/relu/derivative", "{\"input\":[[\(text)],[\(text)]]}")
        let row = expected.joined(separator: ",")
        let undefinedCount = 2 * expected.count { $0 == "null" }
        #expect(answer.isStreamed)
        #expect(
            answer.body
                == "{\"activation\":\"relu\",\"operation\":\"derivative\",\"dtype\":\"float64\",\"shape\":[2,10000],"
                + "\"parameters\":{\"at_kink\":\"undefined\"},\"output\":[[\(row)],[\(row)]],"
                + "\"undefined_count\":\(undefinedCount)}")
    }

    @Test("Many empty arrays are streamed")
    func streamsEmptyArrays() {
        let text = Array(repeating: "[]", count: 10_000).joined(separator: ",")
        let answer = TestClient().post("/v1/softmax/jacobian", "{\"input\":[\(text)]}")
        let rows = "[" + text + "]"
        #expect(answer.body.hasSuffix("\"output\":\(rows)}"))
        #expect(answer.body.contains("\"shape\":[10000,0,0]"))
    }
}
