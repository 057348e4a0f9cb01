import Activations
import HTTP

/// Returns an example of each problem for the description, made by the same code as the real ones.
struct ProblemExample {
    /// Returns the body of an answer.
    static func answer(_ type: ProblemType, _ registry: Registry = .standard) -> String {
        OpenAPIExample.body(of: ProblemExample(registry: registry).problem(type).response())
    }

    private let registry: Registry

    private func problem(_ type: ProblemType) -> Problem {
        switch type {
        case .malformedHTTP:
            Problem(.malformed(rule: "There is whitespace in a field name or before its colon.", offset: 20))
        case .unauthorized: .unauthorized
        case .unknownActivation: .unknownActivation("sigmiod", in: registry)
        case .unknownOperation: .unknownOperation("gradient", of: registry.activations[0])
        case .unknownRoute: .unknownRoute(Array("/v1/".utf8).span)
        case .methodNotAllowed: .methodNotAllowed(.reading)
        case .notAcceptable: .notAcceptable("application/json")
        case .requestTimeout: Problem(.requestTimeout)
        case .contentTooLarge: Problem(.contentTooLarge(byteCountMax: 67_108_864))
        case .uriTooLong: Problem(.uriTooLong(byteCountMax: 16_384))
        case .unsupportedMediaType: .unsupportedMediaType("\"text/plain\"")
        case .unsupportedEncoding: .unsupportedEncoding("\"gzip\"")
        case .expectationFailed: .expectationFailed
        case .headersTooLarge: Problem(.headersTooLarge(limit: "The request has too many fields."))
        case .notImplemented: Problem(.unknownMethod)
        case .httpVersion: Problem(.versionNotSupported)
        case .overloaded: Problem(.overloaded)
        case .draining: Problem(.draining)
        case .internal: .defect
        case .malformedQuery: .queryOfPost
        case .resultTooLarge:
            .resultTooLarge(target(.jacobian), elementCount: 100_000_000, elementCountMax: 16_777_216)
        case .malformedJSON: found(in: #"{"input":[1,]}"#)
        case .missingField: found(in: #"{"dtype":"float32"}"#)
        case .unknownField: found(in: #"{"inputs":[1]}"#)
        case .duplicateField: found(in: #"{"input":1,"input":2}"#)
        case .tooDeep: found(in: #"{"input":"# + String(repeating: "[", count: 33))
        case .wrongType: found(in: #"{"input":[1,"2"]}"#)
        case .raggedArray: found(in: #"{"input":[[1,2,3],[4,5]]}"#)
        case .axisOutOfRange: found(in: #"{"input":[1,2],"axis":1}"#, .jacobian)
        case .indexOutOfRange: found(in: #"{"input":[1,2],"i":2}"#, .derivative)
        case .numberOutOfRange: found(in: #"{"input":[1e400]}"#)
        case .invalidParameter: found(in: #"{"input":[1],"dtype":"double"}"#)
        case .parameterDoesNotApply: found(in: #"{"input":[1],"i":0}"#)
        }
    }

    /// Returns the problem of a body.
    private func found(in body: String, _ operation: Operation = .forward) -> Problem {
        let target = target(operation)
        do {
            _ = try EvaluationBody.request(in: Array(body.utf8).span, for: target)
        } catch {
            return error
        }
        preconditionFailure("The example is not a problem.")
    }

    /// Returns the operation of a vector function that has it, which accepts the most fields, or else of any
    /// activation.
    private func target(_ operation: Operation) -> EvaluationTarget {
        let vectorsFirst = registry.activations.filter(\.isVectorFunction) + registry.activations
        return vectorsFirst.lazy.compactMap { registry.target(operation, of: $0) }.first ?? registry.targets[0]
    }
}
