import Foundation
import Testing

/// Tests errors of HTTP itself, whose examples in the description are not made by the code that answers them.
@Suite("Examples of problems", .server()) struct ProblemExampleTests {
    private static let requests = [
        ("malformed-http", "GET / HTTP/1.1\r\nUser Agent: x\r\n\r\n"),
        ("headers-too-large", "GET / HTTP/1.1\r\nHost: a\r\n\(String(repeating: "A: b\r\n", count: 100))\r\n"),
        ("uri-too-long", "GET /\(String(repeating: "a", count: 16_384)) HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("not-implemented", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("http-version", "GET / HTTP/2.0\r\nHost: a\r\n\r\n"),
        ("expectation-failed", "GET / HTTP/1.1\r\nHost: a\r\nExpect: more\r\n\r\n"),
        ("not-acceptable", "GET /v1 HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\n\r\n"),
        ("unknown-route", "GET /v1/ HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("unknown-activation", "GET /v1/sigmiod HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("unknown-operation", "GET /v1/tanh/gradient HTTP/1.1\r\nHost: a\r\n\r\n"),
        (
            "content-too-large",
            "POST /v1/relu/forward HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 67108865\r\n\r\n"
        ),
    ]

    @Test(arguments: requests)
    func `the answer to a request of that kind is the example, byte for byte`(slug: String, request: String) throws {
        let connection = try RawConnection(port: try currentServer().port)
        try connection.send(request)
        let answer = try connection.readResponse().text
        let end = answer.firstRange(of: ",\"instance\":")?.lowerBound ?? answer.index(before: answer.endIndex)
        let description = try Repository.text(of: "openapi.yaml")
        #expect(description.contains("            \(slug):\n              value: \(answer[..<end])}\n"), "\(answer)")
    }
}
