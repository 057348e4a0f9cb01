import Activations
import HTTP
import JSON

/// What all requests to one target have in common, made once and passed on by one reference.
final class Evaluator: Sendable {
    let target: EvaluationTarget
    let outputElementCountMax: Int

    init(_ target: EvaluationTarget, _ configuration: ServiceConfiguration) {
        self.target = target
        outputElementCountMax = configuration.outputElementCountMax
    }
}

/// Takes in the body of an evaluate POST and answers it.
final class EvaluationBody: BodyConsumer {
    private let evaluator: Evaluator
    private let context: ResponseContext
    private let byteCountHint: Int?
    /// Made when it is needed, which is for few requests.
    private var reader: JSONObjectReader?
    /// Whether enough could be taken of what has been prepared, as far as is known.
    private var isReadAheadWorthwhile: Bool

    /// Shorter bodies are read before another thread would have begun.
    private static let preparedByteCountMin = 524_288

    init(for evaluator: Evaluator, byteCountHint: Int?, context: ResponseContext = ResponseContext()) {
        self.evaluator = evaluator
        self.context = context
        self.byteCountHint = byteCountHint
        isReadAheadWorthwhile = (byteCountHint ?? 0) >= Self.preparedByteCountMin
    }

    var heldByteCount: Int { reader?.heldByteCount ?? 0 }

    func heldByteCountMax(taking byteCount: Int, prepared: (any PreparedPiece)?) -> Int {
        if reader == nil { reader = newReader() }
        let runs = (prepared as? PreparedNumbers)?.usefulRuns
        let readByteCount = prepared == nil || runs != nil ? byteCount : min(byteCount, Self.readByteCountMax)
        return reader?.heldByteCountMax(taking: readByteCount, ahead: runs) ?? 0
    }

    func consume(_ bytes: Span<UInt8>) {
        if reader == nil { reader = newReader() }
        reader?.feed(bytes)
    }

    var preparer: (any BodyPreparer)? { isReadAheadWorthwhile ? NumberPreparer.shared : nil }

    func consume(_ bytes: Span<UInt8>, prepared: any PreparedPiece, from start: Int) -> Int {
        guard let runs = (prepared as? PreparedNumbers)?.usefulRuns else {
            // With rows of few numbers, a line for each number, or an error before them, there is no use in it.
            isReadAheadWorthwhile = false
            let slice = bytes.extracting(first: Self.readByteCountMax)
            consume(slice)
            return slice.count
        }
        if reader == nil { reader = newReader() }
        guard
            let (byteCount, aheadByteCount) = reader?.feed(
                bytes, ahead: runs, from: start, readByteCountMax: Self.readByteCountMax)
        else { return bytes.count }
        if aheadByteCount < byteCount / 2 { isReadAheadWorthwhile = false }
        return byteCount
    }

    /// How much of a prepared piece is read here at a time, in bytes: as much as of one that is not prepared.
    private static let readByteCountMax = 16_384

    func finish() -> Completion {
        do {
            let request = try EvaluationRequest(try object(), for: evaluator.target)
            try request.checkOutputSize(elementCountMax: evaluator.outputElementCountMax)
            let completion = EvaluationResponse.completion(of: request, fields: EvaluationResponse.fields)
            return context.applied(to: completion.noting(request.note))
        } catch {
            return .respond(context.applied(to: error))
        }
    }

    private func object() throws(Problem) -> JSONObject {
        var reader = reader.take() ?? newReader()
        do { return try reader.finish() } catch { throw Problem(error) }
    }

    private func newReader() -> JSONObjectReader {
        JSONObjectReader(schema: evaluator.target.activation.fields.schema, byteCountHint: byteCountHint)
    }

    /// The request that a whole body makes.
    static func request(in body: Span<UInt8>, for target: EvaluationTarget) throws(Problem) -> EvaluationRequest {
        let evaluator = Evaluator(target, ServiceConfiguration())
        let consumer = EvaluationBody(for: evaluator, byteCountHint: body.count)
        consumer.consume(body)
        return try EvaluationRequest(try consumer.object(), for: target)
    }
}
