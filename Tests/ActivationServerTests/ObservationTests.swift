import HTTP
import Locking
import Logging
import Testing

@testable import activation_server

@Suite struct AccessLineTests {
    private func lines(level: Logger.Level, id: String, trace: String) throws -> String {
        let bytes = Locked<[UInt8]>([])
        let output = try LogOutput(droppedLine: { "\($0) dropped\n" }) { written in bytes.withLock { $0 += written } }
        let log = Logger(label: "x") { _ in LineLogHandler(format: .json, level: level, output: output) }
        let observer = ServiceObservation(log: log, vectorWidth: "baseline").makeObserver()
        observer.began()
        observer.ended(
            EndedRequest(
                method: .post, status: 422, note: ResponseNote(route: 4, problem: 16),
                id: RequestID(Array(id.utf8).span), trace: TraceContext(Array(trace.utf8).span),
                requestBodyByteCount: 10, responseBodyByteCount: 20, durationNanoseconds: 5_999, workNanoseconds: 1,
                connection: -1))
        output.flush(withinSeconds: 10)
        return bytes.withLock { String(decoding: $0, as: UTF8.self) }
    }

    @Test func atDebugARequestIsOneLineWithRouteSizesTimeAndNames() throws {
        let line = try lines(
            level: .debug, id: "me", trace: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
        #expect(
            line.hasSuffix(
                #""level":"debug","message":"request","duration_us":5,"method":"POST","#
                    + #""parent_span_id":"b7ad6b7169203331","peer":"?","problem":"missing-field","request_bytes":10,"#
                    + #""request_id":"me","response_bytes":20,"route":"/v1/{activation}/{operation}","status":422,"#
                    + #""trace_id":"0af7651916cd43dd8448eb211c80319c"}"# + "\n"))
        #expect(line.utf8.count { $0 == 0x0A } == 1)
    }

    @Test func aboveDebugThereIsNoLine() throws {
        #expect(try lines(level: .info, id: "me", trace: "").isEmpty)
    }
}

@Suite struct ProcessReadingsTests {
    @Test func theProcessReportsItsTimeAndMemory() {
        let readings = ProcessReadings.all
        for name in ["process_cpu_seconds_total", "process_resident_memory_bytes", "process_start_time_seconds"] {
            #expect(readings.contains { $0.name == name && $0.value > 0 }, "\(name)")
        }
    }

    @Test func theStartIsReadAfterANameWithAnyContent() {
        let stat = "12 (a) b ((c)) S " + (4...21).map(String.init).joined(separator: " ") + " 500 23 24"
        #expect(ProcessReadings.startSeconds(stat: stat, bootTime: "cpu 1\nbtime 1000\nx 1\n") == 1_005)
        #expect(ProcessReadings.startSeconds(stat: "", bootTime: "btime 1000") == nil)
    }
}
