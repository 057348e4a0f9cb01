import Foundation
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

    @Test func `the version is printed, and is the one of the description`() throws {
        let outcome = try ServerProcess.launch(["--version"]).outcome()
        #expect(outcome.status == 0)
        let version = outcome.standardOutput.filter { !$0.isNewline }
        #expect(version.wholeMatch(of: /\d+\.\d+\.\d+/) != nil)
        #expect(try Repository.text(of: "openapi.yaml").contains(version))
    }

    @Test func `--help lists every setting with its default`() throws {
        let help = try ServerProcess.launch(["--help"]).outcome()
        #expect(help.status == 0)
        for flag in ["host", "port", "workers", "max-body-bytes", "drain-timeout", "token-file", "print-config"] {
            #expect(help.standardOutput.contains("--\(flag)"))
        }
        #expect(help.standardOutput.contains("67108864"))
    }

    @Test func `--print-config shows the vector width in use`() throws {
        let printed = try ServerProcess.launch(["--print-config"]).outcome().standardOutput
        let line = try #require(printed.split(separator: "\n").first { $0.hasPrefix("vector-width ") })
        let log = try ServerProcess().terminate().standardError
        #expect(log.contains("\"vector_width\":\"\(line.split(separator: " ")[1])\""), "\(line)")
    }

    @Test func `the line listening also has the version and the limits`() throws {
        let server = try ServerProcess(["--workers", "1", "--max-body-bytes", "1000", "--vector-width", "baseline"])
        let log = try server.terminate().standardError
        let lines = try log.split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
        let line = try #require(lines.first { $0["message"] as? String == "listening" })
        #expect(line["workers"] as? Int == 1 && line["max_body_bytes"] as? Int == 1_000)
        #expect(line["max_output_elements"] as? Int == 16_777_216)
        #expect(line["max_buffered_bytes"] is Int && line["max_connections"] is Int)
        #expect(line["vector_width"] as? String == "baseline" && line["access"] as? String == "open")
        let version = try ServerProcess.launch(["--version"]).outcome().standardOutput.filter { !$0.isNewline }
        #expect(line["version"] as? String == version)
    }

    /// The variables that the image sets, and those that Kubernetes adds for a Service called `activation-service`.
    static let containerEnvironment = [
        "ACTIVATION_HOST": "127.0.0.1", "KUBERNETES_SERVICE_HOST": "10.96.0.1", "KUBERNETES_SERVICE_PORT": "443",
        "KUBERNETES_PORT": "tcp://10.96.0.1:443", "ACTIVATION_SERVICE_SERVICE_HOST": "10.0.0.11",
        "ACTIVATION_SERVICE_SERVICE_PORT": "8080", "ACTIVATION_SERVICE_SERVICE_PORT_HTTP": "8080",
        "ACTIVATION_SERVICE_PORT": "tcp://10.0.0.11:8080", "ACTIVATION_SERVICE_PORT_8080_TCP": "tcp://10.0.0.11:8080",
        "ACTIVATION_SERVICE_PORT_8080_TCP_PROTO": "tcp", "ACTIVATION_SERVICE_PORT_8080_TCP_PORT": "8080",
        "ACTIVATION_SERVICE_PORT_8080_TCP_ADDR": "10.0.0.11",
    ]

    @Test func `a start in a container warns of nothing that was not configured`() throws {
        // A low limit of descriptors, as some container engines set it.
        let child = try ChildProcess(
            URL(fileURLWithPath: "/bin/sh"),
            ["-c", #"ulimit -n 1024; exec "$0" --port 0"#, ServerProcess.executable.path],
            environment: Self.containerEnvironment)
        #expect(child.standardError.waitFor(ServerProcess.listeningURL) != nil)
        child.send(signal: SIGTERM)
        let outcome = try child.outcome()
        #expect(outcome.status == 0)
        for level in ["warning", "error"] {
            #expect(!outcome.standardError.contains(#""level":"\#(level)""#), "\(outcome.standardError)")
        }
    }

    @Test func `a service link in place of the port is ignored with one warning`() throws {
        let environment = [
            "ACTIVATION_PORT": "tcp://10.0.0.1:8080", "PORT": "0", "ACTIVATION_SERVICE_HOST": "10.0.0.1",
            "ACTIVATION_PORT_8080_TCP": "tcp://10.0.0.1:8080",
        ]
        let child = try ServerProcess.launch([], environment: environment)
        #expect(child.standardError.waitFor(ServerProcess.listeningURL) != nil, "\(child.standardError.text)")
        child.send(signal: SIGTERM)
        let outcome = try child.outcome()
        #expect(outcome.status == 0)
        #expect(outcome.standardError.ranges(of: #""level":"warning""#).count == 1, "\(outcome.standardError)")
        #expect(outcome.standardError.contains("ACTIVATION_PORT is ignored"), "\(outcome.standardError)")
    }

    static let hasIPv6 = FileManager.default.contents(atPath: "/proc/net/if_inet6")?.isEmpty == false

    @Test(.enabled(if: hasIPv6, "This machine has no IPv6."), arguments: ["::1", "[::1]", "0:0:0:0:0:0:0:1"])
    func `an IPv6 address is listened on with and without brackets`(host: String) throws {
        let server = try ServerProcess(["--host", host])
        #expect(server.url == "http://[::1]:\(server.port)")
        let environment = ["ACTIVATION_HOST": host, "ACTIVATION_PORT": "\(server.port)"]
        #expect(try ServerProcess.launch(["--healthcheck"], environment: environment).outcome().status == 0)
        #expect(try server.terminate().status == 0)
    }

    @Test(arguments: ["localhost", "127.0.0.1", "0"])
    func `a name and the forms of IPv4 are listened on`(host: String) throws {
        let server = try ServerProcess(["--host", host])
        let environment = ["ACTIVATION_HOST": host, "ACTIVATION_PORT": "\(server.port)"]
        #expect(try ServerProcess.launch(["--healthcheck"], environment: environment).outcome().status == 0)
        #expect(try server.terminate().status == 0)
    }

    @Test(arguments: ["[127.0.0.1]", "127.0.0.1:80", "[::1", " 127.0.0.1", "http://localhost"])
    func `an invalid host is an error before anything listens`(host: String) throws {
        let outcome = try ServerProcess.launch(["--port", "0", "--host", host]).outcome()
        #expect(outcome.status == 64)
        #expect(outcome.standardError.contains("--host is '\(host)'"), "\(outcome.standardError)")
    }
}
