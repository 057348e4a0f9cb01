import Activations
import HTTP
import JSON

/// Answers valid requests: computes and prints small outputs at once, and large ones piece by piece as they are sent.
enum EvaluationResponse {
    /// Of the answer to a POST.
    static let fields = ResponseFields([
        "Content-Type": "application/json",
        "X-Content-Type-Options": "nosniff",
    ])

    /// Most input and output elements of a request that is answered on its event loop and held whole.
    ///
    /// More would keep the loop's other connections waiting, for more time than the way to a compute queue and back
    /// takes.
    static let loopElementCountMax = 4096

    /// Of the answer to a GET, which depends on nothing but the URL and what the tag covers.
    static func cacheableFields(tag: EntityTag, isPrivate: Bool) -> ResponseFields {
        var fields = Self.fields
        fields.append("Cache-Control", isPrivate ? "private, max-age=3600" : "public, max-age=3600")
        fields.append("ETag", tag.fieldValue)
        return fields
    }

    /// The answer, or the work that makes it where that is too much for an event loop.
    static func completion(of request: EvaluationRequest, fields: ResponseFields) -> Completion {
        let elementCount = request.input.elements.count + request.outputElementCount
        if elementCount <= loopElementCountMax {
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
            // Every one of these errors was looked for while the request was read, so this is a defect.
            return Problem.defect.response()
        }
        if text.leafCount <= loopElementCountMax {
            return Response(.ok, fields: fields, body: .bytes(text.whole(of: request)))
        }
        var beginning: [UInt8] = []
        AnswerBeginning.append(of: request, shape: text.tensor.shape, to: &beginning)
        let producer = AnswerProducer(
            text, beginning: beginning, heldByteCount: request.evaluationByteCountMax(isInputShared: false))
        return Response(.ok, fields: fields, body: .stream(producer))
    }
}
