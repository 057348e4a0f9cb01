import Testing

/// Tests that large requests, and those that claim to be large, leave room for small ones.
@Suite(
    "The reserve for small requests", .serialized,
    .server("--workers", "1", "--max-buffered-bytes", "4194304", "--max-body-bytes", "4194304"))
struct BudgetTests {
    private static let number = "0.2345678,"
    private static let longNumber = "0.23456789012345678,"

    private func head(bodyByteCount: Int) -> String {
        "POST /v1/tanh/forward HTTP/1.1\r\nHost: a\r\nContent-Length: \(bodyByteCount)\r\n\r\n"
    }

    /// Sends bodies of 40 kB in two parts, many at the same time, so that each has to be held.
    private func expectSmallRequestsAnswered(_ server: ServerProcess) throws {
        let body = "{\"input\":[" + String(repeating: Self.longNumber, count: 2_000) + "1]}"
        let connections = try (0..<16).map { _ in try RawConnection(port: server.port) }
        for connection in connections {
            try connection.send(head(bodyByteCount: body.utf8.count) + String(body.prefix(30_000)))
        }
        // Everything sent before is held by now, since the only loop handles events in order.
        for _ in 0..<16 {
            #expect(try CurlClient().send(.post(server.url + "/v1/relu/forward", #"{"input":1}"#)).status == 200)
        }
        for connection in connections { try connection.send(String(body.dropFirst(30_000))) }
        for connection in connections { #expect(try connection.readResponse().status == 200) }
    }

    @Test func `a length that is declared reserves nothing`() throws {
        let server = try currentServer()
        let declared = try [3_000_000, 2_000_000].map { byteCount in
            let connection = try RawConnection(port: server.port)
            let beginning = "{\"input\":[" + String(repeating: Self.number, count: 1_600)
            try connection.send(head(bodyByteCount: byteCount) + beginning)
            return connection
        }
        try expectSmallRequestsAnswered(server)
        withExtendedLifetime(declared) {}
    }

    @Test func `large bodies cannot use the memory reserved for small ones`() throws {
        let server = try currentServer()
        let large = try (0..<3).map { _ in
            let connection = try RawConnection(port: server.port)
            // Some of them are refused, and the rest of their input is discarded.
            try connection.send(
                head(bodyByteCount: 2_500_000) + "{\"input\":[" + String(repeating: Self.number, count: 200_000))
            return connection
        }
        try expectSmallRequestsAnswered(server)
        withExtendedLifetime(large) {}
    }

    @Test func `many empty rows are answered within little memory`() throws {
        // This needs a separate server: the input of other tests may still be held for a moment.
        let server = try ServerProcess(["--max-buffered-bytes", "4194304", "--max-body-bytes", "4194304"])
        let rows = String(repeating: "[],", count: 1_200_000) + "[]"
        for operation in ["forward", "jacobian"] {
            let request = CurlRequest.post(
                server.url + "/v1/softmax/\(operation)", "{\"axis\":0,\"input\":[\(rows)]}")
            #expect(try CurlClient().send(request).status == 200)
        }
    }
}
