import Activations
import HTTP
import JSON

/// The fast path for the most common requests: a few numbers for an element-wise function, and no other field.
///
/// The parts shared by their answers are built once, which leaves reading the numbers, computing, and printing. It
/// returns nil for anything it does not handle; the regular path then answers, with identical bytes.
struct FastEvaluation: ~Copyable, Sendable {
    /// The path `/v1/{activation}/{operation}`, which has eight bytes or more.
    private let path: [UInt8]
    private let evaluation: ElementwiseEvaluation
    private let targetLabel: UInt16
    /// The answer up to its shape, and from there to its output.
    private let beforeShape: [UInt8]
    private let afterShape: [UInt8]

    /// Uses the current vector width; returns nil if the target has no such requests.
    init?(_ target: EvaluationTarget) {
        guard let evaluation = Self.evaluation(of: target),
            let request = try? EvaluationBody.request(in: Array("{\"input\":0}".utf8).span, for: target)
        else { return nil }
        path = Array(target.path.utf8)
        self.evaluation = evaluation
        targetLabel = target.label
        (beforeShape, afterShape) = AnswerPrefix.parts(of: request)
    }

    /// Returns the evaluation of a target's fast path, or nil if it has none.
    static func evaluation(of target: EvaluationTarget) -> ElementwiseEvaluation? {
        ElementwiseEvaluation(target.operation, of: target.activation.defaultFunction)
    }

    /// Returns whether `path` is the target's.
    func isAt(_ path: Span<UInt8>) -> Bool { path.equalsInWords(self.path.span) }

    /// The longest body handled here, in bytes.
    static let bodyByteCountMax = PlainObject.byteCountMax

    /// Answers a whole body.
    ///
    /// - Parameter output: Receives the body of the answer.
    /// - Returns: The note of the answer, or nil if the request is not of this kind.
    func answer(_ body: Span<UInt8>, elementCountMax: Int, into output: inout ByteBuffer) -> ResponseNote? {
        guard body.count <= Self.bodyByteCountMax else { return nil }
        // Every number but the last is followed by a comma. A loop's limit counts input and output together.
        let capacity = min(body.count / 2, EvaluationResponse.loopElementCountMax / 2)
        // SAFETY: each span has one half of the memory, and neither leaves the closure; numbers need no deinitialising.
        return unsafe withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * capacity) { memory in
            let halves = unsafe (
                UnsafeMutableBufferPointer(rebasing: memory[..<capacity]),
                UnsafeMutableBufferPointer(rebasing: memory[capacity...])
            )
            var numbers = unsafe OutputSpan(buffer: halves.0, initializedCount: 0)
            guard let form = PlainObject.read(body, member: "input", into: &numbers),
                numbers.count <= elementCountMax
            else { return nil }
            var values = unsafe OutputSpan(buffer: halves.1, initializedCount: 0)
            values.append(repeating: 0, count: numbers.count)
            var results = values.mutableSpan
            evaluation.write(numbers.span, into: &results)
            write(values.span, form, to: &output)
            return ResponseNote(route: Route.evaluationLabel, work: targetLabel, elementCount: values.count)
        }
    }

    private func write(_ values: Span<Double>, _ form: PlainObject.Form, to text: inout ByteBuffer) {
        let valueByteCountMax = values.count * (JSONText.numberByteCountMax + 1)
        let byteCountMax = beforeShape.count + afterShape.count + valueByteCountMax + Self.punctuationByteCountMax
        text.append(addingCapacity: byteCountMax) { output in
            output.append(copying: beforeShape)
            if form == .vector { output.append(decimal: values.count) }
            output.append(copying: afterShape)
            if form == .vector { output.append(UInt8(ascii: "[")) }
            JSONText.append(values, to: &output)
            if form == .vector { output.append(UInt8(ascii: "]")) }
            output.append(UInt8(ascii: "}"))
        }
    }

    /// The space for the shape and the brackets.
    private static let punctuationByteCountMax = 32
}
