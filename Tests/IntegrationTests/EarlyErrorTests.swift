import Foundation
import Testing

/// Tests errors that are answered before the request has been read, on connections that will be closed: the client
/// continues to send and must still get its answer.
@Suite("Early errors on connections that are closed", .serialized)
struct EarlyErrorTests {
    /// A request that is refused early.
    struct Refused: CustomTestStringConvertible, Sendable {
        let status: Int
        let startLine: String
        var fields = ""
        /// Whether the problem is only found while the body is read.
        var needsBody = false
        /// The arguments of the server.
        var arguments: [String] = []

        var testDescription: String { "\(status) \(startLine.prefix(40)) \(fields.prefix(40))" }
    }

    /// A variant of how the client closes, sends and frames.
    struct Way: CustomStringConvertible, CaseIterable, Sendable {
        let isOld: Bool
        let isChunked: Bool
        /// Whether the answer is there before most of the body is sent.
        let isSlow: Bool

        static var allCases: [Way] {
            [false, true].flatMap { isOld in
                [false, true].flatMap { isChunked in
                    [false, true].map { Way(isOld: isOld, isChunked: isChunked, isSlow: $0) }
                }
            }
        }

        var description: String {
            "\(isOld ? "HTTP/1.0" : "Connection: close"), \(isChunked ? "chunked" : "length"), \(isSlow ? "slow" : "fast")"
        }
    }

    private static let evaluation = "POST /v1/relu/forward"

    static let refused = [
        Refused(status: 404, startLine: "POST /v1/rely/forward"),
        Refused(status: 404, startLine: "POST /v1/relu/backward"),
        Refused(status: 404, startLine: "POST /nowhere"),
        Refused(status: 405, startLine: "PUT /v1/relu/forward"),
        Refused(status: 406, startLine: evaluation, fields: "Accept: text/html\r\n"),
        Refused(status: 415, startLine: evaluation, fields: "Content-Type: text/plain\r\n"),
        Refused(status: 415, startLine: evaluation, fields: "Content-Encoding: gzip\r\n"),
        Refused(status: 417, startLine: evaluation, fields: "Expect: a miracle\r\n"),
        Refused(status: 400, startLine: evaluation + "?alpha=1"),
        Refused(status: 400, startLine: evaluation, fields: "Host: b\r\n"),
        Refused(status: 400, startLine: "POST  /v1/relu/forward"),
        Refused(status: 501, startLine: "FROBNICATE /v1/relu/forward"),
        Refused(status: 501, startLine: evaluation, fields: "Transfer-Encoding: gzip\r\n"),
        Refused(status: 414, startLine: "POST /" + String(repeating: "a", count: 20_000)),
        Refused(status: 431, startLine: evaluation, fields: "A: \(String(repeating: "a", count: 40_000))\r\n"),
        Refused(status: 413, startLine: evaluation, needsBody: true, arguments: ["--max-body-bytes", "100000"]),
        Refused(
            status: 503, startLine: evaluation, needsBody: true,
            arguments: ["--max-buffered-bytes", "4194304", "--max-body-bytes", "16777216"]),
        // The answer to a GET that is too large to be sent before the body has been read.
        Refused(status: 200, startLine: "GET /openapi.json", needsBody: true),
    ]

    /// Chunks that together are a body of 8 MB.
    private static let bodyByteCount = 8_000_000
    private static let body =
        Array("{\"input\":[".utf8) + Array(repeating: Array("1,".utf8), count: bodyByteCount / 2 - 5).joined()
    private static let chunks: [UInt8] = {
        let size = 100_000
        return stride(from: 0, to: bodyByteCount, by: size).flatMap { start in
            Array("\(String(size, radix: 16))\r\n".utf8) + body[start..<start + size] + Array("\r\n".utf8)
        } + Array("0\r\n\r\n".utf8)
    }()

    @Test(arguments: refused)
    func `the answer arrives, although 8 MB are sent before it is read`(refused: Refused) throws {
        let server = try ServerProcess(refused.arguments)
        for way in Way.allCases {
            // It is made before the connection: slow builds take long for it, and a pause of 5 s may end a connection.
            let body = way.isChunked ? Self.chunks : Self.body
            let (first, rest) = (Array(body[..<1_000]), Array(body[1_000...]))
            let connection = try RawConnection(port: server.port)
            do {
                try connection.send(Array(Self.head(of: refused, way).utf8) + first)
                if way.isSlow, !refused.needsBody, refused.status != 417 || !way.isOld {
                    _ = try RawConnection.firstReadable(of: [connection])
                }
                try connection.send(rest)
                let answer = try connection.readToEnd()
                let expected = Self.expectedStatuses(refused, way)
                #expect(expected.contains(Int(answer.dropFirst(9).prefix(3)) ?? 0), "\(way): \(answer.prefix(300))")
                #expect(answer.contains("Connection: close\r\n"))
            } catch {
                Issue.record("\(way): \(error)")
            }
        }
        #expect(try server.terminate().status == 0)
    }

    /// Returns the acceptable statuses; some requests have more than one fault.
    private static func expectedStatuses(_ refused: Refused, _ way: Way) -> Set<Int> {
        if [414, 431].contains(refused.status) { return [refused.status] }
        // HTTP/1.0 has no transfer codings (RFC 9112 §6.1).
        if way.isOld, way.isChunked || refused.fields.hasPrefix("Transfer-Encoding") { return [400] }
        // It has no expectations either (RFC 9110 §10.1.1): the body is read, and found to be truncated.
        if way.isOld, refused.status == 417 { return [400] }
        return refused.fields.hasPrefix("Transfer-Encoding") ? [400, 501] : [refused.status]
    }

    private static func head(of refused: Refused, _ way: Way) -> String {
        let version = way.isOld ? "HTTP/1.0" : "HTTP/1.1"
        let length = way.isChunked ? "Transfer-Encoding: chunked" : "Content-Length: \(bodyByteCount)"
        let fields = way.isOld ? "" : "Connection: close\r\n"
        return "\(refused.startLine) \(version)\r\nHost: a\r\n\(fields)\(refused.fields)\(length)\r\n\r\n"
    }

    @Test func `without a token, the 401 arrives`() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("tokens-\(UUID().uuidString)")
        try Data("secret\n".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        try `the answer arrives, although 8 MB are sent before it is read`(
            refused: Refused(status: 401, startLine: Self.evaluation, arguments: ["--token-file", file.path]))
    }

    @Test(arguments: ["--header-timeout", "--body-timeout"])
    func `a client that was too slow and then sends 8 MB gets its 408`(timeout: String) throws {
        let body = Self.body
        let server = try ServerProcess([timeout, "0.2"])
        for connectionField in ["", "Connection: close\r\n"] {
            let connection = try RawConnection(port: server.port)
            let head = "POST /v1/relu/forward HTTP/1.1\r\nHost: a\r\n\(connectionField)Content-Length: 8000000\r\n"
            try connection.send(timeout == "--header-timeout" ? head : head + "\r\n{")
            _ = try RawConnection.firstReadable(of: [connection])
            try connection.send(body)
            #expect(try connection.readToEnd().hasPrefix("HTTP/1.1 408 "))
        }
        #expect(try server.terminate().status == 0)
    }

    @Test func `a kept connection that was answered early and is too slow for its body does not lose the answer`()
        throws
    {
        let body = Self.body
        let server = try ServerProcess(["--body-timeout", "0.2"])
        let connection = try RawConnection(port: server.port)
        try connection.send("POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 8000000\r\n\r\n")
        try connection.waitForEnd()
        try connection.send(body)
        #expect(try connection.readToEnd().hasPrefix("HTTP/1.1 404 "))
        #expect(try server.terminate().status == 0)
    }
}
