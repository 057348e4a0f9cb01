import Foundation
import Testing

/// A numeric setting and the ends of the range that the program itself states.
struct SettingRange: Sendable, CustomStringConvertible {
    let name: String
    let ends: [String]

    var description: String { name }

    /// Returns every numeric setting: the names from `--print-config`, the ranges from the error for an empty value.
    static func all() throws -> [SettingRange] {
        let printed = try ServerProcess.launch(["--print-config"]).outcome()
        return try printed.standardOutput.split(separator: "\n").compactMap { line in
            let name = try #require(line.split(separator: " ").first)
            let refused = try ServerProcess.launch(["--\(name)", ""]).outcome().standardError
            guard let match = refused.firstMatch(of: /from ([\d.]*\d) to ([\d.]*\d)/) else { return nil }
            return SettingRange(name: String(name), ends: [String(match.output.1), String(match.output.2)])
        }
    }
}

@Suite("Ranges of the settings")
struct SettingRangeTests {
    /// The number of connections that are tried: under the shortest time limits, a busy machine may be too slow for the
    /// first.
    private static let attemptCount = 50

    @Test func `every numeric setting works at both ends of its stated range`() throws {
        let ranges = try SettingRange.all()
        #expect(ranges.count >= 15)
        for range in ranges {
            for end in range.ends { try checkAnswers(range.name, end) }
        }
    }

    private func checkAnswers(_ name: String, _ value: String) throws {
        let port = name == "port" ? [] : ["--port", "0"]
        let child = try ServerProcess.launch(port + ["--\(name)", value])
        guard let url = child.standardError.waitFor(ServerProcess.listeningURL), let port = URL(string: url)?.port
        else {
            // Only the greatest port number may be in use by another program.
            let outcome = try child.outcome()
            #expect(outcome.status == 1 && outcome.standardError.contains("65535"), "\(name) \(value): \(outcome)")
            return
        }
        let attemptCount = name.hasSuffix("-timeout") ? Self.attemptCount : 1
        #expect(try status(UInt16(port), attemptCount) == 200, "\(name) \(value)")
        if name.hasPrefix("max-") {
            let probe = try ServerProcess.launch(["--healthcheck"], environment: ["ACTIVATION_PORT": "\(port)"])
            #expect(try probe.outcome().status == 0, "--healthcheck under \(name) \(value)")
        }
        let delays = name == "drain-delay" && value != "0"
        child.send(signal: delays ? SIGKILL : SIGTERM)
        let outcome = try child.outcome()
        #expect(outcome.status == (delays ? 128 + SIGKILL : 0), "\(name) \(value): \(outcome.standardError)")
    }

    private func status(_ port: UInt16, _ attemptCount: Int) throws -> Int {
        for attempt in 1... {
            do {
                let connection = try RawConnection(port: port)
                try connection.send("GET /v1/relu/forward?input=1 HTTP/1.1\r\nHost: a\r\n\r\n")
                return try connection.readResponse().status
            } catch {
                guard attempt < attemptCount else { throw error }
            }
        }
        return 0
    }

    /// These are the small requests that take the most memory, and a picture.
    @Test func `every small request and picture is answered with the least memory`() throws {
        let range = try #require(try SettingRange.all().first { $0.name == "max-buffered-bytes" })
        let server = try ServerProcess(["--max-buffered-bytes", range.ends[0]])
        let client = try CurlClient()
        let numbers = Array(repeating: "1", count: 8_000).joined(separator: ",")
        for activation in ["sigmoid", "relu", "leaky_relu", "softmax"] {
            #expect(try client.send(.get("\(server.url)/v1/\(activation)/plot.svg")).status == 200)
            let url = "\(server.url)/v1/\(activation)/forward"
            #expect(try client.send(.get("\(url)?input=\(numbers)")).status == 200)
            for (rows, depth, dtype) in [
                ("1", 1, "float64"), ("1", 32, "float64"), ("1", 1, "float32"), ("[1]", 1, "float64"),
                ("[]", 1, "float32"),
            ] {
                let (start, end) = (String(repeating: "[", count: depth), String(repeating: "]", count: depth))
                let frame = "{\"dtype\":\"\(dtype)\",\"input\":\(start)\(end)}"
                let count = (65_537 - frame.utf8.count) / (rows.utf8.count + 1)
                let input = Array(repeating: rows, count: count).joined(separator: ",")
                let body = frame.replacing(start + end, with: start + input + end)
                #expect(body.utf8.count > 65_530 && body.utf8.count <= 65_536)
                let answer = try client.send(.post(url, body))
                #expect(answer.status == 200, "\(activation) of \(rows) in \(dtype), \(depth) deep")
            }
        }
        #expect(try server.terminate().status == 0)
    }

    @Test func `without bodies the service still answers, and refuses a body for its length`() throws {
        let server = try ServerProcess(["--max-body-bytes", "0"])
        let client = try CurlClient()
        #expect(try client.send(.get(server.url + "/v1/tanh/forward?input=0.5")).status == 200)
        let refused = try client.send(.post(server.url + "/v1/tanh/forward", "{"))
        try expectProblem(refused, 413, "content-too-large")
        #expect(try server.terminate().status == 0)
    }
}
