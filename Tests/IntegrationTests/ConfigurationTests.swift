import Testing

@Suite("Configuration")
struct ConfigurationTests {
    @Test(arguments: [
        (["--port", "99999"], "port"), (["--port", "http"], "port"), (["--workers", "0"], "workers"),
        (["--max-body-bytes", "-1"], "max-body-bytes"), (["--header-timeout", "soon"], "header-timeout"),
        (["--vector-width", "sse"], "vector-width"), (["--token-file", "/does/not/exist"], "/does/not/exist"),
        (["--no-such-flag"], "no-such-flag"),
    ])
    func `a value that is not allowed is an error before anything listens`(arguments: [String], named: String) throws {
        let outcome = try ServerProcess.launch(arguments).outcome()
        #expect(outcome.status == 64)
        #expect(outcome.standardError.contains(named), "\(outcome.standardError)")
        #expect(!outcome.standardError.contains("listening"))
    }

    @Test func `a variable that is not allowed is an error too, and is named`() throws {
        let outcome = try ServerProcess.launch([], environment: ["ACTIVATION_MAX_BODY_BYTES": "many"]).outcome()
        #expect(outcome.status == 64)
        #expect(outcome.standardError.contains("ACTIVATION_MAX_BODY_BYTES"), "\(outcome.standardError)")
    }

    @Test func `a port in use is an error with status 1`() throws {
        let server = try ServerProcess()
        let outcome = try ServerProcess.launch(["--port", "\(server.port)"]).outcome()
        #expect(outcome.status == 1)
        #expect(outcome.standardError.contains("\(server.port)"), "\(outcome.standardError)")
        #expect(try server.terminate().status == 0)
    }

    @Test(arguments: [
        ([], ["PORT": "7001"], "7001"), ([], ["ACTIVATION_PORT": "7002"], "7002"),
        ([], ["PORT": "7001", "ACTIVATION_PORT": "7002"], "7002"),
        (["--port", "7003"], ["PORT": "7001", "ACTIVATION_PORT": "7002"], "7003"),
    ])
    func `a flag wins over its variable, and that over PORT`(
        arguments: [String], environment: [String: String], port: String
    ) throws {
        let outcome = try ServerProcess.launch(["--print-config"] + arguments, environment: environment).outcome()
        #expect(outcome.status == 0)
        let line = outcome.standardOutput.split(separator: "\n").first { $0.split(separator: " ").first == "port" }
        #expect(line?.split(separator: " ")[1] == Substring(port), "\(outcome.standardOutput)")
    }

    @Test func `the version is told, and is the one of the description`() throws {
        let outcome = try ServerProcess.launch(["--version"]).outcome()
        #expect(outcome.status == 0)
        let version = outcome.standardOutput.filter { !$0.isNewline }
        #expect(version.wholeMatch(of: /\d+\.\d+\.\d+/) != nil)
        #expect(try Repository.text(of: "openapi.yaml").contains(version))
    }

    @Test func `--help tells every setting with its default`() throws {
        let help = try ServerProcess.launch(["--help"]).outcome()
        #expect(help.status == 0)
        for flag in ["host", "port", "workers", "max-body-bytes", "drain-timeout", "token-file", "print-config"] {
            #expect(help.standardOutput.contains("--\(flag)"))
        }
        #expect(help.standardOutput.contains("67108864"))
    }
}
