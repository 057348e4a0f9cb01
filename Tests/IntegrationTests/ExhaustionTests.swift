import Foundation
import Testing

/// Tests that no descriptors are left for new connections; the limit of the running server is changed from outside.
@Suite("Out of descriptors")
struct ExhaustionTests {
    @Test func `an idle connection makes room for a new one`() throws {
        let server = try ServerProcess(["--workers", "1"])
        let idle = try RawConnection(port: server.port)
        try idle.send("GET /livez HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try idle.readResponse().status == 200)

        try server.leaveNoDescriptor()
        let new = try RawConnection(port: server.port)
        try new.send("GET /livez HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try new.readResponse().status == 200)
        #expect(try idle.readToEnd() == "")
        // Ending it does not need a descriptor either.
        #expect(try server.terminate().status == 0)
    }

    @Test(arguments: [false, true])
    func `a connection of another event loop makes room`(isLingering: Bool) throws {
        let server = try ServerProcess(["--workers", "2", "--header-timeout", "60"])
        // Connections are assigned to the two loops in turn. The first connection is never idle.
        let busy = try RawConnection(port: server.port)
        try busy.send("G")
        let other = try RawConnection(port: server.port)
        try other.send(isLingering ? "BROKEN\r\n\r\n" : "GET /livez HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try other.readResponse().status == (isLingering ? 400 : 200))

        try server.leaveNoDescriptor()
        let new = try RawConnection(port: server.port)
        try new.send("GET /livez HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try new.readResponse().status == 200)
        #expect(try other.readToEnd() == "")
        try busy.send("ET /livez HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try busy.readResponse().status == 200)
        #expect(try server.terminate().status == 0)
    }

    @Test func `if nothing closes, accepting is retried by the clock, and the log is not flooded`() throws {
        let server = try ServerProcess(["--workers", "1", "--header-timeout", "60"])
        // It is never idle: the next request has always begun.
        let busy = try RawConnection(port: server.port)
        try busy.send("G")
        func failureCount() throws -> Int {
            try busy.send("ET /metrics HTTP/1.1\r\nHost: a\r\n\r\nG")
            let metrics = try busy.readResponse().text
            let match = try #require(metrics.firstMatch(of: /\nactivation_accept_failures_total (\d+)/))
            return try #require(Int(match.output.1))
        }
        #expect(try failureCount() == 0)

        try server.leaveNoDescriptor()
        let waiting = try RawConnection(port: server.port)
        try waiting.send("GET /livez HTTP/1.1\r\nHost: a\r\n\r\n")
        let deadline = Date(timeIntervalSinceNow: ChildProcess.patienceSeconds)
        while try failureCount() < 5 { try #require(Date() < deadline, "Accepting is not tried again.") }

        try server.setDescriptorLimit("1024")
        #expect(try waiting.readResponse().status == 200)
        busy.finishSending()
        let outcome = try server.terminate()
        #expect(outcome.status == 0)
        let lines = outcome.standardError.split(separator: "\n").filter { $0.contains("accepting failed") }
        #expect((1..<5).contains(lines.count), "\(outcome.standardError)")
    }
}

extension ServerProcess {
    /// Sets the soft limit with util-linux' `prlimit`.
    fileprivate func setDescriptorLimit(_ limit: String) throws {
        let arguments = ["--pid", "\(child.processIdentifier)", "--nofile=\(limit):"]
        let tool = URL(fileURLWithPath: "/usr/bin/prlimit")
        let outcome = try ChildProcess(tool, arguments, environment: [:]).outcome()
        guard outcome.status == 0 else { throw HarnessError("prlimit: \(outcome.standardError)") }
    }

    /// Lowers the limit so far that the process can open nothing more.
    fileprivate func leaveNoDescriptor() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(child.processIdentifier)/fd")
        let open = Set(names.compactMap { Int($0) })
        guard let free = (0...open.count).first(where: { !open.contains($0) }) else { return }
        try setDescriptorLimit("\(free)")
    }
}
