import Testing

/// A request that libcurl can make, and its problem.
struct ProblemCase: Sendable, CustomStringConvertible {
    let name: String
    let request: CurlRequest
    let status: Int
    let slug: String
    var pointer: String?
    var parameter: String?
    var offset: Int?

    var description: String { name }

    static func post(
        _ slug: String, status: Int = 422, _ body: String, to path: String = "/v1/softmax/forward",
        pointer: String? = nil, offset: Int? = nil
    ) -> ProblemCase {
        ProblemCase(
            name: "\(path) \(body.prefix(60))", request: .post(path, body), status: status, slug: slug,
            pointer: pointer, offset: offset)
    }

    static func get(_ slug: String, status: Int = 422, _ path: String, parameter: String? = nil) -> ProblemCase {
        ProblemCase(name: path, request: .get(path), status: status, slug: slug, parameter: parameter)
    }

    static func fields(
        _ slug: String, _ status: Int, method: String = "POST", _ fields: [String], path: String = "/v1/tanh/forward"
    ) -> ProblemCase {
        let body = method == "POST" ? CurlRequest.Body.bytes(Array("{}".utf8)) : .none
        return ProblemCase(
            name: "\(method) \(path) \(fields.joined(separator: " "))",
            request: CurlRequest(method: method, url: path, fields: fields, body: body), status: status, slug: slug)
    }

    static let bodies = [
        post("malformed-json", status: 400, #"{"input":[1,2}"#, offset: 13),
        post("malformed-json", status: 400, ""),
        post("malformed-json", status: 400, "{\"input\":1}x", offset: 11),
        post("missing-field", "{}"),
        post("unknown-field", #"{"input":[1],"axes":0}"#, pointer: "/axes"),
        post("duplicate-field", #"{"input":[1],"input":[2]}"#, pointer: "/input"),
        post("too-deep", #"{"input":"# + String(repeating: "[", count: 33) + String(repeating: "]", count: 33) + "}"),
        post("wrong-type", #"{"input":[1,true]}"#, pointer: "/input/1", offset: 12),
        post("wrong-type", #"{"input":[1],"axis":1.5}"#, pointer: "/axis"),
        post("ragged-array", #"{"input":[[1,2,3],[4,5]]}"#, pointer: "/input/1"),
        post("axis-out-of-range", #"{"input":[1],"axis":1}"#, pointer: "/axis"),
        post("index-out-of-range", #"{"input":[1],"i":1}"#, to: "/v1/softmax/derivative", pointer: "/i"),
        post("number-out-of-range", #"{"input":[1e400]}"#, pointer: "/input/0"),
        post("invalid-parameter", #"{"input":[1],"dtype":"float16"}"#, pointer: "/dtype"),
        post("invalid-parameter", #"{"input":[0],"at_kink":2}"#, to: "/v1/relu/derivative", pointer: "/at_kink"),
        post("parameter-does-not-apply", #"{"input":[1],"alpha":1}"#, pointer: "/alpha"),
        post("unknown-activation", status: 404, #"{"input":[1]}"#, to: "/v1/sigmod/forward"),
        post("unknown-operation", status: 404, #"{"input":[1]}"#, to: "/v1/sigmoid/forwards"),
    ]

    static let queries = [
        get("malformed-query", status: 400, "/v1/tanh/forward?input=%zz"),
        get("missing-field", "/v1/tanh/forward"),
        get("wrong-type", "/v1/tanh/forward?input=1,", parameter: "input"),
        get("duplicate-field", "/v1/tanh/forward?input=1&input=2", parameter: "input"),
        get("unknown-field", "/v1/tanh/forward?input=1&dtyp=float32", parameter: "dtyp"),
        get("unknown-route", status: 404, "/v2"),
    ]

    static let heads = [
        fields("method-not-allowed", 405, method: "DELETE", []),
        fields("method-not-allowed", 405, method: "POST", [], path: "/healthz"),
        fields("not-acceptable", 406, ["Content-Type: application/json", "Accept: text/html"]),
        fields("unsupported-media-type", 415, ["Content-Type: text/plain"]),
        fields("unsupported-media-type", 415, ["Content-Type: application/json; charset=latin1"]),
        fields("unsupported-encoding", 415, ["Content-Type: application/json", "Content-Encoding: gzip"]),
        fields("malformed-query", 400, ["Content-Type: application/json"], path: "/v1/tanh/forward?input=1"),
        fields("not-implemented", 501, method: "BREW", []),
    ]
}

@Suite("Problems", .server("--max-output-elements", "1000", "--max-body-bytes", "100000", "--header-timeout", "1"))
struct ProblemTests {
    @Test(arguments: ProblemCase.bodies + ProblemCase.queries + ProblemCase.heads)
    func `the problem of a request names its reason`(example: ProblemCase) throws {
        var request = example.request
        request.url = try currentServer().url + request.url
        let response = try CurlClient().send(request)
        try expectProblem(
            response, example.status, example.slug, pointer: example.pointer, parameter: example.parameter,
            offset: example.offset)
    }

    @Test func `the answer to a method that a path does not allow lists the allowed ones`() throws {
        let url = try currentServer().url + "/v1/relu/forward"
        let response = try CurlClient().send(CurlRequest(method: "DELETE", url: url))
        #expect(response.status == 405)
        #expect(response.field("Allow")?.contains("POST") == true)
    }

    @Test func `the answer to a misspelt activation has the nearest name`() throws {
        let response = try CurlClient().send(.post(currentServer().url + "/v1/sigmod/forward", #"{"input":1}"#))
        #expect(response.text.contains("sigmoid"))
    }

    @Test func `a result above the limit is refused before it is computed`() throws {
        let input = "[" + Array(repeating: "1", count: 32).joined(separator: ",") + "]"
        let response = try CurlClient().send(
            .post(currentServer().url + "/v1/relu/jacobian", "{\"input\":\(input)}"))
        try expectProblem(response, 413, "result-too-large")
    }

    @Test func `a body above the limit is rejected, whether its length is declared or not`() throws {
        let body = Array(repeating: UInt8(ascii: " "), count: 100_001)
        let url = try currentServer().url + "/v1/relu/forward"
        for body in [CurlRequest.Body.bytes(body), .chunks([body])] {
            // With `Expect`, libcurl sends the body only when asked to, and so always reads the answer.
            let request = CurlRequest(
                method: "POST", url: url, fields: ["Content-Type: application/json", "Expect:"], body: body)
            try expectProblem(CurlClient().send(request), 413, "content-too-large")
        }
    }

    /// These are requests that libcurl would not send, with the status and the kind of problem.
    @Test(arguments: [
        ("GET /healthz HTTP/1.1\r\n\r\n", 400, "malformed-http"),
        ("GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, "malformed-http"),
        ("POST /v1/tanh/forward HTTP/1.1\r\nHost: a\r\nContent-Length: +2\r\n\r\n{}", 400, "malformed-http"),
        ("GET /\(String(repeating: "a", count: 20_000)) HTTP/1.1\r\nHost: a\r\n\r\n", 414, "uri-too-long"),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "a", count: 40_000))\r\n\r\n", 431, "headers-too-large"),
        ("GET / HTTP/1.1\r\nHost: a\r\n\(String(repeating: "X: y\r\n", count: 101))\r\n", 431, "headers-too-large"),
        (
            "POST /v1/tanh/forward HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501,
            "not-implemented"
        ),
        ("GET /healthz HTTP/3.0\r\nHost: a\r\n\r\n", 505, "http-version"),
        ("POST /v1/tanh/forward HTTP/1.1\r\nHost: a\r\nX: slow", 408, "request-timeout"),
    ])
    func `an error of HTTP itself is a problem too, and ends the connection`(
        bytes: String, status: Int, slug: String
    ) throws {
        let connection = try RawConnection(port: currentServer().port)
        try connection.send(bytes)
        let response = try connection.readResponse()
        try expectProblem(response, status, slug)
        #expect(response.field("Connection") == "close")
        #expect(try connection.readToEnd() == "")
    }

    @Test func `an expectation that HTTP does not define is rejected`() throws {
        let connection = try RawConnection(port: currentServer().port)
        try connection.send(
            "POST /v1/tanh/forward HTTP/1.1\r\nHost: a\r\nExpect: tea\r\nContent-Length: 2\r\n\r\n{}")
        try expectProblem(connection.readResponse(), 417, "expectation-failed")
    }

    @Test func `each kind of problem has a page, which its type leads to`() throws {
        let client = try CurlClient()
        let server = try currentServer()
        let slugs = Set((ProblemCase.bodies + ProblemCase.queries + ProblemCase.heads).map(\.slug))
        #expect(slugs.count > 20)
        for slug in slugs {
            #expect(try client.send(.get(server.url + "/problems/" + slug)).status == 200, "\(slug)")
        }
    }
}
