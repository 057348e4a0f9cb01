import Foundation
import Testing

@Suite("Summary of a test run")
struct TestSummaryTests {
    private func summary(of log: String) throws -> String {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("log-\(UUID().uuidString)")
        try log.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let script = Repository.root.appendingPathComponent("Scripts/summarise-tests").path
        let child = try ChildProcess(
            URL(fileURLWithPath: "/usr/bin/env"), ["awk", "-f", script, file.path],
            environment: ["PATH": "/usr/bin:/bin"])
        return try child.outcome().standardOutput
    }

    @Test func `tests that start and pass are left out, the count and the failures are printed`() throws {
        let log = """
            [12/30] Compiling HTTP Response.swift
            Build complete! (9.13s)
            ◇ Test run started.
            ◇ Suite "Log" started.
            ◇ Test "a log" started.
            ◇ Test case passing 1 argument count → 1 to "a log" started.
            ✔ Test "a log" with 2 test cases passed after 0.002 seconds.
            ➜ Test "flags" skipped: "No namespaces here."
            ✘ Test "b" recorded an issue at B.swift:45:9: Expectation failed: (1 → 1) == 2
            ↳ status
            ✘ Test "b" failed after 0.5 seconds with 1 issue.
            ✔ Suite "Log" passed after 0.5 seconds.
            ✘ Test run with 2 tests in 1 suite failed after 0.5 seconds with 1 issue.

            """
        let expected = """
            Build complete! (9.13s)
            ➜ Test "flags" skipped: "No namespaces here."
            ✘ Test "b" recorded an issue at B.swift:45:9: Expectation failed: (1 → 1) == 2
            ↳ status
            ✘ Test "b" failed after 0.5 seconds with 1 issue.
            ✘ Test run with 2 tests in 1 suite failed after 0.5 seconds with 1 issue.

            """
        #expect(try summary(of: log) == expected)
        let passed = "✔ Test run with 2 tests in 1 suite passed after 0.5 seconds.\n"
        #expect(try summary(of: "◇ Test run started.\n" + passed) == passed)
    }

    @Test func `a message with line breaks is left out or shown as a whole`() throws {
        let failure = """
            ✘ Test "c" recorded an issue with 1 argument text → "Host: a

            X: y" at C.swift:5:9: Expectation failed: (1 → 1) == 2
            ↳ the first line
            the second line

            """
        let end = "✘ Test run with 2 tests in 1 suite failed after 0.5 seconds with 1 issue.\n"
        let log = """
            ◇ Test case passing 1 argument text → "Host: a

            X: y" to "c" started.
            X: b◇ Test case passing 1 argument text → "
            " to "c" started.
            \(failure)✔ Test "d" with 2 test cases passed after 0.002 seconds.
            \(end)
            """
        #expect(try summary(of: log) == failure + end)
    }

    @Test func `errors of the compiler and crashes are shown in full`() throws {
        let error = """
            /a/B.swift:40:9: error: no unsafe operations occur within 'unsafe' expression
            40 |         unsafe thing(thread)
               |         `- error: no unsafe operations occur within 'unsafe' expression
            error: fatalError

            """
        let end = "The tests did not run to their end.\n"
        #expect(try summary(of: "[1/2] Compiling B.swift\n" + error) == error + end)
        let crash = "error: Exited with unexpected signal code 11\n"
        #expect(try summary(of: "◇ Test \"a\" started.\n" + crash) == crash + end)
    }
}
