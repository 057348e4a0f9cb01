import Foundation
import Testing

/// Tests a process that is stopped for longer than its time-outs, like one that is moved to another machine, and
/// continues.
@Suite("Pauses")
struct PauseTests {
    private static let body = #"{"input":[1,2]}"#
    private static let request =
        "POST /v1/relu/forward HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"

    /// How far a request has progressed when the process stops.
    static let beginnings: [String: Int] = [
        "idle": 0, "inside the head": 20, "after the head": request.utf8.count - body.utf8.count,
        "inside the body": request.utf8.count - 3,
    ]

    @Test func `input that arrives while the process is stopped is answered, whatever the pause interrupts`() throws {
        let seconds = "5"
        let server = try ServerProcess([
            "--workers", "1", "--idle-timeout", seconds, "--header-timeout", seconds, "--body-timeout", seconds,
        ])
        // This is more than one wait of an event loop reports.
        let connections = try Self.beginnings.sorted { $0.key < $1.key }.flatMap { name, count in
            try (0..<100).map { _ in
                let connection = try RawConnection(port: server.port)
                return (name, connection, Array(Self.request.utf8)[count...], Array(Self.request.utf8)[..<count])
            }
        }
        for (_, connection, _, beginning) in connections { try connection.send(Array(beginning)) }
        // Every one has been read by now, and all of them recently.
        let probe = try RawConnection(port: server.port)
        try probe.send("GET /livez HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try probe.readResponse().status == 200)

        try server.child.stop()
        for (_, connection, rest, _) in connections { try connection.send(Array(rest)) }
        try server.child.resume(afterSeconds: 7)
        var lost: [String: Int] = [:]
        for (name, connection, _, _) in connections {
            let status = try? connection.readResponse().status
            if status != 200 { lost["\(name): \(status.map(String.init) ?? "closed")", default: 0] += 1 }
        }
        #expect(lost.isEmpty)
    }

    @Test func `input that is still in transit when the process continues has the whole time-out`() throws {
        let server = try ServerProcess(["--header-timeout", "4"])
        let connection = try RawConnection(port: server.port)
        try connection.send("GET /livez HTTP/1.1\r\n")
        try server.child.stop()
        try server.child.resume(afterSeconds: 6)
        // The server has handled its deadlines by the time it answers another client.
        for _ in 0..<10 {
            let other = try RawConnection(port: server.port)
            try other.send("GET /livez HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try other.readResponse().status == 200)
        }
        try connection.send("Host: a\r\n\r\n")
        #expect(try connection.readResponse().status == 200)
    }

    @Test func `an answer that the client has not read when the process continues is not truncated`() throws {
        let server = try ServerProcess(["--write-timeout", "2"])
        let connection = try RawConnection(port: server.port, receiveBufferByteCount: 4_096)
        let request = LifecycleTests.largeRequest
        try connection.send(request.replacingOccurrences(of: "Host: a\r\n", with: "Host: a\r\nConnection: close\r\n"))
        _ = try connection.read(through: "\r\n\r\n")
        try server.child.stop()
        try server.child.resume(afterSeconds: 4)
        #expect(try connection.readToEnd().hasSuffix("\r\n0\r\n\r\n"))
    }
}

extension ChildProcess {
    /// Stops the program, and waits until it has stopped.
    fileprivate func stop() throws {
        send(signal: SIGSTOP)
        let deadline = Date(timeIntervalSinceNow: Self.patienceSeconds)
        while true {
            let status = try String(contentsOfFile: "/proc/\(processIdentifier)/status", encoding: .utf8)
            if status.contains("State:\tT") { return }
            guard Date() < deadline else { throw HarnessError("the program does not stop: \(status)") }
        }
    }

    /// Resumes a stopped program after a pause.
    fileprivate func resume(afterSeconds seconds: Double) throws {
        let pause = DispatchSemaphore(value: 0)
        _ = pause.wait(timeout: .now() + seconds)
        send(signal: SIGCONT)
    }
}
