/// A request as libcurl is to make it.
struct CurlRequest: Sendable {
    /// What is uploaded, and how its end is told.
    enum Body: Sendable {
        case none
        /// With `Content-Length`.
        case bytes([UInt8])
        /// With `Transfer-Encoding: chunked`, each piece as one chunk.
        case chunks([[UInt8]])
    }

    var method: String
    var url: String
    /// Field lines: `Name: value`; `Name:` takes one away that libcurl would send.
    var fields: [String] = []
    var body = Body.none

    static func get(_ url: String, fields: [String] = []) -> CurlRequest {
        CurlRequest(method: "GET", url: url, fields: fields)
    }

    /// A POST of JSON text.
    static func post(_ url: String, _ json: String, fields: [String] = []) -> CurlRequest {
        let fields = ["Content-Type: application/json"] + fields
        return CurlRequest(method: "POST", url: url, fields: fields, body: .bytes(Array(json.utf8)))
    }
}

/// What libcurl received for a request.
struct CurlResponse: Sendable {
    var status = 0
    /// Status codes of the interim answers that came first, such as 100.
    var interimStatuses: [Int] = []
    /// Field lines in order; after a chunked body, its trailers too.
    var fields: [(name: String, value: String)] = []
    var body: [UInt8] = []
    /// Connections that libcurl had to open for this transfer: 0 where it used one again.
    var openedConnectionCount = 0

    /// The body as text; a body that is not UTF-8 gives U+FFFD, which no expectation holds.
    var text: String { String(decoding: body, as: UTF8.self) }

    /// The value of the only field line of that name; nil where there is none, or more than one.
    func field(_ name: String) -> String? {
        let values = fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
        return values.count == 1 ? values[0] : nil
    }
}

/// A transfer that failed in libcurl itself: no connection, a malformed answer, a time-out.
struct CurlError: Error, CustomStringConvertible {
    let description: String
}
