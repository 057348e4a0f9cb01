import Foundation
import Testing

/// Runs the service with an empty `/proc`, as in a chroot.
private enum WithoutProc {
    /// It uses a separate mount namespace; a user namespace makes that possible for users other than root.
    static func launch(_ executable: String, _ arguments: [String]) throws -> ChildProcess {
        let script = #"mount -t tmpfs none /proc && exec "$0" "$@""#
        return try ChildProcess(
            URL(fileURLWithPath: "/usr/bin/env"),
            ["unshare", "--mount", "--map-root-user", "sh", "-c", script, executable] + arguments,
            environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"])
    }

    static let isPossible: Bool = (try? launch("/bin/true", []).outcome().status) == 0

    /// Whether the service has been built with a sanitizer, whose runtime ends the process if it cannot read `/proc`.
    static let isSanitized = ["ASAN_OPTIONS", "TSAN_OPTIONS"].contains {
        ProcessInfo.processInfo.environment[$0] != nil
    }
}

@Suite("Arguments")
struct ArgumentTests {
    @Test(
        .enabled(if: WithoutProc.isPossible, "No mount namespace can be made on this machine."),
        .disabled(if: WithoutProc.isSanitized, "A sanitizer's runtime needs /proc."))
    func `flags hold without /proc, the token file included`() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("tokens-\(UUID().uuidString)")
        try "first\n".write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let child = try WithoutProc.launch(
            ServerProcess.executable.path, ["--port", "0", "--log-format", "json", "--token-file", file.path])
        let url = try #require(
            child.standardError.waitFor(ServerProcess.listeningURL), "\(child.standardError.text)")
        let client = try CurlClient()
        try expectProblem(try client.send(.get(url + "/v1/relu/forward?input=1")), 401, "unauthorized")
        let admitted = CurlRequest.get(url + "/v1/relu/forward?input=1", fields: ["Authorization: Bearer first"])
        #expect(try client.send(admitted).status == 200)
        child.send(signal: SIGTERM)
        #expect(try child.outcome().status == 0)
    }

    @Test(
        .enabled(if: WithoutProc.isPossible, "No mount namespace can be made on this machine."),
        .disabled(if: WithoutProc.isSanitized, "A sanitizer's runtime needs /proc."))
    func `a wrong flag is an error without /proc too`() throws {
        let outcome = try WithoutProc.launch(ServerProcess.executable.path, ["--no-such-flag"]).outcome()
        #expect(outcome.status == 64)
        #expect(outcome.standardError.contains("--no-such-flag"), "\(outcome.standardError)")
    }

    @Test func `arguments with spaces, combining marks and nothing in them arrive as they are`() throws {
        let outcome = try ServerProcess.launch([
            "--log-format", "text", "--print-config", "--token-file", "/a b\u{301}",
        ])
        .outcome()
        #expect(outcome.standardOutput.contains("/a b\u{301}"), "\(outcome.standardError)")
        #expect(try ServerProcess.launch(["--token-file", ""]).outcome().status == 64)
    }
}
