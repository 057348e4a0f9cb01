import HTTP

/// Documents a problem for people who encounter it; it is served under its path and listed in the description.
struct ProblemDocumentation: Sendable {
    let status: Status
    /// The sentence that every problem of the type has as its title.
    let title: String
    let meaning: String
    /// How to fix the request.
    let remedy: String

    init(_ status: Status, _ title: String, meaning: String, remedy: String) {
        self.status = status
        self.title = title
        self.meaning = meaning
        self.remedy = remedy
    }
}

extension ProblemType {
    /// The documentation of each type; long because there are many, not because anything is decided here.
    var documentation: ProblemDocumentation {
        switch self {
        case .malformedHTTP:
            ProblemDocumentation(
                .badRequest, "The request is not valid HTTP/1.1",
                meaning: "The request breaks a rule of HTTP, or its path holds a broken percent escape.",
                remedy: "Send the request with an HTTP library. `detail` names the rule, `offset` the byte.")
        case .malformedJSON:
            ProblemDocumentation(
                .badRequest, "The text is not valid JSON",
                meaning: "The body, or a query value that begins with `[`, is not JSON as RFC 8259 defines it, in "
                    + "UTF-8 without a byte order mark, with nothing after it.",
                remedy: "Mend the text at byte `offset` of the body, or the query item that `parameter` names. "
                    + "NaN and the infinities are written as strings: \"NaN\", "
                    + "\"Infinity\", \"-Infinity\".")
        case .malformedQuery:
            ProblemDocumentation(
                .badRequest, "The query cannot be read",
                meaning: "The query holds a broken percent escape or bytes that are not UTF-8, or a POST to an "
                    + "evaluate route has a query at all.",
                remedy: "Percent-encode as RFC 3986 says. In a POST, put every field into the body.")
        case .unauthorized:
            ProblemDocumentation(
                .unauthorized, "A bearer token is needed",
                meaning: "This server asks for a token, and the request has none or one that it does not know.",
                remedy: "Send `Authorization: Bearer` and a token that the server's operator gave you.")
        case .unknownActivation:
            ProblemDocumentation(
                .notFound, "There is no activation of that name",
                meaning: "The path names an activation that this version does not have. Names are in lower case.",
                remedy: "Use one of the names that `detail` or `GET /v1` lists.")
        case .unknownOperation:
            ProblemDocumentation(
                .notFound, "There is no operation of that name",
                meaning: "The path names an operation that this version does not have.",
                remedy: "Use `forward`, `derivative` or `jacobian`.")
        case .unknownRoute:
            ProblemDocumentation(
                .notFound, "There is nothing under that path",
                meaning: "The service has no such path. Paths are case-sensitive and have no slash at the end.",
                remedy: "`GET /` lists where to begin, `GET /openapi.json` every route.")
        case .methodNotAllowed:
            ProblemDocumentation(
                .methodNotAllowed, "The path does not offer that method",
                meaning: "The path exists, but does not answer this method.",
                remedy: "Use a method that the answer's `Allow` field lists.")
        case .notAcceptable:
            ProblemDocumentation(
                .notAcceptable, "The request accepts none of the formats of the answer",
                meaning: "The request's `Accept` field excludes every media type in which the answer can be given.",
                remedy: "Leave `Accept` out, or add the media type that `detail` names, or `*/*`.")
        case .requestTimeout:
            ProblemDocumentation(
                .requestTimeout, "The request did not arrive in time",
                meaning: "The head took too long, or the body stopped arriving.",
                remedy: "Send the request again, without pauses.")
        case .contentTooLarge:
            ProblemDocumentation(
                .contentTooLarge, "The body is too large",
                meaning: "The body is longer than this server accepts.",
                remedy: "Split the input over several requests, or raise the server's `--max-body-bytes`.")
        case .resultTooLarge:
            ProblemDocumentation(
                .contentTooLarge, "The answer would be too large",
                meaning: "The output would have more numbers than this server returns. Nothing was computed.",
                remedy: "Ask for less, as `detail` suggests, or raise the server's `--max-output-elements`.")
        case .uriTooLong:
            ProblemDocumentation(
                .uriTooLong, "The request line is too long",
                meaning: "The request line is longer than this server reads.",
                remedy: "Send the input in the body of a POST.")
        case .unsupportedMediaType:
            ProblemDocumentation(
                .unsupportedMediaType, "The body is not declared as JSON in UTF-8",
                meaning: "The `Content-Type` is neither JSON nor what `curl -d` sends, or its charset is not UTF-8.",
                remedy: "Send `Content-Type: application/json`, and the body in UTF-8.")
        case .unsupportedEncoding:
            ProblemDocumentation(
                .unsupportedMediaType, "The body is compressed",
                meaning: "The request has a `Content-Encoding`, and the service reads bodies only as they are.",
                remedy: "Send the body uncompressed, without `Content-Encoding`.")
        case .expectationFailed:
            ProblemDocumentation(
                .expectationFailed, "The expectation is not known",
                meaning: "The `Expect` field asks for something other than `100-continue`.",
                remedy: "Leave the `Expect` field out.")
        case .missingField:
            ProblemDocumentation(
                .unprocessableContent, "A required field is missing",
                meaning: "The request has no `input`.",
                remedy: "Add the field that `detail` names.")
        case .unknownField:
            ProblemDocumentation(
                .unprocessableContent, "There is no field of that name",
                meaning: "No operation of any activation takes a field of that name; often a typing error.",
                remedy: "Remove the field, or write it as `detail` suggests.")
        case .duplicateField:
            ProblemDocumentation(
                .unprocessableContent, "A field is given twice",
                meaning: "The service does not guess which of the two values is meant.",
                remedy: "Give each field once.")
        case .tooDeep:
            ProblemDocumentation(
                .unprocessableContent, "The value is nested too deeply",
                meaning: "`input` has a rank above 32, or another value is nested in more than 512 levels.",
                remedy: "Send an input of fewer dimensions.")
        case .wrongType:
            ProblemDocumentation(
                .unprocessableContent, "The value has the wrong type",
                meaning:
                    "A value has another JSON type than the field takes, or is a fraction in a field for integers.",
                remedy: "Send the type that `detail` names. Numbers are not written as strings, other than \"NaN\", "
                    + "\"Infinity\" and \"-Infinity\" in `input`.")
        case .raggedArray:
            ProblemDocumentation(
                .unprocessableContent, "The array is not rectangular",
                meaning: "The arrays of one level of `input` differ in length, or numbers and arrays are mixed.",
                remedy: "Give all rows of a level the same length.")
        case .axisOutOfRange:
            ProblemDocumentation(
                .unprocessableContent, "The input has no such axis",
                meaning: "`axis` is not between -rank and rank - 1 of the input.",
                remedy: "Count axes from 0, the outermost, or from -1, the innermost.")
        case .indexOutOfRange:
            ProblemDocumentation(
                .unprocessableContent, "The vectors have no such element",
                meaning: "`i` or `j` is not between -n and n - 1, where n is the length of the vectors along `axis`.",
                remedy: "Count elements from 0, or from -1 at the end.")
        case .numberOutOfRange:
            ProblemDocumentation(
                .unprocessableContent, "The number is too large",
                meaning: "Rounded to the dtype, the number would be infinite.",
                remedy: "Send a smaller number, or \"Infinity\" in `input` if that is what you mean. float64 reaches "
                    + "1.8e308, float32 3.4e38.")
        case .invalidParameter:
            ProblemDocumentation(
                .unprocessableContent, "The value is not allowed",
                meaning: "The value has the right type, but is not one of those that the field takes.",
                remedy: "Use a value that `detail` allows.")
        case .parameterDoesNotApply:
            ProblemDocumentation(
                .unprocessableContent, "The field does not apply here",
                meaning: "The field exists, but not for this operation of this activation, or not for pictures.",
                remedy: "Remove the field. `GET /v1/{activation}` lists the fields of each operation.")
        case .headersTooLarge:
            ProblemDocumentation(
                .requestHeaderFieldsTooLarge, "The header section is too large",
                meaning: "There are more header fields, or longer ones, than this server reads.",
                remedy: "Send fewer or shorter header fields.")
        case .internal:
            ProblemDocumentation(
                .internalServerError, "The service failed",
                meaning: "The request may be right; the service has a defect.",
                remedy: "Please report it with the request and the answer's `instance`.")
        case .notImplemented:
            ProblemDocumentation(
                .notImplemented, "The service does not support that part of HTTP",
                meaning: "The method is not registered, or the body has a transfer coding other than `chunked`.",
                remedy: "Use a registered method; send bodies with `Content-Length` or as chunks.")
        case .httpVersion:
            ProblemDocumentation(
                .httpVersionNotSupported, "The service does not support that version of HTTP",
                meaning: "The request line names a major version other than 1.",
                remedy: "Send the request as HTTP/1.1.")
        case .overloaded:
            ProblemDocumentation(
                .serviceUnavailable, "The service has too much to do",
                meaning: "This request needs more memory than the server has left. Nothing was computed.",
                remedy: "Try again after the seconds that `Retry-After` gives.")
        case .draining:
            ProblemDocumentation(
                .serviceUnavailable, "The service is shutting down",
                meaning: "Only `/readyz` answers this: the process is about to end. Until then other paths are served.",
                remedy: "Send requests to another instance.")
        }
    }

    /// The status of each type; see ``documentation``.
    var status: Status { documentation.status }
}
