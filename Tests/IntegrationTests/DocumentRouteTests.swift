import Activations
import Testing

@Suite("Routes that describe the service", .server())
struct DocumentRouteTests {
    @Test(arguments: [
        ("/", "application/json"), ("/v1", "application/json"), ("/v1/leaky_relu", "application/json"),
        ("/openapi.json", "application/json"),
        ("/openapi.yaml", "application/yaml"), ("/healthz", "application/json"), ("/livez", "application/json"),
        ("/readyz", "application/json"), ("/problems/ragged-array", "application/json"),
    ])
    func `HEAD has the same answer as GET without its body`(path: String, type: String) throws {
        let client = try CurlClient()
        let url = try currentServer().url + path
        let full = try client.send(.get(url))
        #expect(full.status == 200)
        #expect(full.field("Content-Type") == type)
        #expect(full.field("X-Content-Type-Options") == "nosniff")
        #expect(full.field("Content-Length") == "\(full.body.count)")
        #expect(!full.body.isEmpty)

        let head = try client.send(CurlRequest(method: "HEAD", url: url))
        #expect(head.status == 200)
        #expect(head.body.isEmpty)
        let names = Set(full.fields.map { $0.name.lowercased() })
        #expect(Set(head.fields.map { $0.name.lowercased() }) == names)
        #expect(head.field("Content-Length") == full.field("Content-Length"))
    }

    @Test func `the description served is the file in the repository`() throws {
        let served = try CurlClient().send(.get(currentServer().url + "/openapi.yaml"))
        #expect(served.text == (try Repository.text(of: "openapi.yaml")))
    }

    @Test func `the catalogue names every activation`() throws {
        let catalogue = try CurlClient().send(.get(currentServer().url + "/v1"))
        for type in ActivationRegistry.all { #expect(catalogue.text.contains("\"name\":\"\(type.name)\"")) }
    }

    @Test(arguments: [
        ("/v1/relu/forward", 204, "GET, HEAD, POST, OPTIONS"), ("/healthz", 204, "GET, HEAD, OPTIONS"),
    ])
    func `OPTIONS lists the methods of a path`(path: String, status: Int, allow: String) throws {
        let response = try CurlClient().send(CurlRequest(method: "OPTIONS", url: currentServer().url + path))
        #expect(response.status == status)
        let methods = response.field("Allow")?.split(separator: ",").map { $0.filter { $0 != " " } } ?? []
        #expect(Set(methods) == Set(allow.split(separator: ", ").map(String.init)))
        #expect(response.field("Content-Length") == nil)
    }

    @Test func `an answer to GET carries a tag, and is not sent again to who has it`() throws {
        let client = try CurlClient()
        let url = try currentServer().url + "/v1/tanh/forward?input=0.5"
        let first = try client.send(.get(url))
        let tag = try #require(first.field("ETag"))
        #expect(tag.hasPrefix("\"") && tag.hasSuffix("\""))
        #expect(first.field("Cache-Control") == "public, max-age=3600")

        for known in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
            let again = try client.send(.get(url, fields: ["If-None-Match: \(known)"]))
            #expect(again.status == 304, "\(known)")
            #expect(again.body.isEmpty)
            #expect(again.field("ETag") == tag)
        }
        #expect(try client.send(.get(url, fields: ["If-None-Match: \"other\""])).status == 200)
        let other = try client.send(.get(currentServer().url + "/v1/tanh/forward?input=0.25"))
        #expect(other.field("ETag") != tag)
    }

    @Test func `an error is not stored`() throws {
        let response = try CurlClient().send(.get(currentServer().url + "/v1/tanh/forward"))
        #expect(response.field("Cache-Control") == "no-store")
        #expect(response.field("ETag") == nil)
    }
}
