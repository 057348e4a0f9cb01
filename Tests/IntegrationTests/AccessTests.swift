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

    @Test func `After SIGHUP the token file is read again, and the old tokens stay if that fails`() throws {
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

    @Test func `a changed token file takes effect by itself, and a bad one is reported once and changes nothing`()
        throws
    {
        // This is how Kubernetes mounts a Secret: `tokens` leads through `..data`, which is swapped.
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("secret-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func publish(_ name: String, _ contents: [UInt8]) throws {
            let version = folder.appendingPathComponent(name)
            try FileManager.default.createDirectory(at: version, withIntermediateDirectories: true)
            let file = version.appendingPathComponent("tokens")
            try Data(contents).write(to: file)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
            let new = folder.appendingPathComponent("..data_tmp").path
            try FileManager.default.createSymbolicLink(atPath: new, withDestinationPath: name)
            try #require(rename(new, folder.appendingPathComponent("..data").path) == 0)
        }
        try publish("1", Array("old\n".utf8))
        let path = folder.appendingPathComponent("tokens").path
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "..data/tokens")
        let server = try ServerProcess(["--token-file", path])
        let client = try CurlClient()
        func statuses() throws -> [Int] {
            try ["old", "new", "newer"].map { token in
                let fields = ["Authorization: Bearer \(token)"]
                return try client.send(.get(server.url + "/v1/relu/forward?input=1", fields: fields)).status
            }
        }
        func waitForLines(_ message: String, _ count: Int) {
            let seen: Bool? = server.child.standardError.waitFor { log in
                log.ranges(of: message).count >= count ? true : nil
            }
            #expect(seen == true, "\(server.child.standardError.text)")
        }

        #expect(try statuses() == [200, 401, 401])
        try publish("2", Array("\u{FEFF}new\r\n".utf8))
        waitForLines("token file read again", 1)
        #expect(try statuses() == [401, 200, 401])
        try publish("3", Array("newer\n".utf8) + [0xFF, 0x0A])
        waitForLines("the old tokens stay", 1)
        #expect(try statuses() == [401, 200, 401])
        try publish("4", Array("newer\n".utf8))
        waitForLines("token file read again", 2)
        #expect(try statuses() == [401, 401, 200])

        let log = try server.terminate().standardError
        #expect(log.ranges(of: "the old tokens stay").count == 1, "\(log)")
        #expect(log.contains("line 2 is not valid UTF-8") && !log.contains("newer"), "\(log)")
    }

    @Test func `a FIFO in place of the token file does not hold up signals`() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("tokens-\(UUID().uuidString)")
        try "old\n".write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let server = try ServerProcess(["--token-file", file.path])
        try FileManager.default.removeItem(at: file)
        try #require(mkfifo(file.path, 0o600) == 0)
        server.child.send(signal: SIGHUP)
        let said: Bool? = server.child.standardError.waitFor { $0.contains("it is not a regular file") ? true : nil }
        #expect(said == true, "\(server.child.standardError.text)")
        #expect(try server.terminate().status == 0)
    }

    @Test(arguments: [
        (["--token-file", "/dev/zero"], [:], "it is not a regular file"),
        (["--token-file", "/etc/passwd", "--token-file", "/etc/passwd"], [:], "is given 2 times"),
        ([], ["ACTIVATION_TOKEN_FILE": ""], "ACTIVATION_TOKEN_FILE is ''"),
        ([], ["ACTIVATION_TOKENS_FILE": "/run/tokens"], "ACTIVATION_TOKENS_FILE is not a setting"),
    ])
    func `a token setting that would have no effect is an error`(
        arguments: [String], environment: [String: String], message: String
    ) throws {
        let outcome = try ServerProcess.launch(["--port", "0"] + arguments, environment: environment).outcome()
        #expect(outcome.status == 64)
        #expect(outcome.standardError.contains(message), "\(outcome.standardError)")
        #expect(!outcome.standardError.contains("listening"))
    }
}
