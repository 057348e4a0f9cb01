import HTTP
import Testing

@testable import ActivationAPI

private let path = "/v1/sigmoid/forward"
private let body = Array(#"{"input":0}"#.utf8)

struct HeadCheckTests {
    @Test(
        "A body declared as JSON, as a form, or not at all is read",
        arguments: [
            "application/json", "Application/JSON", "application/json; charset=utf-8", "application/json;charset=UTF-8",
            "application/json; charset=\"utf-8\"", "application/json ; a=b ; charset=utf-8;", "application/ld+json",
            "application/x-www-form-urlencoded", "application/json; odata=verbose",
        ])
    func readsJSON(_ type: String) {
        #expect(TestClient().send(.post, path, ["Content-Type": type], body: body).status == 200)
        #expect(TestClient().send(.post, path, body: body).status == 200)
    }

    @Test(
        "A body declared as something else is not",
        arguments: [
            "text/plain", "application/xml", "application/jsonl", "application/+json", "text/foo+json", ";;;", "",
            "application/json; charset=utf-16", "application/json; charset", "application/json; charset=", "json",
            "application/json, text/plain", "multipart/form-data; boundary=x", "application/x-json",
        ])
    func refusesOtherTypes(_ type: String) {
        let answer = TestClient().send(.post, path, ["Content-Type": type], body: body)
        #expect(answer.status == 415)
        #expect(answer.slug == "unsupported-media-type")
        #expect(answer.fields["accept"] == "application/json")
    }

    @Test("A compressed body is refused", arguments: ["gzip", "br", "deflate", "identity, gzip"])
    func refusesCodings(_ coding: String) {
        let answer = TestClient().send(.post, path, ["Content-Encoding": coding], body: body)
        #expect(answer.status == 415)
        #expect(answer.slug == "unsupported-encoding")
        #expect(answer.fields["accept-encoding"] == "identity")
        #expect(TestClient().send(.post, path, ["Content-Encoding": "identity"], body: body).status == 200)
    }

    @Test(
        "An Accept that leaves room for JSON gets it",
        arguments: [
            "*/*", "application/json", "Application/*", "application/json;q=0.001", "text/html, */*;q=0.1",
            "text/html, application/json", "application/json; charset=utf-8", "*/*;q=0, application/json", "",
            "garbage",
            "application/json;q=7, text/html;q=x",
        ])
    func accepts(_ accept: String) {
        #expect(TestClient().send(.post, path, ["Accept": accept], body: body).status == 200)
        #expect(TestClient().get(path + "?input=0", ["Accept": accept]).status == 200)
    }

    @Test(
        "An Accept that excludes JSON is answered 406",
        arguments: [
            "text/html", "application/json;q=0", "application/json;q=0, */*", "application/*;q=0.000, */*;q=0.5",
            "text/*", "application/problem+json", "*/*;q=0", "image/png;q=1, text/css",
        ])
    func refuses(_ accept: String) {
        for answer in [
            TestClient().send(.post, path, ["Accept": accept], body: body),
            TestClient().get(path + "?input=0", ["Accept": accept]),
            TestClient().get("/v1", ["Accept": accept]),
        ] {
            #expect(answer.status == 406)
            #expect(answer.slug == "not-acceptable")
        }
    }

    @Test("Several Accept fields count together")
    func joinsFields() {
        #expect(TestClient().get("/v1", ["Accept": "text/html", "accept": "application/json;q=0.2"]).status == 200)
    }

    /// A defect of a request; the defects are in the order in which they are answered.
    struct Defect: Sendable {
        let slug: String
        let status: Int
    }

    private static let defects = [
        Defect(slug: "unauthorized", status: 401), Defect(slug: "unknown-activation", status: 404),
        Defect(slug: "method-not-allowed", status: 405), Defect(slug: "expectation-failed", status: 417),
        Defect(slug: "unsupported-media-type", status: 415), Defect(slug: "unsupported-encoding", status: 415),
        Defect(slug: "content-too-large", status: 413), Defect(slug: "not-acceptable", status: 406),
        Defect(slug: "malformed-query", status: 400), Defect(slug: "malformed-json", status: 400),
        Defect(slug: "unknown-field", status: 422), Defect(slug: "result-too-large", status: 413),
    ]

    @Test("Of several defects the first in the contract's order is answered", arguments: defects.indices)
    func answersTheFirst(_ first: Int) {
        var configuration = ServiceConfiguration()
        configuration.bodyByteCountMax = 100
        configuration.outputElementCountMax = 1
        configuration.tokens = BearerTokens(["secret"])
        let client = TestClient(configuration)
        // The request has every defect from `first` on. A wrong method hides those of evaluation, so it is alone.
        let has = { (slug: String) in Self.defects[first...].contains { $0.slug == slug } }
        let text =
            has("malformed-json")
            ? "{\"bogus\":1,"
            : has("unknown-field") ? #"{"bogus":1,"input":[1,2]}"# : #"{"input":[1,2]}"#
        let answer = client.send(
            has("method-not-allowed") ? .delete : .post,
            (has("unknown-activation") ? "/v1/nothing/forward" : path) + (has("malformed-query") ? "?a=1" : ""),
            [
                "Authorization": has("unauthorized") ? "Bearer wrong" : "Bearer secret",
                "Content-Type": has("unsupported-media-type") ? "text/plain" : "application/json",
                "Content-Encoding": has("unsupported-encoding") ? "gzip" : "identity",
                "Accept": has("not-acceptable") ? "text/html" : "*/*",
            ],
            body: Array(text.utf8), framing: .length(has("content-too-large") ? 101 : text.utf8.count),
            expectation: has("expectation-failed") ? .unknown : .none)
        #expect(answer.slug == Self.defects[first].slug)
        #expect(answer.status == Self.defects[first].status)
    }

    @Test("Tokens grant access to /v1 and /v2, and are required before anything is revealed")
    func asksForTokens() {
        var configuration = ServiceConfiguration()
        let tokens = BearerTokens(["first", "second"])
        configuration.tokens = tokens
        let client = TestClient(configuration)
        for authorization in ["Bearer first", "bearer second", "BEARER  first"] {
            #expect(client.get("/v1", ["Authorization": authorization]).status == 200)
        }
        for authorization in ["", "Bearer", "Bearer ", "Bearer firs", "Bearer firstx", "Basic first", "first"] {
            let answer = client.get("/v1", ["Authorization": authorization])
            #expect(answer.status == 401)
            #expect(answer.slug == "unauthorized")
            #expect(answer.fields["www-authenticate"] == "Bearer")
        }
        for path in ["/v1", "/v1/nothing", "/v1/", "/v1/sigmoid/forward?input=0", "/v2", "/v2/x", "/%76%31/x"] {
            #expect(client.get(path).status == 401)
            #expect(client.send(.post, path, body: body).status == 401)
        }
        for path in ["/", "/healthz", "/readyz", "/openapi.json", "/problems/internal"] {
            #expect(client.get(path).status == 200)
        }
        #expect(client.get("/v10").status == 404)
        let read = client.get(path + "?input=0", ["Authorization": "Bearer first"])
        #expect(read.fields["cache-control"] == "private, max-age=3600")
        tokens.replace(with: ["third"])
        #expect(client.get("/v1", ["Authorization": "Bearer first"]).status == 401)
        #expect(client.get("/v1", ["Authorization": "Bearer third"]).status == 200)
    }

    @Test("Errors of HTTP itself are problems too")
    func answersProtocolErrors() {
        let client = TestClient()
        let rows: [(ProtocolError, Int, String)] = [
            (.malformed(rule: "A rule.", offset: 7), 400, "malformed-http"),
            (.uriTooLong(byteCountMax: 10), 414, "uri-too-long"),
            (.headersTooLarge(limit: "A limit."), 431, "headers-too-large"),
            (.unknownMethod, 501, "not-implemented"), (.unknownTransferCoding, 501, "not-implemented"),
            (.versionNotSupported, 505, "http-version"),
            (.contentTooLarge(byteCountMax: 10), 413, "content-too-large"),
            (.requestTimeout, 408, "request-timeout"), (.overloaded, 503, "overloaded"), (.draining, 503, "draining"),
        ]
        for (error, status, slug) in rows {
            let answer = Answer(client.service.response(to: error))
            #expect(answer.status == status)
            #expect(answer.slug == slug)
            #expect(answer.fields["content-type"] == "application/problem+json")
            #expect(answer.fields["retry-after"] == (status == 503 ? "1" : nil))
        }
        let malformed = Answer(client.service.response(to: .malformed(rule: "A rule.", offset: 7)))
        #expect(
            malformed.body == #"{"type":"/problems/malformed-http","title":"The request is not valid HTTP/1.1","#
                + #""status":400,"detail":"A rule.","offset":7}"#)
    }

    @Test("A problem names the request if requests have identifiers")
    func namesTheRequest() {
        let answer = Answer(Problem.defect.response(requestID: "abc"))
        #expect(answer.status == 500)
        #expect(answer.slug == "internal")
        #expect(answer.member("instance") == "urn:request:abc")
    }
}
