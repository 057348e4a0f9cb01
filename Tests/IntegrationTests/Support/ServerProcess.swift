import Foundation
import Testing

/// The real server, started on a free port for one suite of tests, and ended with its exit status checked.
final class ServerProcess: Sendable {
    /// The server of the suite that the current test belongs to.
    @TaskLocal static var current: ServerProcess?

    let child: ChildProcess
    /// The address that it reports in its log: `http://127.0.0.1:40123`.
    let url: String
    let port: UInt16

    /// The product `activation-server`, beside the test bundle; `ACTIVATION_TEST_SERVER` names another build of it.
    static var executable: URL {
        if let path = ProcessInfo.processInfo.environment["ACTIVATION_TEST_SERVER"] {
            return URL(fileURLWithPath: path)
        }
        let testBundle = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        return testBundle.deletingLastPathComponent().appendingPathComponent("activation-server")
    }

    /// Starts a server and waits until it listens.
    ///
    /// - Parameter arguments: Flags in addition to `--port 0`.
    init(_ arguments: [String] = [], environment: [String: String] = [:]) throws {
        child = try Self.launch(["--port", "0"] + arguments, environment: environment)
        guard let url = child.standardError.waitFor(Self.listeningURL), let port = URL(string: url)?.port else {
            child.send(signal: SIGKILL)
            throw HarnessError("the server does not listen; it wrote: \(child.standardError.text)")
        }
        self.url = url
        self.port = UInt16(port)
    }

    /// Runs the program with just these arguments.
    ///
    /// - Parameter environment: Variables added to this process's own environment less the service's settings.
    static func launch(_ arguments: [String], environment: [String: String] = [:]) throws -> ChildProcess {
        let inherited = ProcessInfo.processInfo.environment.filter { name, _ in
            name != "PORT" && !name.hasPrefix("ACTIVATION_")
        }
        return try ChildProcess(
            executable, arguments, environment: inherited.merging(environment) { _, added in added })
    }

    /// Sends the signal that an orchestrator sends, and waits for the end.
    func terminate() throws -> ChildProcess.Outcome {
        child.send(signal: SIGTERM)
        return try child.outcome()
    }

    /// Returns the URL in the log line `listening`; if standard error is not a terminal, the log is JSON, one object
    /// per line.
    static func listeningURL(in log: String) -> String? {
        for line in log.split(separator: "\n") {
            let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            if object?["message"] as? String == "listening" { return object?["url"] as? String }
        }
        return nil
    }
}

/// Provides each suite with its own server.
struct ServerTrait: SuiteTrait, TestScoping {
    let arguments: [String]

    func provideScope(
        for test: Test, testCase: Test.Case?, performing run: @Sendable () async throws -> Void
    ) async throws {
        let server = try ServerProcess(arguments)
        try await ServerProcess.$current.withValue(server, operation: run)
        let outcome = try server.terminate()
        #expect(outcome.status == 0, "The server did not end in order; its log: \(outcome.standardError)")
        #expect(!outcome.standardError.contains(#""level":"error""#), "\(outcome.standardError)")
    }
}

extension Trait where Self == ServerTrait {
    /// Returns a trait that runs a server with these flags during the suite's tests.
    static func server(_ arguments: String...) -> Self { ServerTrait(arguments: arguments) }
}

/// Returns the current suite's server.
func currentServer() throws -> ServerProcess {
    try #require(ServerProcess.current, "The suite has no `.server` trait.")
}
