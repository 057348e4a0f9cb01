import Testing

@Suite("Connections", .server())
struct ConnectionTests {
    static let relu = "/v1/relu/forward"

    @Test func `a connection is used again, also after an error`() throws {
        let client = try CurlClient()
        let url = try currentServer().url
        let first = try client.send(.post(url + Self.relu, #"{"input":[1]}"#))
        #expect(first.openedConnectionCount == 1)
        let bodies = [
            (#"{"input":[2]}"#, 200), (#"{"input":"#, 400), (#"{"input":true}"#, 422), (#"{"input":[3]}"#, 200),
        ]
        for (body, status) in bodies {
            let response = try client.send(.post(url + Self.relu, body))
            #expect(response.status == status)
            #expect(response.openedConnectionCount == 0, "after \(body)")
        }
        let unread = try client.send(.post(url + "/nowhere", #"{"input":[3]}"#))
        #expect(unread.status == 404)
        #expect(unread.openedConnectionCount == 0)
    }

    @Test func `a body may come in chunks of any size`() throws {
        let pieces = [#"{"inp"#, #"ut":[-1"#, ",2", ".", "5", "]", "}"].map { Array($0.utf8) }
        let request = CurlRequest(
            method: "POST", url: try currentServer().url + Self.relu, fields: ["Content-Type: application/json"],
            body: .chunks(pieces))
        #expect(try Answer(CurlClient().send(request)).output == "[0,2.5]")
    }

    @Test func `a client that waits for 100 Continue gets it, and then its answer`() throws {
        let request = CurlRequest.post(
            try currentServer().url + Self.relu, #"{"input":[1]}"#, fields: ["Expect: 100-continue"])
        let response = try CurlClient().send(request)
        #expect(response.interimStatuses == [100])
        #expect(response.status == 200)
    }

    @Test func `a client that waits for 100 Continue is spared a body that would be refused`() throws {
        let connection = try RawConnection(port: currentServer().port)
        try connection.send(
            "POST /nowhere HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n")
        #expect(try connection.readResponse().status == 404)
    }

    @Test func `HEAD of an evaluation checks everything and sends nothing`() throws {
        let client = try CurlClient()
        let url = try currentServer().url + Self.relu
        let good = try client.send(CurlRequest(method: "HEAD", url: url + "?input=1,2"))
        #expect(good.status == 200)
        #expect(good.body.isEmpty)
        let bad = try client.send(CurlRequest(method: "HEAD", url: url + "?input=true"))
        #expect(bad.status == 422)
        #expect(bad.body.isEmpty)
        #expect(bad.openedConnectionCount == 0)
    }

    @Test func `pipelined requests are answered in order`() throws {
        let connection = try RawConnection(port: currentServer().port)
        let count = 100
        let requests = (0..<count).map { number in
            let body = "{\"input\":\(number)}"
            return "POST \(Self.relu) HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        }
        try connection.send(requests.joined())
        for number in 0..<count {
            let response = try connection.readResponse()
            #expect(response.text.hasSuffix("\"output\":\(number)}"))
        }
    }

    @Test func `the client's half-close does not cost it its answer`() throws {
        let connection = try RawConnection(port: currentServer().port)
        try connection.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        connection.finishSending()
        #expect(try connection.readResponse().status == 200)
        #expect(try connection.readToEnd() == "")
    }

    @Test func `HTTP/1.0 gets a whole answer and then the end of the connection`() throws {
        let connection = try RawConnection(port: currentServer().port)
        try connection.send("GET /v1/relu/jacobian?input=1,2 HTTP/1.0\r\n\r\n")
        let answer = try connection.readToEnd()
        #expect(answer.hasPrefix("HTTP/1.1 200"))
        #expect(!answer.contains("Transfer-Encoding"))
        #expect(answer.contains("[[1,0],[0,1]]"))
    }

    @Test func `fifty transfers at once get each its own answer`() throws {
        let url = try currentServer().url + Self.relu
        let requests = (0..<50).map { CurlRequest.post(url, "{\"input\":[\($0),-1]}") }
        let responses = try CurlMulti.send(requests)
        #expect(responses.allSatisfy { $0.openedConnectionCount == 1 })
        for (number, response) in responses.enumerated() {
            #expect(try Answer(response).output == "[\(number),0]")
        }
    }

    @Test func `a body of 20 MB is answered in full`() throws {
        // The number is its own shortest form, so that the output is the input.
        let numberCount = 1_000_000
        let numbers = Array(repeating: Array("0.30000000000000004,".utf8), count: numberCount).joined()
        let body = Array("{\"input\":[".utf8) + numbers.dropLast() + Array("]}".utf8)
        #expect(body.count >= 20_000_000)
        let request = CurlRequest(
            method: "POST", url: try currentServer().url + Self.relu, fields: ["Content-Type: application/json"],
            body: .bytes(body))
        let response = try CurlClient().send(request)
        #expect(response.status == 200)
        let beginning = #"{"activation":"relu","operation":"forward","dtype":"float64","shape":[1000000],"#
        #expect(response.text.hasPrefix(beginning))
        #expect(response.body.suffix(20 * numberCount + 1) == body.suffix(20 * numberCount + 1))
    }

    @Test func `a large Jacobian is streamed in chunks`() throws {
        let input = (0..<1_000).map(String.init).joined(separator: ",")
        let response = try CurlClient().send(
            .post(currentServer().url + "/v1/relu/jacobian", "{\"input\":[\(input)]}"))
        #expect(response.status == 200)
        #expect(response.field("Transfer-Encoding") == "chunked")
        let answer = try Answer(response)
        #expect(answer.shape == [1_000, 1_000])
        #expect(answer.undefinedCount == 1)
        #expect(answer.output.utf8.count { $0 == UInt8(ascii: "1") } == 999)
    }
}

@Suite("IPv6", .server("--host", "::1"))
struct IPv6Tests {
    @Test func `the server listens on IPv6 if configured`() throws {
        let server = try currentServer()
        #expect(server.url.hasPrefix("http://[::1]:"))
        #expect(try CurlClient().send(.get(server.url + "/healthz")).status == 200)
    }
}
