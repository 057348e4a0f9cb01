import HTTP

/// An error as the caller sees it (RFC 9457).
///
/// This file is the only place where errors become HTTP.
struct Problem: Error, Sendable {
    let type: ProblemType
    /// What is wrong with this request.
    var detail: String
    /// The position in the body, as a JSON Pointer (RFC 6901).
    var pointer: String?
    /// The name of the query item.
    var parameter: String?
    /// The byte position of the error in the body; for `malformed-http` in the head, or in the chunked body as sent.
    var offset: Int?
    /// The methods of the path, if the method is the problem.
    var allowed: AllowedMethods?

    init(
        _ type: ProblemType, _ detail: String, pointer: String? = nil, parameter: String? = nil, offset: Int? = nil,
        allowed: AllowedMethods? = nil
    ) {
        self.type = type
        self.detail = detail
        self.pointer = pointer
        self.parameter = parameter
        self.offset = offset
        self.allowed = allowed
    }
}

extension Problem {
    /// The fields of every error answer: errors are never stored, and never treated as anything but JSON.
    static let commonFields = ResponseFields([
        "Content-Type": "application/problem+json",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    ])

    /// - Parameter requestID: The identifier for `instance`, if requests have one.
    func response(requestID: String? = nil) -> Response {
        let documentation = type.documentation
        let body = Document.members([
            "type": .string(type.path),
            "title": .string(documentation.title),
            "status": .integer(documentation.status.code),
            "detail": .string(detail),
            "pointer": pointer.map(Document.string),
            "parameter": parameter.map(Document.string),
            "offset": offset.map(Document.integer),
            "instance": requestID.map { .string("urn:request:" + $0) },
        ])
        var response = Response(documentation.status, fields: fields, body: .bytes(body.json))
        response.note.problem = type.label
        return response
    }

    private var fields: ResponseFields {
        var fields = Self.commonFields
        if let allowed { fields.append("Allow", allowed.fieldValue) }
        switch type {
        case .unauthorized: fields.append("WWW-Authenticate", "Bearer")
        case .overloaded, .draining: fields.append("Retry-After", "1")
        // RFC 9110 §15.5.16: the field names the type that would have been accepted.
        case .unsupportedMediaType: fields.append("Accept", "application/json")
        case .unsupportedEncoding: fields.append("Accept-Encoding", "identity")
        default: break
        }
        return fields
    }
}

// The problems of a head, other than those of its path and of the formats that it names.
extension Problem {
    static let unauthorized = Problem(.unauthorized, "The request has no bearer token that this server knows.")

    static let expectationFailed = Problem(
        .expectationFailed, "The only expectation that the service meets is 100-continue.")

    static let queryOfPost = Problem(.malformedQuery, "A POST takes its fields from the body and has no query.")

    static func methodNotAllowed(_ allowed: AllowedMethods) -> Problem {
        Problem(.methodNotAllowed, "Allowed methods: \(allowed.fieldValue).", allowed: allowed)
    }

    /// The problem of a defect in the service, about which the answer reveals nothing else.
    static let defect = Problem(.internal, "The request is valid, but could not be answered.")
}

extension Problem {
    /// Describes a request that failed in HTTP itself, before or independently of this module.
    init(_ error: ProtocolError) {
        switch error {
        case .malformed(let rule, let offset):
            self.init(.malformedHTTP, rule.description, offset: offset)
        case .uriTooLong(let byteCountMax):
            self.init(.uriTooLong, "The request line is longer than \(byteCountMax) bytes.")
        case .headersTooLarge(let limit):
            self.init(.headersTooLarge, limit.description)
        case .unknownMethod:
            self.init(.notImplemented, "The method is not registered with HTTP.")
        case .unknownTransferCoding:
            self.init(.notImplemented, "The only transfer coding that the service knows is chunked.")
        case .versionNotSupported:
            self.init(.httpVersion, "The service speaks HTTP/1.1 and HTTP/1.0.")
        case .contentTooLarge(let byteCountMax):
            self.init(.contentTooLarge, "The body is longer than \(byteCountMax) bytes.")
        case .requestTimeout:
            self.init(.requestTimeout, "The request was not complete in time.")
        case .overloaded:
            self.init(.overloaded, "The server is at its memory limit. Nothing was computed.")
        case .draining:
            self.init(.draining, "The server is shutting down.")
        }
    }
}
