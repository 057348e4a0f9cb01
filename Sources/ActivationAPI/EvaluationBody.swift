import HTTP
import JSON

/// Takes in the body of an evaluate POST and answers it.
final class EvaluationBody: BodyConsumer {
    private let target: EvaluationTarget
    private let outputElementCountMax: Int
    private let parallelism: Parallelism
    private var reader: JSONObjectReader
    private let frame: AnswerFrame

    init(
        of target: EvaluationTarget, configuration: ServiceConfiguration, byteCountHint: Int?,
        frame: AnswerFrame = AnswerFrame()
    ) {
        self.target = target
        self.frame = frame
        outputElementCountMax = configuration.outputElementCountMax
        parallelism = configuration.parallelism
        reader = JSONObjectReader(schema: EvaluationField.schema, byteCountHint: byteCountHint)
    }

    var heldByteCount: Int { reader.heldByteCount }

    func consume(_ bytes: Span<UInt8>) { reader.feed(bytes) }

    func finish() -> Completion {
        do {
            let request = try EvaluationRequest(try object(), for: target)
            try request.checkOutputSize(elementCountMax: outputElementCountMax)
            let completion = EvaluationResponse.completion(
                of: request, fields: EvaluationResponse.fields, parallelism: parallelism)
            return frame.frame(completion.noting(request.note))
        } catch {
            return .respond(frame.frame(error))
        }
    }

    private func object() throws(Problem) -> JSONObject {
        do { return try reader.finish() } catch { throw Problem(error) }
    }

    /// The request that a whole body makes.
    static func request(in body: Span<UInt8>, for target: EvaluationTarget) throws(Problem) -> EvaluationRequest {
        let consumer = EvaluationBody(of: target, configuration: ServiceConfiguration(), byteCountHint: body.count)
        consumer.consume(body)
        return try EvaluationRequest(try consumer.object(), for: target)
    }
}
