import Activations
import Foundation
import Testing

@testable import ActivationAPI

struct PlotRequestTests {
    @Test("Every activation has a picture", arguments: Registry.standard.activations.map(\.name))
    func drawsEveryActivation(_ name: String) {
        let answer = TestClient().get("/v1/\(name)/plot.svg")
        #expect(answer.status == 200)
        #expect(answer.fields["content-type"] == "image/svg+xml")
        #expect(answer.fields["content-security-policy"] == "default-src 'none'; style-src 'unsafe-inline'")
        #expect(answer.fields["cache-control"] == "public, max-age=3600")
        #expect(answer.body.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\""))
        #expect(answer.body.hasSuffix("</svg>\n"))
        #expect(answer.body.contains("from −6 to 6"))
    }

    @Test("The picture is well-formed XML", arguments: ["sigmoid", "relu", "softmax"])
    func isWellFormed(_ name: String) {
        let svg = TestClient().get("/v1/\(name)/plot.svg").body
        var open: [Substring] = []
        for piece in svg.split(separator: "<").dropFirst(0) {
            let tag = piece.prefix { $0 != ">" }
            if tag.hasPrefix("/") {
                #expect(open.popLast() == tag.dropFirst())
            } else if !tag.hasSuffix("/") {
                open.append(tag.prefix { $0 != " " && $0 != "\n" })
            }
        }
        #expect(open.isEmpty)
    }

    @Test("Range, parameters and theme come from the query")
    func readsTheQuery() {
        let client = TestClient()
        let answer = client.get("/v1/leaky_relu/plot.svg?from=-2&to=1e0&alpha=0.3&theme=dark")
        #expect(answer.body.contains("Drawn for x from −2 to 1."))
        #expect(answer.body.contains("alpha = 0.3"))
        #expect(!answer.body.contains("prefers-color-scheme"))
        let other = client.get("/v1/leaky_relu/plot.svg?theme=light&alpha=0.3&to=1&from=-2")
        #expect(other.fields["etag"] != answer.fields["etag"])
        let same = client.get("/v1/leaky_relu/plot.svg?theme=dark&alpha=0.30&to=1&from=-2")
        #expect(same.fields["etag"] == answer.fields["etag"])
    }

    @Test("A picture that the client has is not drawn again")
    func isKnownByItsTag() throws {
        let client = TestClient()
        let tag = try #require(client.get("/v1/tanh/plot.svg").fields["etag"])
        #expect(client.get("/v1/tanh/plot.svg", ["If-None-Match": tag]).status == 304)
        #expect(client.get("/v1/tanh/plot.svg?to=5", ["If-None-Match": tag]).status == 200)
        #expect(client.get("/v1/relu/plot.svg", ["If-None-Match": tag]).status == 200)
    }

    @Test(
        "A bad query is a problem that names its item",
        arguments: [
            ("relu", "from=1&to=1", 422, "invalid-parameter", Optional("to")),
            ("relu", "from=7", 422, "invalid-parameter", "from"),
            ("relu", "to=1e7", 422, "invalid-parameter", "to"),
            ("relu", "from=0&to=0.0001", 422, "invalid-parameter", "to"),
            ("relu", "from=NaN", 422, "invalid-parameter", "from"),
            ("relu", "from=-Infinity", 422, "invalid-parameter", "from"),
            ("relu", "from=x", 422, "wrong-type", "from"),
            ("relu", "from=", 422, "wrong-type", "from"),
            ("relu", "from=1e400", 422, "number-out-of-range", "from"),
            ("relu", "theme=sepia", 422, "invalid-parameter", "theme"),
            ("relu", "alpha=1", 422, "parameter-does-not-apply", "alpha"),
            ("relu", "dtype=float32", 422, "parameter-does-not-apply", "dtype"),
            ("leaky_relu", "alpha=1&alpha=1", 422, "duplicate-field", "alpha"),
            ("leaky_relu", "alpha=Infinity", 422, "invalid-parameter", "alpha"),
            ("leaky_relu", "alpah=1", 422, "unknown-field", "alpah"),
            ("relu", "from=%2", 400, "malformed-query", nil),
            ("nope", "", 404, "unknown-activation", nil),
        ])
    func refuses(_ name: String, _ query: String, _ status: Int, _ slug: String, _ parameter: String?) {
        let answer = TestClient().get("/v1/\(name)/plot.svg?\(query)")
        #expect(answer.status == status)
        #expect(answer.slug == slug)
        #expect(answer.member("parameter") == parameter)
    }

    @Test("The picture is SVG or nothing, read only, and needs a token if one is configured")
    func followsTheRulesOfOtherRoutes() {
        let client = TestClient()
        #expect(client.get("/v1/relu/plot.svg", ["Accept": "image/png"]).status == 406)
        #expect(client.get("/v1/relu/plot.svg", ["Accept": "image/*"]).status == 200)
        #expect(client.post("/v1/relu/plot.svg", "{}").fields["allow"] == "GET, HEAD, OPTIONS")
        #expect(client.get("/v1/relu/plot.svg/").status == 404)
    }

    @Test(
        "An entry tells the derivations, in steps that are text, LaTeX and MathML",
        arguments: Registry.standard.activations)
    func tellsDerivations(_ activation: RegisteredActivation) throws {
        let body = TestClient().get("/v1/\(activation.name)").body
        let entry = try #require(JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any])
        let derivations = try #require(entry["derivations"] as? [[String: Any]])
        #expect(derivations.count == activation.type.derivations.count)
        for (served, derivation) in zip(derivations, activation.type.derivations) {
            let steps = try #require(served["steps"] as? [[String: String]])
            #expect(steps.map { $0["text"] } == derivation.steps.map(\.plainText))
            #expect(steps.map { $0["latex"] } == derivation.steps.map(\.latex))
            #expect(steps.map { $0["mathml"] } == derivation.steps.map(\.mathML))
            #expect(steps.first?["reason"] == nil)
            #expect(steps.dropFirst().allSatisfy { $0["reason"]?.isEmpty == false })
            #expect((served["where"] as? [String: String])?["text"] == derivation.condition?.plainText)
            #expect(served["conclusion"] as? String == derivation.conclusion)
        }
        #expect(!TestClient().get("/v1").body.contains("derivations"))
    }
}
