import Activations
import HTTP
import JSON

/// Answers valid requests: computes and prints small outputs at once, and large ones piece by piece as they are sent.
enum EvaluationResponse {
    /// The fields of the answer to a POST.
    static let fields = ResponseFields([
        "Content-Type": "application/json",
        "X-Content-Type-Options": "nosniff",
    ])

    /// The most input and output elements of a request that is answered on its event loop: some 0.3 ms of work.
    ///
    /// A round trip to the compute queue costs a request less than a tenth of that.
    static let loopElementCountMax = 12_288

    /// Returns whether an output is held whole: if its text is no longer than a piece of a produced answer.
    static func isWhole(_ text: TensorText) -> Bool {
        text.byteCountMax(leafCount: text.leafCount) <= pieceByteCountMax
    }

    /// The space for the elements of a piece of an answer, in bytes.
    ///
    /// It is enough for some 18,000 numbers, which take a tenth of a millisecond and usually two thirds of the space.
    static let pieceByteCountMax = 524_288

    /// Returns the fields of the answer to a GET, which depends only on the URL and on what the tag covers.
    static func cacheableFields(tag: EntityTag, isPrivate: Bool) -> ResponseFields {
        var fields = Self.fields
        fields.append("Cache-Control", isPrivate ? "private, max-age=3600" : "public, max-age=3600")
        fields.append("ETag", tag.fieldValue)
        return fields
    }

    /// Returns the answer, or the work that produces it if that is too much for an event loop.
    static func completion(of request: EvaluationRequest, fields: ResponseFields) -> Completion {
        let elementCount = request.input.elements.count + request.outputElementCount
        if elementCount <= loopElementCountMax, isWhole(TensorText(shape: request.outputShape)) {
            return .respond(response(to: request, fields: fields, Cancellation()))
        }
        return .compute(
            BoundedWork(heldByteCountMax: request.heldByteCountMax) { cancellation in
                response(to: request, fields: fields, cancellation)
            })
    }

    private static func response(
        to request: EvaluationRequest, fields: ResponseFields, _ cancellation: Cancellation
    ) -> Response {
        switch request.dtype {
        case .float64:
            response(to: request, input: request.input.elements, fields: fields, cancellation)
        case .float32:
            response(to: request, input: request.input.float32Elements(), fields: fields, cancellation)
        }
    }

    private static func response<Element: PrintableElement>(
        to request: EvaluationRequest, input: [Element], fields: ResponseFields, _ cancellation: Cancellation
    ) -> Response {
        let text: AnswerText<Element>
        do {
            text = AnswerText(
                try Evaluation(
                    request.target.operation, of: request.activation,
                    input: Tensor(shape: request.input.shape, elements: input), axis: request.axis,
                    atKink: request.atKink, index: request.index, isCancelled: { cancellation.isCancelled }))
        } catch .cancelled {
            return .cancelled
        } catch {
            // The request has been checked for each of these errors, so this is a defect.
            return Problem.defect.response()
        }
        if isWhole(text.tensor) {
            return Response(.ok, fields: fields, body: .bytes(text.whole(of: request)))
        }
        var prefix: [UInt8] = []
        AnswerPrefix.append(of: request, shape: text.tensor.shape, to: &prefix)
        let producer = AnswerProducer(
            text, prefix: prefix, heldByteCount: request.evaluationByteCountMax(isInputShared: false))
        return Response(.ok, fields: fields, body: .stream(producer))
    }
}
