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
    func anyOtherOriginMayNotAndCachesLearnThatItDepends(fields: KeyValuePairs<String, String>) {
        let answer = client(["https://a.example"]).send(
            .post, "/v1/relu/forward", fields, body: Array("{\"input\":1}".utf8))
        #expect(answer.status == 200)
        #expect(answer.fields["access-control-allow-origin"] == nil)
        #expect(answer.fields["vary"] == "Accept, Accept-Encoding, Origin")
    }

    @Test(arguments: [["Origin": "https://any.example"], ["Origin": "null"], [:]])
    func withAStarEveryAnswerMayBeReadWhetherItWasAskedForByAPageOrNot(fields: KeyValuePairs<String, String>) {
        let client = client(["*"])
        var answers = [
            "/v1/relu/forward?input=1", "/v1/relu/forward", "/v1", "/v1/relu", "/v1/relu/plot.svg", "/nowhere", "/",
            "/openapi.json", "/readyz", "/metrics", "/problems/too-deep", "/v1/relu/forward?input=[",
        ].map { client.get($0, fields) }
        answers.append(client.post("/v1/relu/forward", "{\"input\":1}", fields))
        answers.append(client.post("/v1/relu/forward", "{", fields))
        answers.append(client.send(.options, "/v1/relu/forward", fields))
        answers.append(Answer(client.service.response(to: .requestTimeout)))
        for answer in answers {
            #expect(answer.fields["access-control-allow-origin"] == "*")
            #expect(answer.fields["access-control-expose-headers"] == "ETag, Retry-After, X-Request-Id")
            #expect(answer.fields["vary"]?.contains("Origin") != true)
        }
    }

    @Test func withoutOriginsInTheSettingsNothingIsSaid() {
        let answer = client([]).post("/v1/relu/forward", "{\"input\":1}", ["Origin": "https://a.example"])
        #expect(answer.fields["access-control-allow-origin"] == nil)
        #expect(answer.fields["vary"] == "Accept, Accept-Encoding")
    }

    @Test(arguments: [
        ("https://a.example:443", "https://a.example"), ("HTTPS://A.EXAMPLE", "https://a.example"),
        ("https://a.example", "https://a.example:443"), ("http://a.example:80", "HTTP://a.example"),
        ("http://localhost:03000", "http://localhost:3000"), ("http://[::1]:80", "http://[::1]"),
        ("http://A.example", "  http://a.example  "),
    ])
    func originsAreComparedInNormalForm(setting: String, origin: String) {
        let answer = client([setting]).get("/v1/relu/forward?input=1", ["Origin": origin])
        #expect(answer.fields["access-control-allow-origin"] == WebOrigin(setting)?.text)
        #expect(answer.fields["access-control-allow-origin"] != nil)
    }

    @Test(arguments: [
        ("https://a.example", "http://a.example"), ("https://a.example", "https://a.example:8443"),
        ("http://a.example", "http://a.example:443"), ("https://a.example", "https://a.example."),
        ("https://a.example", "https://a.example/"), ("https://a.example", "https://a.example, https://a.example"),
    ])
    func otherSchemesPortsAndHostsAreOtherOrigins(setting: String, origin: String) {
        let answer = client([setting]).get("/v1/relu/forward?input=1", ["Origin": origin])
        #expect(answer.status == 200)
        #expect(answer.fields["access-control-allow-origin"] == nil)
    }

    @Test(arguments: [
        "/v1/relu/forward?input=1", "/v1/relu/forward", "/v1", "/v1/relu", "/v1/relu/plot.svg", "/v1/nothing",
        "/v1/relu/forward?input=1&bogus=1",
    ])
    func varyNamesWhatChoseTheAnswer(path: String) throws {
        let client = client([])
        let answer = client.get(path)
        #expect(answer.fields["vary"] == "Accept, Accept-Encoding")
        if let tag = answer.fields["etag"] {
            let again = client.get(path, ["If-None-Match": tag])
            #expect(again.status == 304)
            #expect(again.fields["vary"] == "Accept, Accept-Encoding")
        }
        #expect(client.get(path, ["Accept": "image/gif"]).fields["vary"] == "Accept, Accept-Encoding")
        #expect(client.post("/v1/relu/forward", "{\"input\":1}").fields["vary"] == "Accept, Accept-Encoding")
    }

    @Test(arguments: ["/healthz", "/readyz", "/metrics"])
    func whatIsTheSameForEveryClientVariesByOriginAtMost(path: String) {
        #expect(client([]).get(path).fields["vary"] == nil)
        #expect(client(["https://a.example"]).get(path).fields["vary"] == "Origin")
    }

    @Test(arguments: [
        ("/v1", "no-cache"), ("/v1/relu", "no-cache"), ("/v1/relu/plot.svg", "max-age=3600"),
        ("/v1/relu/forward?input=1", "max-age=3600"),
    ])
    func underTokensNoSharedCacheMayKeepAnAnswer(path: String, directive: String) throws {
        let guarded = client([], tokens: BearerTokens(["secret"]))
        let fields: KeyValuePairs = ["Authorization": "Bearer secret"]
        let answer = guarded.get(path, fields)
        #expect(answer.fields["cache-control"] == "private, \(directive)")
        let tag = try #require(answer.fields["etag"])
        let again = guarded.get(path, ["Authorization": "Bearer secret", "If-None-Match": tag])
        #expect(again.status == 304)
        #expect(again.fields["cache-control"] == "private, \(directive)")
        #expect(client([]).get(path).fields["cache-control"]?.contains("private") == false)
    }

    @Test(arguments: ["/", "/openapi.json", "/openapi.yaml", "/problems/too-deep"])
    func answersWithoutATokenAreTheSameUnderTokens(path: String) {
        let guarded = client([], tokens: BearerTokens(["secret"]))
        #expect(guarded.get(path).fields["cache-control"] == client([]).get(path).fields["cache-control"])
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
    func onlyAPreflightOfAnAllowedOriginNeedsNoToken(fields: KeyValuePairs<String, String>) {
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
