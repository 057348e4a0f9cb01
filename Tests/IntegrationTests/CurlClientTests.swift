import Testing

@Suite("The libcurl client")
struct CurlClientTests {
    @Test func `a transfer that fails throws libcurl's message`() throws {
        let client = try CurlClient()
        let error = #expect(throws: CurlError.self) { try client.send(.get("unknown-scheme://host/")) }
        #expect(error?.description == "Unsupported protocol")
    }
}
