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

    @Test func `SIGHUP makes it read the token file again, and keep the old tokens where it cannot`() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("tokens-\(UUID().uuidString)")
        try "old\n".write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let server = try ServerProcess(["--token-file", file.path])
        let client = try CurlClient()
        func status(_ token: String) throws -> Int {
            let fields = ["Authorization: Bearer \(token)"]
            return try client.send(.get(server.url + "/v1/relu/forward?input=1", fields: fields)).status
        }
        func reload(_ tokens: String, until message: String) throws {
            try tokens.write(to: file, atomically: true, encoding: .utf8)
            server.child.send(signal: SIGHUP)
            let said: Bool? = server.child.standardError.waitFor { $0.contains(message) ? true : nil }
            #expect(said == true, "\(server.child.standardError.text)")
        }

        #expect(try status("old") == 200)
        try reload("new\n", until: "token file read again")
        #expect(try [status("old"), status("new")] == [401, 200])
        try reload("# none\n", until: "the old tokens stay")
        #expect(try [status("old"), status("new")] == [401, 200])
        #expect(try server.terminate().status == 0)
    }
}
