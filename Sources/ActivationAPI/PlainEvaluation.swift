import Activations
import HTTP
import JSON

/// The quick way through the requests that most are: a few numbers for an element-wise function, and no other field.
///
/// What the answers to them have in common is made once; what is left is to read the numbers, to compute, and to print.
/// It answers only what it surely can; everything else goes the long way, whose answers are the same, byte for byte.
final class PlainEvaluation: Sendable {
    private let evaluation: ElementwiseEvaluation
    private let workLabel: UInt8
    /// The answer up to its shape, and from there to its output.
    private let beforeShape: [UInt8]
    private let behindShape: [UInt8]

    /// At the vector width that is current now; nil where the target has no such requests.
    init?(_ target: EvaluationTarget) {
        guard let evaluation = ElementwiseEvaluation(target.operation, of: target.activation.defaultFunction) else {
            return nil
        }
        self.evaluation = evaluation
        workLabel = target.label
        do {
            let request = try EvaluationBody.request(in: Array("{\"input\":0}".utf8).span, for: target)
            (beforeShape, behindShape) = AnswerBeginning.parts(of: request)
        } catch {
            return nil
        }
    }

    /// The answer to a whole body; nil where it is not of this kind.
    func answer(_ body: Span<UInt8>, elementCountMax: Int) -> Response? {
        guard body.count <= PlainObject.byteCountMax else { return nil }
        let capacity = PlainObject.numberCountMax(byteCount: body.count)
        guard capacity > 0, capacity <= elementCountMax else { return nil }
        // SAFETY: each span has one half of the memory, and neither leaves the closure; numbers need no deinitialising.
        return unsafe withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * capacity) { memory in
            let halves = unsafe (
                UnsafeMutableBufferPointer(rebasing: memory[..<capacity]),
                UnsafeMutableBufferPointer(rebasing: memory[capacity...])
            )
            var numbers = unsafe OutputSpan(buffer: halves.0, initializedCount: 0)
            guard let form = PlainObject.read(body, member: "input", into: &numbers) else { return nil }
            var values = unsafe OutputSpan(buffer: halves.1, initializedCount: 0)
            values.append(repeating: 0, count: numbers.count)
            var output = values.mutableSpan
            evaluation.write(numbers.span, into: &output)
            return response(values.span, form)
        }
    }

    private func response(_ values: Span<Double>, _ form: PlainObject.Form) -> Response {
        let valueByteCountMax = values.count * (JSONText.numberByteCountMax + 1)
        let byteCountMax = beforeShape.count + behindShape.count + valueByteCountMax + Self.otherByteCountMax
        var text: [UInt8] = []
        // An array made with a capacity would look up its type's metadata each time.
        text.reserveCapacity(byteCountMax)
        text.append(addingCapacity: byteCountMax) { output in
            output.append(copying: beforeShape)
            if form == .vector { output.append(decimal: values.count) }
            output.append(copying: behindShape)
            if form == .vector { output.append(UInt8(ascii: "[")) }
            JSONText.append(values, to: &output)
            if form == .vector { output.append(UInt8(ascii: "]")) }
            output.append(UInt8(ascii: "}"))
        }
        var response = Response(.ok, fields: EvaluationResponse.fields, body: .bytes(text))
        response.note = ResponseNote(route: Route.evaluationLabel, work: workLabel, elementCount: values.count)
        return response
    }

    /// The shape and the brackets.
    private static let otherByteCountMax = 32
}
