import Activations
import ArgumentParser
import Testing

@testable import activation_server

@Suite struct ConfigurationTests {
    private func configuration(
        _ arguments: [String] = [], environment: [String: String] = [:],
        machine: MachineLimits = MachineLimits(coreCount: 3, memoryByteCount: nil), isTerminal: Bool = false
    ) throws -> Configuration {
        let options = try Options.parse(arguments)
        return try Configuration(
            options: options, environment: environment, machine: machine, isTerminal: isTerminal)
    }

    @Test func defaultsAreTheContracts() throws {
        let c = try configuration()
        #expect(c.host == "127.0.0.1" && c.port == 8080 && c.workerCount == 3)
        #expect(c.bodyByteCountMax == 67_108_864 && c.outputElementCountMax == 16_777_216)
        #expect(c.bufferedByteCountMax == 536_870_912)
        #expect(c.requestLineByteCountMax == 16_384 && c.headerByteCountMax == 32_768 && c.headerFieldCountMax == 100)
        #expect(c.connectionCountMax == 16_384)
        #expect(c.headerTimeoutSeconds == 10 && c.bodyTimeoutSeconds == 15 && c.writeTimeoutSeconds == 15)
        #expect(c.idleTimeoutSeconds == 75 && c.drainDelaySeconds == 0 && c.drainTimeoutSeconds == 25)
        #expect(c.tokenFile == nil && c.vectorWidth == nil && c.logLevel == "info" && c.logFormat == "json")
    }

    @Test func printConfigShowsTheVectorWidthInUse() throws {
        let machine = MachineLimits(coreCount: 1, memoryByteCount: nil, vectorWidth: "avx2")
        let entries = try configuration(machine: machine).entries
        #expect(entries.contains(.init(name: "vector-width", value: "avx2", source: .defaultValue)))
    }

    @Test func littleMemoryLeavesEnoughForSmallRequestsAndPictures() throws {
        let machine = MachineLimits(coreCount: 1, memoryByteCount: 1 << 20)
        #expect(try configuration(machine: machine).bufferedByteCountMax == 4_194_304)
        #expect(throws: ConfigurationError.self) { try configuration(["--max-buffered-bytes", "4194303"]) }
    }

    @Test func theHelpNamesTheVariablesInTheirOrder() {
        #expect(Settings.port.help.hasSuffix("[ACTIVATION_PORT or else PORT; default: 8080]"))
        #expect(Settings.host.help.hasSuffix("[ACTIVATION_HOST; default: 127.0.0.1]"))
    }

    @Test func theFlagWinsOverTheEnvironmentAndThatOverTheDefault() throws {
        let environment = ["ACTIVATION_MAX_BODY_BYTES": "2000"]
        #expect(try configuration(environment: environment).bodyByteCountMax == 2_000)
        let both = try configuration(["--max-body-bytes", "1000"], environment: environment)
        #expect(both.bodyByteCountMax == 1_000)
        #expect(both.entries.contains(.init(name: "max-body-bytes", value: "1000", source: .flag)))
    }

    @Test func portIsReadFromPORTAfterItsOwnVariable() throws {
        #expect(try configuration(environment: ["PORT": "81"]).port == 81)
        #expect(try configuration(environment: ["PORT": "81", "ACTIVATION_PORT": "82"]).port == 82)
        #expect(try configuration(["--port", "83"], environment: ["PORT": "81"]).port == 83)
    }

    @Test func originsAreRepeatedFlagsOrAListInTheVariable() throws {
        let origins = ["https://a.example", "http://localhost:3000"]
        #expect(try configuration(["--cors-origin", origins[0], "--cors-origin", origins[1]]).corsOrigins == origins)
        let environment = ["ACTIVATION_CORS_ORIGIN": "https://a.example, http://localhost:3000"]
        #expect(try configuration(environment: environment).corsOrigins == origins)
        #expect(try configuration(["--cors-origin", "*"]).corsOrigins == ["*"])
        #expect(try configuration().corsOrigins == [])
    }

    @Test(arguments: [
        "https://a.example/", "a.example", "https://", "ftp://a", "null", "https://a b", "https://a.example?",
        "https://*.example",
        "https://a.example:", "https://a.example:65536", "https://a.example:x", "https://u@a.example", "https://a..b",
        "https://[::1", "https://[1]", "//a.example", "https:/a.example", "https://ä.example",
    ])
    func whatIsNoOriginIsRefused(origin: String) {
        #expect(throws: ConfigurationError.self) { try configuration(["--cors-origin", origin]) }
    }

    @Test(arguments: [
        "HTTPS://A.Example", "https://a.example:443", "http://a.example:080", "http://[::1]:3000", "http://127.0.0.1",
        "https://my_app.internal.", "http://localhost",
    ])
    func originsMayBeWrittenInOtherFormsThanTheNormalOne(origin: String) throws {
        #expect(try configuration(["--cors-origin", origin]).corsOrigins == [origin])
    }

    @Test func anEmptyVariableCountsAsAbsent() throws {
        #expect(try configuration(environment: ["ACTIVATION_PORT": "", "PORT": ""]).port == 8080)
    }

    @Test func aFlagGivenTwiceCountsAsGivenLast() throws {
        #expect(try configuration(["--port", "81", "--port", "82"]).port == 82)
    }

    @Test func memoryLimitsOfTheContainerLowerTheDefaults() throws {
        let c = try configuration(machine: MachineLimits(coreCount: 1, memoryByteCount: 64 << 20))
        #expect(c.bufferedByteCountMax == 16 << 20 && c.bodyByteCountMax == 16 << 20)
    }

    @Test(arguments: [(1, 1), (64, 64), (65, 64), (1_000, 64)])
    func asManyWorkersAsCoresAndAtMost64UnlessAskedFor(coreCount: Int, expected: Int) throws {
        let machine = MachineLimits(coreCount: coreCount, memoryByteCount: nil)
        #expect(try configuration(machine: machine).workerCount == expected)
        #expect(try configuration(["--workers", "1024"], machine: machine).workerCount == 1_024)
    }

    @Test func logsAreTextOnATerminal() throws {
        #expect(try configuration(isTerminal: true).logFormat == "text")
        #expect(try configuration(["--log-format", "json"], isTerminal: true).logFormat == "json")
    }

    @Test(arguments: [
        ("--port", "65536", "an integer from 0 to 65535"), ("--port", "+80", "an integer from 0 to 65535"),
        ("--port", "-1", "an integer from 0 to 65535"), ("--port", "8080 ", "an integer from 0 to 65535"),
        ("--workers", "0", "an integer from 1 to 1024"), ("--workers", "1025", "an integer from 1 to 1024"),
        ("--max-body-bytes", "99999999999999999999", "an integer from 0 to 1099511627776"),
        ("--header-timeout", "0", "seconds from 0.1 to 86400"),
        ("--header-timeout", "nan", "seconds from 0.1 to 86400"),
        ("--header-timeout", "1e3", "seconds from 0.1 to 86400"),
        ("--drain-delay", "-1", "seconds from 0 to 3600"), ("--vector-width", "sse", "baseline, avx2 or avx512"),
        ("--max-connections", "1e3", "an integer from 1 to 1000000"),
        ("--max-header-bytes", "0x10", "an integer from 64"),
        ("--write-timeout", "inf", "seconds from 0.1 to 86400"), ("--idle-timeout", ".", "seconds from 0.1 to 86400"),
        ("--log-level", "loud", "one of trace, debug"), ("--log-format", "xml", "text or json"),
    ])
    func aWrongValueIsRefusedWithTheFlagTheValueAndWhatIsAllowed(flag: String, value: String, allowed: String) throws {
        var spellings = [["\(flag)=\(value)"]]
        // A number may follow the flag even if it looks like a flag itself.
        if allowed.contains("from") { spellings.append([flag, value]) }
        for arguments in spellings {
            let error = try #require(throws: ConfigurationError.self) { try configuration(arguments) }
            #expect(error.description.hasPrefix("\(flag) is '\(value)'; it takes \(allowed)"))
        }
    }

    @Test func anEmptyFlagIsAWrongValue() throws {
        let error = try #require(throws: ConfigurationError.self) { try configuration(["--port", ""]) }
        #expect(error.description == "--port is ''; it takes an integer from 0 to 65535.")
    }

    @Test func aWrongVariableIsNamed() throws {
        let error = try #require(throws: ConfigurationError.self) {
            try configuration(environment: ["ACTIVATION_IDLE_TIMEOUT": "soon"])
        }
        #expect(error.description == "ACTIVATION_IDLE_TIMEOUT is 'soon'; it takes seconds from 0.1 to 86400.")
    }

    @Test func aVectorWidthThatTheProcessorLacksIsRejected() throws {
        let c = try configuration(["--vector-width", "avx512"])
        #expect(try c.checkedVectorWidth(available: [.baseline, .avx2, .avx512]) == .avx512)
        #expect(try configuration().checkedVectorWidth(available: [.baseline]) == nil)
        let error = try #require(throws: ConfigurationError.self) {
            try c.checkedVectorWidth(available: [.baseline, .avx2])
        }
        #expect(error.description == "--vector-width is 'avx512'; this processor has baseline, avx2.")
        let variable = try configuration(environment: ["ACTIVATION_VECTOR_WIDTH": "avx512"])
        let named = try #require(throws: ConfigurationError.self) {
            try variable.checkedVectorWidth(available: [.baseline])
        }
        #expect(named.description == "ACTIVATION_VECTOR_WIDTH is 'avx512'; this processor has baseline.")
    }

    @Test func everyFlagIsListedOnceWithItsSource() throws {
        let c = try configuration(["--idle-timeout", "0.5"], environment: ["PORT": "0"])
        let lines = c.description.split(separator: "\n").map(String.init)
        #expect(Set(c.entries.map(\.name)).count == c.entries.count)
        #expect(lines.contains { $0.split(separator: " ") == ["idle-timeout", "0.5", "flag"] })
        #expect(lines.contains { $0.hasPrefix("port ") && $0.hasSuffix("environment variable PORT") })
        let help = ActivationServerCommand.helpMessage()
        for entry in c.entries { #expect(help.contains("--\(entry.name) <"), "\(entry.name) is in the help") }
    }
}
