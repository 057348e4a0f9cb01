import Testing

@Suite(
    "Shedding load", .serialized,
    .server("--max-buffered-bytes", "4194304", "--max-body-bytes", "65536", "--max-header-bytes", "262144"))
struct OverloadTests {
    @Test func `the memory of all requests has a limit, past which they are answered 503`() throws {
        // Forty bodies that wait for their end hold 32,000 doubles each: together more than twice the limit.
        let server = try currentServer()
        let beginning = "{\"input\":[" + String(repeating: "1,", count: 32_000)
        let end = "1]}"
        let head = """
            POST /v1/relu/forward HTTP/1.1\r\nHost: a\r\n\
            Content-Length: \(beginning.utf8.count + end.utf8.count)\r\n\r\n
            """
        var waiting = try (0..<40).map { _ in try RawConnection(port: server.port) }
        for connection in waiting { try connection.send(head + beginning) }

        let refused = try waiting.remove(at: RawConnection.firstReadable(of: waiting))
        let problem = try refused.readResponse()
        try expectProblem(problem, 503, "overloaded")
        #expect(problem.field("Retry-After") != nil)

        // The others may be refused as well, but each gets an answer, and afterwards there is room again.
        for connection in waiting {
            try? connection.send(end)
            let status = try connection.readResponse().status
            #expect([200, 503].contains(status))
        }
        #expect(try CurlClient().send(.post(server.url + "/v1/relu/forward", #"{"input":1}"#)).status == 200)
    }

    @Test func `heads that do not end count as well, but not small ones`() throws {
        let server = try currentServer()
        let small = try RawConnection(port: server.port)
        try small.send("GET /livez HTTP/1.1\r\nHost: a\r\n")
        var waiting = try (0..<30).map { _ in try RawConnection(port: server.port) }
        let head = "GET /livez HTTP/1.1\r\nHost: a\r\nA: " + String(repeating: "a", count: 200_000)
        for connection in waiting { try connection.send(head) }

        let refused = try waiting.remove(at: RawConnection.firstReadable(of: waiting))
        try expectProblem(refused.readResponse(), 503, "overloaded")
        #expect(try refused.readToEnd() == "")
        try small.send("\r\n")
        #expect(try small.readResponse().status == 200)
        for connection in waiting {
            try? connection.send("\r\n\r\n")
            let status = try connection.readResponse().status
            #expect([200, 503].contains(status))
        }
    }
}
