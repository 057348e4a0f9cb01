import HTTP
import Testing

@testable import ActivationAPI

@Suite struct CORSTests {
    private func client(_ origins: [String], tokens: BearerTokens? = nil) -> TestClient {
        TestClient(ServiceConfiguration(tokens: tokens, cors: origins.isEmpty ? nil : CORSPolicy(origins: origins)))
    }

    @Test(arguments: ["/v1/relu/forward", "/v1", "/nowhere", "/readyz"])
    func anAllowedOriginMayReadEveryAnswerErrorsToo(path: String) {
        let client = client(["https://a.example", "https://b.example"])
        let answer = client.get(path, ["Origin": "https://b.example"])
        #expect(answer.fields["access-control-allow-origin"] == "https://b.example")
        #expect(answer.fields["access-control-expose-headers"] == "ETag, Retry-After, X-Request-Id")
        #expect(answer.fields["vary"]?.contains("Origin") == true)
    }

    @Test(arguments: [["Origin": "https://c.example"], ["Origin": "null"], ["Origin": "https://a.example.evil"], [:]])
    func anyOtherOriginMayNotAndCachesAreToldThatItDepends(fields: KeyValuePairs<String, String>) {
        let answer = client(["https://a.example"]).send(
            .post, "/v1/relu/forward", fields, body: Array("{\"input\":1}".utf8))
        #expect(answer.status == 200)
        #expect(answer.fields["access-control-allow-origin"] == nil)
        #expect(answer.fields["vary"] == "Origin")
    }

    @Test func everyOriginIsAllowedByAStarAndNothingVaries() {
        let answer = client(["*"]).post("/v1/relu/forward", "{\"input\":1}", ["Origin": "https://any.example"])
        #expect(answer.fields["access-control-allow-origin"] == "*")
        #expect(answer.fields["vary"] == nil)
    }

    @Test func withoutOriginsInTheSettingsNothingIsSaid() {
        let answer = client([]).post("/v1/relu/forward", "{\"input\":1}", ["Origin": "https://a.example"])
        #expect(answer.fields["access-control-allow-origin"] == nil && answer.fields["vary"] == nil)
    }

    @Test func aPreflightNeedsNoTokenAndSaysWhatIsAllowed() {
        let client = client(["https://a.example"], tokens: BearerTokens(["secret"]))
        let preflight: KeyValuePairs = [
            "Origin": "https://a.example", "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        ]
        let answer = client.send(.options, "/v1/relu/forward", preflight)
        #expect(answer.status == 204)
        #expect(answer.fields["access-control-allow-origin"] == "https://a.example")
        #expect(answer.fields["access-control-allow-methods"] == "GET, HEAD, POST, OPTIONS")
        #expect(answer.fields["access-control-allow-headers"]?.contains("Authorization, Content-Type") == true)
        #expect(answer.fields["access-control-max-age"] == "600")
    }

    @Test(arguments: [
        ["Origin": "https://a.example"], ["Access-Control-Request-Method": "POST"],
        ["Origin": "https://c.example", "Access-Control-Request-Method": "POST"],
    ])
    func whatIsNoPreflightOfAnAllowedOriginNeedsAToken(fields: KeyValuePairs<String, String>) {
        let client = client(["https://a.example"], tokens: BearerTokens(["secret"]))
        #expect(client.send(.options, "/v1/relu/forward", fields).status == 401)
    }

    @Test func aRefusalCanBeReadByTheOriginThatWasRefused() {
        let client = client(["https://a.example"], tokens: BearerTokens(["secret"]))
        let answer = client.post("/v1/relu/forward", "{\"input\":1}", ["Origin": "https://a.example"])
        #expect(answer.status == 401)
        #expect(answer.fields["access-control-allow-origin"] == "https://a.example")
    }
}
