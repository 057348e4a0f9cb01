import HTTP

/// The values of the label `http_request_method`.
enum MethodLabel {
    /// The methods that at least one route allows.
    static let known: [Method] = [.get, .head, .post, .options]
    /// The label values by position; the last one is for every other method.
    static let names = known.map(\.rawValue) + ["_OTHER"]
    static let other = 4

    static func position(_ method: Method) -> Int {
        switch method {
        case .get: 0
        case .head: 1
        case .post: 2
        case .options: 3
        case .put, .delete, .connect, .trace, .patch, .otherRegistered: other
        }
    }
}

/// The values of the label `http_response_status_code`.
enum StatusLabel {
    /// The label values by position; the last one is for every other status, which the service never sends.
    static let names = [
        "200", "204", "304", "400", "401", "404", "405", "406", "408", "413", "414", "415", "417", "422", "431", "500",
        "501", "503", "505", "_OTHER",
    ]

    static func position(_ status: Int) -> Int {
        switch status {
        case 200: 0
        case 204: 1
        case 304: 2
        case 400: 3
        case 401: 4
        case 404: 5
        case 405: 6
        case 406: 7
        case 408: 8
        case 413: 9
        case 414: 10
        case 415: 11
        case 417: 12
        case 422: 13
        case 431: 14
        case 500: 15
        case 501: 16
        case 503: 17
        case 505: 18
        default: 19
        }
    }
}

/// The values of the label `size`: the size class of the larger of an evaluation's two bodies.
enum SizeLabel {
    static let names = ["small", "medium", "large"]

    /// The largest body of a small evaluation: 64 KiB.
    private static let smallByteCountMax = 65_536
    /// The largest body of a medium evaluation: 4 MiB.
    private static let mediumByteCountMax = 4_194_304

    static func position(_ request: borrowing EndedRequest) -> Int {
        let byteCount = max(request.requestBodyByteCount, request.responseBodyByteCount)
        return byteCount <= smallByteCountMax ? 0 : byteCount <= mediumByteCountMax ? 1 : 2
    }
}
