import HTTP

/// Every kind of error with which the service answers: the `type` of a problem (RFC 9457).
///
/// The raw value is the slug of its page, `/problems/{slug}`. A slug is part of the contract: its meaning never
/// changes.
enum ProblemType: String, CaseIterable, Sendable {
    case malformedHTTP = "malformed-http"
    case malformedJSON = "malformed-json"
    case malformedQuery = "malformed-query"
    case unauthorized
    case unknownActivation = "unknown-activation"
    case unknownOperation = "unknown-operation"
    case unknownRoute = "unknown-route"
    case methodNotAllowed = "method-not-allowed"
    case notAcceptable = "not-acceptable"
    case requestTimeout = "request-timeout"
    case contentTooLarge = "content-too-large"
    case resultTooLarge = "result-too-large"
    case uriTooLong = "uri-too-long"
    case unsupportedMediaType = "unsupported-media-type"
    case unsupportedEncoding = "unsupported-encoding"
    case expectationFailed = "expectation-failed"
    case missingField = "missing-field"
    case unknownField = "unknown-field"
    case duplicateField = "duplicate-field"
    case tooDeep = "too-deep"
    case wrongType = "wrong-type"
    case raggedArray = "ragged-array"
    case axisOutOfRange = "axis-out-of-range"
    case indexOutOfRange = "index-out-of-range"
    case numberOutOfRange = "number-out-of-range"
    case invalidParameter = "invalid-parameter"
    case parameterDoesNotApply = "parameter-does-not-apply"
    case headersTooLarge = "headers-too-large"
    case `internal`
    case notImplemented = "not-implemented"
    case httpVersion = "http-version"
    case overloaded
    case draining

    var path: String { "/problems/" + rawValue }
}
