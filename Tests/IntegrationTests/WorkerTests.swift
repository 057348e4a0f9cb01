import Foundation
import Testing

/// Tests more event loops than Dispatch has threads.
@Suite("Many workers")
struct WorkerTests {
    @Test(arguments: [300, 1_024])
    func `any permitted number of workers serves, computes, logs and ends`(count: Int) throws {
        let server = try ServerProcess(["--workers", "\(count)"])
        let client = try CurlClient()
        #expect(try client.send(.get(server.url + "/livez")).status == 200)
        // The input is large enough to be parsed, computed and written on the compute queue.
        let input = (0..<100_000).map { "\($0 % 100)" }.joined(separator: ",")
        let answer = try Answer(client.send(.post(server.url + "/v1/relu/forward", "{\"input\":[\(input)]}")))
        #expect(answer.shape == [100_000])
        let outcome = try server.terminate()
        #expect(outcome.status == 0)
        for message in ["listening", "draining", "stopped"] {
            #expect(outcome.standardError.contains("\"message\":\"\(message)\""), "\(outcome.standardError)")
        }
    }

    @Test func `a descriptor limit that leaves no connection beside the event loops is a clear error`() throws {
        let command = "ulimit -n 256; exec \"$0\" --port 0 --workers 80"
        let shell = URL(fileURLWithPath: "/bin/sh")
        let outcome = try ChildProcess(shell, ["-c", command, ServerProcess.executable.path], environment: [:])
            .outcome()
        #expect(outcome.status == 1)
        #expect(
            outcome.standardError.contains(
                """
                the process may open 256 files, but with 80 workers it needs at least 257; raise the limit (ulimit -n) \
                or lower the number of workers
                """), "\(outcome.standardError)")
    }
}
