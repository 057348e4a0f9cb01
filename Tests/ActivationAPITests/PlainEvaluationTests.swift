import Activations
import HTTP
import Testing

@testable import ActivationAPI

struct PlainEvaluationTests {
    private static let bodies = [
        "{\"input\":0}", "{\"input\":-0}", "{\"input\":[0]}", "{ \"input\" : [ 0.5 , -1e3,\n800 ] }",
        "{\"input\":[1e-320]}",
        "{\"input\":[-1.7976931348623157e308,1.7976931348623157e308]}", "{\"input\":[]}", "{\"input\":[[0]]}",
        "{\"input\":\"NaN\"}", "{\"input\":[1,]}", "{\"input\":1e400}", "{\"input\":[0.1],\"dtype\":\"float32\"}", "",
        "{\"input\":[\((0..<170).map { "\($0).25" }.joined(separator: ","))]}",
    ]

    @Test("A body that comes whole is answered like one that comes in pieces", arguments: bodies)
    func answersAlike(body: String) {
        let client = TestClient()
        for activation in RegisteredActivation.all {
            for operation in Operation.allCases {
                let path = "/v1/\(activation.name)/\(operation.rawValue)"
                let whole = client.send(.post, path, body: Array(body.utf8))
                let inPieces = client.send(.post, path, body: Array(body.utf8), pieceByteCount: 3)
                #expect(whole.status == inPieces.status, "\(path)")
                #expect(whole.body == inPieces.body, "\(path)")
                #expect(whole.fields == inPieces.fields, "\(path)")
            }
        }
    }

    @Test("What is noted on an answer does not depend on the way it came about")
    func notesAlike() {
        let target = EvaluationTarget(index: 0, operation: .forward)
        let notes = [nil, PlainEvaluation(target)].map { plain -> ResponseNote? in
            let body = EvaluationBody(
                for: Evaluator(target, ServiceConfiguration(), plain: plain), byteCountHint: nil,
                frame: AnswerFrame(route: Route.evaluationLabel))
            guard case .respond(let response) = body.answer(whole: Array("{\"input\":[1,2,3]}".utf8).span) else {
                return nil
            }
            return response.note
        }
        #expect(
            notes == Array(repeating: ResponseNote(route: Route.evaluationLabel, work: 0, elementCount: 3), count: 2))
    }

    @Test("The quick way keeps the limit on an answer's numbers")
    func outputLimit() {
        let client = TestClient(ServiceConfiguration(outputElementCountMax: 2))
        #expect(client.post("/v1/sigmoid/forward", "{\"input\":[1,2]}").status == 200)
        #expect(client.post("/v1/sigmoid/forward", "{\"input\":[1,2,3]}").slug == "result-too-large")
    }

    @Test("Element-wise functions take the quick way, vector functions and Jacobians do not")
    func whoTakesIt() {
        let evaluators = Evaluator.all(ServiceConfiguration())
        for (index, activation) in RegisteredActivation.all.enumerated() {
            let isPlain = Operation.allCases.map { operation in
                evaluators[Int(EvaluationTarget(index: index, operation: operation).label)].plain != nil
            }
            let isElementwise = !activation.isVectorFunction
            #expect(isPlain == [isElementwise, isElementwise && !activation.hasKinks, false], "\(activation.name)")
        }
    }
}
