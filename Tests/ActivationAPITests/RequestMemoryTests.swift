import Activations
import HTTP
import JSON
import Testing

@testable import ActivationAPI

/// Tests the memory that a request reports before it is answered.
@Suite struct RequestMemoryTests {
    private func request(_ path: String, _ row: String, rowCount: Int, dtype: String) throws -> EvaluationRequest {
        let route = try Route.match(Array("/v1/\(path)".utf8).span, in: .standard)
        guard case .evaluation(let target) = route else { throw Problem.defect }
        let rows = Array(repeating: row, count: rowCount).joined(separator: ",")
        let body = Array("{\"input\":[\(rows)],\"dtype\":\"\(dtype)\"}".utf8)
        return try EvaluationBody.request(in: body.span, for: target)
    }

    @Test(arguments: [("sigmoid/forward", "0.5"), ("sigmoid/derivative", "0.5"), ("softmax/forward", "[0.5,1]")])
    func `in float64 the numbers that were read are the input, in float32 there is one of its own`(
        path: String, row: String
    ) throws {
        for (dtype, ownByteCount) in [("float64", 0), ("float32", 4)] {
            let request = try request(path, row, rowCount: 20_000, dtype: dtype)
            let count = request.input.elements.count
            #expect(
                request.heldByteCountMax
                    == request.input.heldByteCount + ownByteCount * count + AnswerPrefix.typicalByteCountMax)
            let kept = request.evaluationByteCountMax(isInputShared: false)
            #expect(kept == (dtype == "float64" ? 8 * request.input.elements.capacity : 4 * count))
        }
    }
}
