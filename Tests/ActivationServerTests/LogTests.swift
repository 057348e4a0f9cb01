import Dispatch
import Locking
import Logging
import Testing

@testable import activation_server

@Suite struct LineLogHandlerTests {
    private let fields: [LineLogHandler.Field] = [
        .init("path", "/a\r\n{\"level\":\"error\"}"), .init("plain", "x=1"), .init("spaced", "a \"b\" \\ c"),
        .init("count", .stringConvertible(-7)), .init("ratio", .stringConvertible(0.5)),
    ]

    @Test func aTextLineStaysOneLineWhateverItHolds() {
        let line = LineLogHandler.line(
            .text, time: "T", level: "info", message: "a\nb\u{2028}c\u{9B}31m", fields: fields)
        #expect(
            line == #"T info a\u000ab\u2028c\u009b31m path="/a\u000d\u000a{\"level\":\"error\"}" plain=x=1 "#
                + #"spaced="a \"b\" \\ c" count=-7 ratio=0.5"# + "\n")
    }

    @Test func aJSONLineIsOneObject() {
        let line = LineLogHandler.line(.json, time: "T", level: "info", message: "m\t\"q\"", fields: fields)
        #expect(
            line
                == #"{"time":"T","level":"info","message":"m\u0009\"q\"","path":"/a\u000d\u000a{\"level\":\"error\"}","#
                + #""plain":"x=1","spaced":"a \"b\" \\ c","count":-7,"ratio":"0.5"}"# + "\n")
    }

    @Test func eventsBelowTheLevelAreNotLogged() throws {
        let lines = Locked<[UInt8]>([])
        let output = try LogOutput(droppedLine: { "\($0) dropped\n" }) { bytes in lines.withLock { $0 += bytes } }
        var logger = Logger(label: "x") { _ in LineLogHandler(format: .json, level: .warning, output: output) }
        logger[metadataKey: "pid"] = "1"
        logger.info("not me")
        logger.warning("me", metadata: ["n": "2"])
        output.flush(withinSeconds: 10)
        let text = lines.withLock { String(decoding: $0, as: UTF8.self) }
        #expect(text.hasSuffix(#""level":"warning","message":"me","n":"2","pid":"1"}"# + "\n"))
        #expect(!text.contains("not me"))
    }
}

@Suite struct LogOutputTests {
    @Test func aReaderThatDoesNotReadCostsLinesAndNeverTheCaller() throws {
        let gate = DispatchSemaphore(value: 0)
        let started = DispatchSemaphore(value: 0)
        let written = Locked<[UInt8]>([])
        let output = try LogOutput(droppedLine: { LineLogHandler.droppedLine(.json, count: $0) }) { bytes in
            started.signal()
            gate.wait()
            written.withLock { $0 += bytes }
        }
        output.write("first\n")
        started.wait()
        let line = String(repeating: "x", count: 1_023) + "\n"
        for _ in 0..<2_000 { output.write(line) }
        for _ in 0..<3 { gate.signal() }
        output.flush(withinSeconds: 10)
        let text = written.withLock { String(decoding: $0, as: UTF8.self) }
        #expect(text.hasPrefix("first\n"))
        #expect(text.hasSuffix(#""level":"warning","message":"log lines were dropped here","lines":976}"# + "\n"))
        #expect(text.utf8.count < LogOutput.pendingByteCountMax + 200)
    }
}
