import ArgumentParser
import Testing

@testable import activation_server

@Suite("Environment variables")
struct EnvironmentTests {
    private func configuration(
        _ environment: [String: String], _ arguments: [String] = []
    ) throws -> Configuration {
        try Configuration(
            options: try Options.parse(arguments), environment: environment,
            machine: MachineLimits(coreCount: 2, memoryByteCount: nil), isTerminal: false)
    }

    @Test func `unknown variables that look like settings are listed`() throws {
        let environment = [
            "ACTIVATION_MAX_BODY_SIZE": "1", "activation_workers": "1", "ACTIVATION_PORT": "81", "PORT": "82",
            "SHELL": "/bin/sh", "ACTIVATION_HOST": "",
        ]
        #expect(try configuration(environment).unknownVariables == ["ACTIVATION_MAX_BODY_SIZE", "activation_workers"])
        #expect(try configuration([:]).unknownVariables == [])
    }

    @Test(arguments: [
        "ACTIVATION_TOKENS_FILE", "ACTIVATION_TOKEN", "ACTIVATION_TOKENFILE", "ACTIVATION_TOKN_FILE",
        "activation_token_file", "ACTIVATION-TOKEN-FILE", "ACTIVATIONS_TOKEN_FILE", "ACTIVATON_TOKEN_FILE",
        "ACTIVATION_SERVER_TOKEN_FILE", "ACTIVATION_TOEKN_FILE",
    ])
    func `a misspelled token file is refused, and only a warning if there is a token file`(name: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try configuration([name: "/run/tokens"]) }
        #expect(error.description.hasPrefix("\(name) is not a setting. Set ACTIVATION_TOKEN_FILE"))
        let guarded = try configuration([name: "/run/tokens"], ["--token-file", "/run/others"])
        #expect(guarded.tokenFile == "/run/others")
        #expect(guarded.unknownVariables == [name])
    }

    @Test(arguments: ["TOKEN_FILE", "NODE_TOKEN_FILE", "APPLICATION_TOKEN_FILE", "AWS_WEB_IDENTITY_TOKEN_FILE"])
    func `variables of other programs are left alone`(name: String) throws {
        #expect(try configuration([name: "/run/tokens"]).unknownVariables == [])
    }

    @Test func `an empty variable for the token file is refused, since templates produce it by mistake`() throws {
        let error = try #require(throws: ConfigurationError.self) { try configuration(["ACTIVATION_TOKEN_FILE": ""]) }
        #expect(error.description == "ACTIVATION_TOKEN_FILE is ''; it takes the path of a file.")
        let flag = try configuration(["ACTIVATION_TOKEN_FILE": ""], ["--token-file", "/run/tokens"])
        #expect(flag.tokenFile == "/run/tokens")
    }

    @Test func `an empty flag for the token file is refused`() throws {
        #expect(throws: (any Error).self) { try configuration([:], ["--token-file="]) }
        let error = try #require(throws: ConfigurationError.self) { try configuration([:], ["--token-file", ""]) }
        #expect(error.description == "--token-file is ''; it takes the path of a file.")
    }

    @Test func `two token files are refused, since one of them would be lost`() throws {
        let error = try #require(throws: ConfigurationError.self) {
            try configuration([:], ["--token-file", "/run/a", "--token-file", "/run/b"])
        }
        #expect(error.description == "--token-file is given 2 times; it takes the path of a file.")
    }

    /// Returns what Kubernetes sets for a Service called `name`, as its documentation lists it.
    private func serviceLinks(_ name: String) -> [String: String] {
        [
            "\(name)_SERVICE_HOST": "10.0.0.11", "\(name)_SERVICE_PORT": "8080", "\(name)_SERVICE_PORT_HTTP": "8080",
            "\(name)_PORT": "tcp://10.0.0.11:8080", "\(name)_PORT_8080_TCP": "tcp://10.0.0.11:8080",
            "\(name)_PORT_8080_TCP_PROTO": "tcp", "\(name)_PORT_8080_TCP_PORT": "8080",
            "\(name)_PORT_8080_TCP_ADDR": "10.0.0.11", "\(name)_PORT_53_UDP": "udp://10.0.0.11:53",
        ]
    }

    @Test(arguments: ["ACTIVATION", "ACTIVATION_SERVICE", "ACTIVATION_TOKEN", "ACTIVATION_PORT"])
    func `Kubernetes' service links are not settings and not mistakes`(name: String) throws {
        let found = try configuration(serviceLinks(name))
        #expect(found.unknownVariables == [])
        #expect(found.port == 8_080)
        #expect(found.ignoresPortLink == (name == "ACTIVATION"))
        #expect(found.entries.contains(.init(name: "port", value: "8080", source: .defaultValue)))
    }

    @Test func `PORT and the flag have precedence over a service link`() throws {
        let link = ["ACTIVATION_PORT": "tcp://10.0.0.1:8080", "PORT": "81"]
        #expect(try configuration(link).port == 81)
        #expect(try configuration(link, ["--port", "82"]).port == 82)
    }

    @Test(arguments: ["http://10.0.0.1:8080", "tcp:8080", "tcp", "TCP://10.0.0.1:8080"])
    func `only the form of a link is ignored as a port`(value: String) {
        #expect(throws: ConfigurationError.self) { try configuration(["ACTIVATION_PORT": value]) }
        #expect(throws: ConfigurationError.self) { try configuration(["PORT": value]) }
    }

    @Test(arguments: [
        ("ACTIVATION_PORT_TCP", "1"), ("ACTIVATION_PORT_8080", "1"), ("ACTIVATION_PORTS", "1"),
        ("ACTIVATION_PORT_8080_TCP_NAME", "1"), ("ACTIVATION_BODY_PORT", "81"),
    ])
    func `a variable that only resembles a link is listed`(name: String, value: String) throws {
        #expect(try configuration([name: value]).unknownVariables == [name])
    }
}

@Suite("Hosts")
struct HostTests {
    @Test(arguments: [
        ("[::1]", "::1"), ("::1", "::1"), ("[2001:DB8::A]", "2001:DB8::A"), ("[::]", "::"), ("127.0.0.1", "127.0.0.1"),
        ("localhost", "localhost"), ("my_host-1.example.", "my_host-1.example."), ("fe80::1%eth0", "fe80::1%eth0"),
        ("[fe80::1%eth0]", "fe80::1%eth0"), ("::ffff:127.0.0.1", "::ffff:127.0.0.1"), ("0", "0"),
    ])
    func `addresses and names are accepted, IPv6 with and without brackets`(text: String, host: String) {
        #expect(HostName.parse(text) == host)
    }

    @Test(arguments: [
        "", " ::1", "::1 ", "[::1", "::1]", "[127.0.0.1]", "[localhost]", "[]", "[::1]:8080", "127.0.0.1:8080",
        "localhost:8080", "http://localhost", "fe80::1%", "[[::1]]", "1::2::3", "::g", "a b", "a/b", "hôte", "*",
    ])
    func `anything else is refused before the service listens`(text: String) {
        #expect(HostName.parse(text) == nil)
    }
}
