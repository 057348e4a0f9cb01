import Foundation
import Testing

@Suite("Bearer tokens")
struct AccessTests {
    @Test func `with a token file, evaluation needs one of its tokens and health does not`() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("tokens-\(UUID().uuidString)")
        try "first\nsecond\n".write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let server = try ServerProcess(["--token-file", file.path])
        let client = try CurlClient()
        let url = server.url + "/v1/relu/forward?input=1"

        #expect(try client.send(.get(server.url + "/healthz")).status == 200)
        for fields in [[], ["Authorization: Bearer third"], ["Authorization: Basic Zmlyc3Q="]] {
            let refused = try client.send(.get(url, fields: fields))
            try expectProblem(refused, 401, "unauthorized")
            #expect(refused.field("WWW-Authenticate")?.hasPrefix("Bearer") == true)
        }
        let admitted = try client.send(.get(url, fields: ["Authorization: Bearer second"]))
        #expect(admitted.status == 200)
        #expect(admitted.field("Cache-Control") == "private, max-age=3600")
        #expect(try server.terminate().status == 0)
    }
}
