import Activations
import HTTP
import JSON

/// The properties shared by all requests to one target, built once and passed by one reference.
final class Evaluator: Sendable {
    let target: EvaluationTarget
    let outputElementCountMax: Int

    init(_ target: EvaluationTarget, _ configuration: ServiceConfiguration) {
        self.target = target
        outputElementCountMax = configuration.outputElementCountMax
    }
}

/// Consumes the body of an evaluate POST and answers it.
final class EvaluationBody: BodyConsumer {
    private let evaluator: Evaluator
    private let context: ResponseContext
    private let byteCountHint: Int?
    /// The reader is created on first use, since few requests need it.
    private var reader: JSONObjectReader?
    /// Whether enough of the read-ahead has been usable so far.
    private var isReadAheadWorthwhile: Bool

    /// The shortest body that is read ahead: a shorter one is read before another thread would have begun.
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
            // Read-ahead does not help with rows of few numbers, with a line for each number, or after an error.
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

    /// The number of bytes of a prepared piece that are read here at a time: as many as of an unprepared one.
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

    /// Returns the request in a whole body.
    static func request(in body: Span<UInt8>, for target: EvaluationTarget) throws(Problem) -> EvaluationRequest {
        let evaluator = Evaluator(target, ServiceConfiguration())
        let consumer = EvaluationBody(for: evaluator, byteCountHint: body.count)
        consumer.consume(body)
        return try EvaluationRequest(try consumer.object(), for: target)
    }
}
