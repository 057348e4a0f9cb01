import HTTP
import Testing

@testable import ActivationAPI

/// A request without a body and the status that it gets.
struct RouteCase: Sendable, CustomTestStringConvertible {
    let method: HTTP.Method
    let target: String
    let status: Int
    let slug: String?

    init(_ method: HTTP.Method, _ target: String, _ status: Int, _ slug: String? = nil) {
        self.method = method
        self.target = target
        self.status = status
        self.slug = slug
    }

    var testDescription: String { "\(method.rawValue) \(target)" }
}

private let documents = [
    "/", "/v1", "/v1/sigmoid", "/v1/softmax", "/openapi.yaml", "/openapi.json", "/healthz", "/livez", "/readyz",
    "/problems/ragged-array", "/problems/internal",
]

private let unknown = [
    RouteCase(.get, "/nothing", 404, "unknown-route"),
    RouteCase(.get, "/v1/", 404, "unknown-route"),
    RouteCase(.get, "//", 404, "unknown-route"),
    RouteCase(.get, "/v1//forward", 404, "unknown-route"),
    RouteCase(.get, "/v1/sigmoid/", 404, "unknown-route"),
    RouteCase(.get, "/v1/sigmoid/forward/", 404, "unknown-route"),
    RouteCase(.get, "/v1/sigmoid/forward/x", 404, "unknown-route"),
    RouteCase(.get, "/V1/sigmoid", 404, "unknown-route"),
    RouteCase(.get, "/v2/sigmoid", 404, "unknown-route"),
    RouteCase(.get, "/healthz/", 404, "unknown-route"),
    RouteCase(.get, "/problems", 404, "unknown-route"),
    RouteCase(.get, "/problems/nothing", 404, "unknown-route"),
    RouteCase(.get, "/problems/internal/x", 404, "unknown-route"),
    RouteCase(.get, "/v1/../healthz", 404, "unknown-activation"),
    RouteCase(.get, "/../etc/passwd", 404, "unknown-route"),
    RouteCase(.get, "/%2e%2e/%2e%2e/etc/passwd", 404, "unknown-route"),
    RouteCase(.get, "/v1%2Fsigmoid", 404, "unknown-route"),
    RouteCase(.get, "/v1/sigmoid%2fforward", 404, "unknown-activation"),
    RouteCase(.get, "/healthz%00", 404, "unknown-route"),
    RouteCase(.get, "*", 405, "method-not-allowed"),
    RouteCase(.get, "/v1/Sigmoid/forward", 404, "unknown-activation"),
    RouteCase(.post, "/v1/nothing/forward", 404, "unknown-activation"),
    RouteCase(.post, "/v1/nothing/nothing", 404, "unknown-activation"),
    RouteCase(.post, "/v1/sigmoid/nothing", 404, "unknown-operation"),
    RouteCase(.options, "/v1/sigmoid/vjp", 404, "unknown-operation"),
    RouteCase(.options, "/nothing", 404, "unknown-route"),
    RouteCase(.put, "/nothing", 404, "unknown-route"),
    RouteCase(.get, "/v1/sigm%zzid/forward", 400, "malformed-http"),
    RouteCase(.get, "/v1/sigmoid%2", 400, "malformed-http"),
    RouteCase(.options, "/%", 400, "malformed-http"),
]

struct RouteTests {
    @Test("Every document answers GET, and HEAD with the same fields", arguments: documents)
    func answersDocuments(_ path: String) {
        let client = TestClient()
        let get = client.get(path)
        let head = client.send(.head, path)
        #expect(get.status == 200)
        #expect(!get.body.isEmpty)
        #expect(get.fields["x-content-type-options"] == "nosniff")
        #expect(head.status == 200)
        #expect(head.fields == get.fields)
        #expect(
            head.body == get.body, "The serializer is the one that leaves the body out, so that the length is right.")
        #expect(client.get(path + "?a=%zz&b").status == 200, "A query is ignored.")
        #expect(client.send(.get, path, body: [1, 2]).status == 200, "A body is ignored.")
    }

    @Test("The answer to an unknown or malformed path names the wrong part", arguments: unknown)
    func refusesUnknownPaths(_ row: RouteCase) {
        let answer = TestClient().send(row.method, row.target)
        #expect(answer.status == row.status)
        #expect(answer.slug == row.slug)
    }

    @Test("Unnecessary escapes change nothing")
    func decodesPaths() {
        let client = TestClient()
        #expect(client.get("/v1/%73igmoid/forw%61rd?input=0").body == client.get("/v1/sigmoid/forward?input=0").body)
        #expect(client.get("/%68ealthz").status == 200)
    }

    @Test("An unknown name is answered with those that there are and the one meant")
    func suggestsNames() {
        let client = TestClient()
        let names = Registry.standard.activations.map(\.name).joined(separator: ", ")
        #expect(
            client.get("/v1/sigmiod").body.contains(
                #"\"sigmiod\" is not one of: \#(names). Did you mean sigmoid?"#))
        #expect(client.get("/v1/LeakyReLU").body.contains("Did you mean leaky_relu?"))
        #expect(client.get("/v1/relu/jacobean").body.contains("Did you mean jacobian?"))
    }

    @Test("OPTIONS lists the methods of a path, and other methods are rejected", arguments: documents)
    func tellsMethodsOfDocuments(_ path: String) {
        let client = TestClient()
        let options = client.send(.options, path)
        #expect(options.status == 204)
        #expect(options.body.isEmpty)
        #expect(options.fields["allow"] == "GET, HEAD, OPTIONS")
        for method in [HTTP.Method.post, .put, .delete, .patch, .trace, .connect, .otherRegistered] {
            let answer = client.send(method, path)
            #expect(answer.status == 405)
            #expect(answer.slug == "method-not-allowed")
            #expect(answer.fields["allow"] == "GET, HEAD, OPTIONS")
        }
    }

    @Test("An evaluate path offers GET, HEAD, POST and OPTIONS")
    func tellsMethodsOfEvaluation() {
        let client = TestClient()
        for path in Registry.standard.targets.map(\.path) {
            #expect(client.send(.options, path).fields["allow"] == "GET, HEAD, POST, OPTIONS")
            for method in [HTTP.Method.put, .delete, .patch, .trace, .connect, .otherRegistered] {
                let answer = client.send(method, path, body: [1])
                #expect(answer.status == 405)
                #expect(answer.fields["allow"] == "GET, HEAD, POST, OPTIONS")
            }
            #expect(client.send(.head, path + "?input=1").status == 200)
        }
        #expect(client.send(.options, "*").status == 204)
    }

    @Test("A process that shuts down is alive but not ready")
    func tellsReadiness() {
        let readiness = Readiness()
        var client = TestClient()
        client.service = ActivationService(ServiceConfiguration(), readiness: readiness)
        #expect(client.get("/readyz").status == 200)
        readiness.isReady = false
        let answer = client.get("/readyz")
        #expect(answer.status == 503)
        #expect(answer.slug == "draining")
        #expect(answer.fields["retry-after"] == "1")
        #expect(client.get("/livez").body == #"{"status":"ok"}"#)
        #expect(client.get("/healthz").status == 200)
        readiness.isReady = true
        #expect(client.get("/readyz").status == 200)
    }

    @Test("Every problem type has its page, as JSON and as text", arguments: ProblemType.allCases)
    func servesProblemPages(_ type: ProblemType) {
        let client = TestClient()
        let page = client.get(type.path)
        #expect(page.status == 200)
        #expect(page.fields["content-type"] == "application/json")
        #expect(page.fields["vary"] == "Accept, Accept-Encoding")
        #expect(page.member("title") == type.documentation.title)
        let text = client.get(type.path, ["Accept": "text/plain"])
        #expect(text.fields["content-type"] == "text/plain")
        #expect(text.body.hasPrefix(type.documentation.title + " (\(type.rawValue), \(type.status.code))\n"))
        #expect(client.get(type.path, ["Accept": "text/html,*/*;q=0.8"]).fields["content-type"] == "application/json")
    }

    @Test("The catalogue lists every activation, each of which links to its operations")
    func listsActivations() {
        let client = TestClient()
        let catalogue = client.get("/v1").body
        for activation in Registry.standard.activations {
            let entry = client.get("/v1/\(activation.name)").body
            // The single entry has the derivations too.
            let common = entry.prefix(upTo: entry.firstRange(of: ",\"derivations\":")?.lowerBound ?? entry.endIndex)
            #expect(common.utf8.count < entry.utf8.count)
            #expect(catalogue.contains(common + "}"))
            for operation in activation.operations.map(\.rawValue) {
                #expect(entry.contains("\"\(operation)\":\"/v1/\(activation.name)/\(operation)\""))
            }
        }
        let leaky = client.get("/v1/leaky_relu").body
        #expect(leaky.contains(#""parameters":[{"name":"alpha","type":"number","default":0.01,"#))
        #expect(leaky.contains(#""kinks":[{"location":0,"left_derivative":0.01,"right_derivative":1}]"#))
        #expect(leaky.contains(#""derivative":["input","dtype","at_kink","alpha"]"#))
    }
}
