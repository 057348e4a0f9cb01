/// A request for libcurl to make.
struct CurlRequest: Sendable {
    /// The uploaded body and its framing.
    enum Body: Sendable {
        case none
        /// A body with `Content-Length`.
        case bytes([UInt8])
        /// A body with `Transfer-Encoding: chunked`, each piece as one chunk.
        case chunks([[UInt8]])
    }

    var method: String
    var url: String
    /// Field lines: `Name: value`; `Name:` removes one that libcurl would send.
    var fields: [String] = []
    var body = Body.none

    static func get(_ url: String, fields: [String] = []) -> CurlRequest {
        CurlRequest(method: "GET", url: url, fields: fields)
    }

    /// Returns a POST of JSON text.
    static func post(_ url: String, _ json: String, fields: [String] = []) -> CurlRequest {
        let fields = ["Content-Type: application/json"] + fields
        return CurlRequest(method: "POST", url: url, fields: fields, body: .bytes(Array(json.utf8)))
    }
}

/// The response that libcurl received for a request.
struct CurlResponse: Sendable {
    var status = 0
    /// Status codes of the interim answers that came first, such as 100.
    var interimStatuses: [Int] = []
    /// Field lines in order; after a chunked body, its trailers too.
    var fields: [(name: String, value: String)] = []
    var body: [UInt8] = []
    /// The number of connections that libcurl had to open for this transfer: 0 if it reused one.
    var openedConnectionCount = 0

    /// The body as text; a body that is not UTF-8 gives U+FFFD, which no test expects.
    var text: String { String(decoding: body, as: UTF8.self) }

    /// Returns the value of the only field line of that name, or nil if there is none or more than one.
    func field(_ name: String) -> String? {
        let values = fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
        return values.count == 1 ? values[0] : nil
    }
}

/// A transfer that failed in libcurl itself: no connection, a malformed answer, a time-out.
struct CurlError: Error, CustomStringConvertible {
    let description: String
}
