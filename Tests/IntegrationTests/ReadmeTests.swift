import Foundation
import Testing

/// A command in the README, and the output that the README states.
struct ReadmeExample: Sendable, CustomStringConvertible {
    let command: String
    let output: String

    var description: String { command }

    /// Returns every command in the README's `console` blocks: a line that begins with `$ `, and the lines up to the
    /// next.
    static func all() throws -> [ReadmeExample] {
        let blocks = try Repository.text(of: "README.md").matches(of: /```console\n((?s).*?)```/)
        return blocks.flatMap { block in
            block.output.1.split(separator: "$ ", omittingEmptySubsequences: true).compactMap { part in
                let lines = part.split(separator: "\n", maxSplits: 1)
                guard lines.count == 2 else { return nil }
                return ReadmeExample(command: String(lines[0]), output: String(lines[1].trimmingSuffix { $0 == "\n" }))
            }
        }
    }
}

extension Substring {
    fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> Substring {
        var rest = self
        while let last = rest.last, predicate(last) { rest.removeLast() }
        return rest
    }
}

@Suite("README", .server())
struct ReadmeTests {
    @Test func `every command prints the README's output`() throws {
        let examples = try ReadmeExample.all()
        #expect(examples.count >= 10)
        let server = try currentServer()
        for example in examples {
            let command = example.command.replacing("localhost:8080", with: "127.0.0.1:\(server.port)")
            let shell = try ChildProcess(
                URL(fileURLWithPath: "/bin/sh"), ["-c", command], environment: ["PATH": "/usr/bin:/bin"])
            let outcome = try shell.outcome()
            #expect(outcome.status == 0, "\(example.command): \(outcome.standardError)")
            let printed = outcome.standardOutput[...].trimmingSuffix { $0 == "\n" }
            #expect(printed == example.output, "\(example.command)")
        }
    }
}
