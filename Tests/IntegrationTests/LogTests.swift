import Foundation
import Testing

/// The pipe that a server logs into, which the test reads at its own pace.
private final class LogPipe {
    let path: String
    private var descriptor: Int32 = -1
    private var received: [UInt8] = []

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("log-\(UUID().uuidString)").path
        guard mkfifo(path, 0o600) == 0 else { throw HarnessError("mkfifo: errno \(errno)") }
    }

    deinit {
        close()
        unlink(path)
    }

    /// Starts a server whose standard error is this pipe, and returns once it can be read and written.
    func launch(_ arguments: [String]) throws -> ChildProcess {
        let child = try ChildProcess(
            URL(fileURLWithPath: "/bin/sh"),
            ["-c", #"exec "$0" "$@" 2>"$LOG""#, ServerProcess.executable.path] + arguments, environment: ["LOG": path])
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw HarnessError("open: errno \(errno)") }
        return child
    }

    /// Returns the next line, as the JSON object that it must be.
    func nextObject() throws -> [String: Any] {
        while true {
            if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
                let line = Data(received[..<end])
                received.removeSubrange(...end)
                let object = try JSONSerialization.jsonObject(with: line)
                return try #require(object as? [String: Any], "no object: \(String(decoding: line, as: UTF8.self))")
            }
            var buffer = [UInt8](repeating: 0, count: 65_536)
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { throw HarnessError("the log has ended") }
            received += buffer[..<count]
        }
    }

    func close() {
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }
}

@Suite("Log")
struct LogTests {
    /// More access lines than the kernel's pipe and the service's own queue hold together.
    private static let roundCount = 80
    private static let requestCount = 100

    private func start(_ pipe: LogPipe) throws -> (child: ChildProcess, connection: RawConnection) {
        let child = try pipe.launch(["--port", "0", "--log-level", "debug"])
        while true {
            let object = try pipe.nextObject()
            guard object["message"] as? String == "listening" else { continue }
            let port = try #require((object["url"] as? String).flatMap { URL(string: $0)?.port })
            return (child, try RawConnection(port: UInt16(port)))
        }
    }

    private func ask(_ connection: RawConnection) throws {
        let request = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
        for _ in 0..<Self.roundCount {
            try connection.send(String(repeating: request, count: Self.requestCount))
            for _ in 0..<Self.requestCount { #expect(try connection.readResponse().status == 200) }
        }
    }

    @Test func `a log without a reader delays no request, and a later reader learns how much is missing`() throws {
        let pipe = try LogPipe()
        let (child, connection) = try start(pipe)
        try ask(connection)
        var accessLineCount = 0
        while true {
            let object = try pipe.nextObject()
            if object["message"] as? String == "request" {
                accessLineCount += 1
                #expect(object["status"] as? Int == 200 && object["duration_us"] is Int)
            } else if object["message"] as? String == "log lines were dropped here" {
                let droppedCount = try #require(object["lines"] as? Int)
                #expect(accessLineCount + droppedCount <= Self.roundCount * Self.requestCount && droppedCount > 0)
                break
            }
        }
        child.send(signal: SIGTERM)
        while try pipe.nextObject()["message"] as? String != "stopped" {}
        #expect(try child.outcome().status == 0)
    }

    @Test func `a log whose reader has gone ends nothing`() throws {
        let pipe = try LogPipe()
        let (child, connection) = try start(pipe)
        pipe.close()
        try ask(connection)
        child.send(signal: SIGTERM)
        #expect(try child.outcome().status == 0)
    }

    @Test func `a log that is full at the end does not delay the end`() throws {
        let pipe = try LogPipe()
        let (child, connection) = try start(pipe)
        try ask(connection)
        child.send(signal: SIGTERM)
        #expect(try child.outcome().status == 0)
    }

    @Test func `closed standard files are opened, so that no socket takes their place`() throws {
        let child = try ChildProcess(
            URL(fileURLWithPath: "/bin/sh"),
            ["-c", #"echo "pid $$ " >&2; exec "$0" --port 0 <&- >&-"#, ServerProcess.executable.path], environment: [:])
        let process = child.standardError.waitFor { text in
            text.contains("listening") ? text.firstMatch(of: /pid (\d+)/).map { String($0.output.1) } : nil
        }
        let folder = "/proc/\(try #require(process, "\(child.standardError.text)"))/fd/"
        for descriptor in 0...1 {
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder + "\(descriptor)") == "/dev/null")
        }
        child.send(signal: SIGTERM)
        #expect(try child.outcome().status == 0)
    }
}
