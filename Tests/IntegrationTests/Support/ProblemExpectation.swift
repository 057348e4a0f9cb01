import Testing

/// Expects an answer to be a problem of RFC 9457.
///
/// - Parameters:
///   - pointer: The JSON Pointer that it must have; nil to accept any, or none.
///   - parameter: The query parameter that it must name; nil to accept any, or none.
func expectProblem(
    _ response: CurlResponse, _ status: Int, _ slug: String, pointer: String? = nil, parameter: String? = nil,
    offset: Int? = nil, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    #expect(response.status == status, "\(response.text)", sourceLocation: sourceLocation)
    #expect(response.field("Content-Type") == "application/problem+json", sourceLocation: sourceLocation)
    #expect(response.field("Cache-Control") == "no-store", sourceLocation: sourceLocation)
    let problem = try jsonObject(response)
    #expect(problem["type"] as? String == "/problems/" + slug, "\(response.text)", sourceLocation: sourceLocation)
    #expect(problem["status"] as? Int == status, sourceLocation: sourceLocation)
    #expect((problem["title"] as? String)?.isEmpty == false, sourceLocation: sourceLocation)
    #expect((problem["detail"] as? String)?.isEmpty == false, sourceLocation: sourceLocation)
    if let pointer {
        #expect(problem["pointer"] as? String == pointer, "\(response.text)", sourceLocation: sourceLocation)
    }
    if let parameter {
        #expect(problem["parameter"] as? String == parameter, "\(response.text)", sourceLocation: sourceLocation)
    }
    if let offset { #expect(problem["offset"] as? Int == offset, "\(response.text)", sourceLocation: sourceLocation) }
}

extension RawConnection {
    /// Reads one answer with a Content-Length or in chunks, and leaves what follows it.
    func readResponse() throws -> CurlResponse {
        let head = try read(through: "\r\n\r\n")
        var response = CurlResponse()
        let lines = head.split(separator: "\r\n")
        response.status = Int(lines[0].split(separator: " ")[1]) ?? 0
        response.fields = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (String(parts[0]), parts[1].trimmingPrefix(" ").description)
        }
        if let length = response.field("Content-Length").flatMap(Int.init) {
            response.body = Array(try read(byteCount: length).utf8)
        } else if response.field("Transfer-Encoding") == "chunked" {
            response.body = try readChunks()
        }
        return response
    }

    private func readChunks() throws -> [UInt8] {
        var body: [UInt8] = []
        while true {
            let line = try read(through: "\r\n")
            guard let size = Int(line.dropLast(1), radix: 16) else { throw HarnessError("no chunk size: \(line)") }
            body += try read(byteCount: size).utf8
            guard try read(byteCount: 2) == "\r\n" else { throw HarnessError("a chunk does not end in CRLF") }
            if size == 0 { return body }
        }
    }
}
