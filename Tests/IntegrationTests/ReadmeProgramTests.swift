import Foundation
import Testing

/// A program in the README, and the output that its comments state.
struct ReadmeProgram: Sendable, CustomStringConvertible {
    let language: String
    let code: String
    let output: String

    var description: String { code.split(separator: "\n").first.map(String.init) ?? language }

    /// Returns the programs in a language, in the README's order.
    ///
    /// The output of a line is in the comment at its end: `print(1 + 1)    # 2`.
    static func all(in language: String) throws -> [ReadmeProgram] {
        let text = try Repository.text(of: "README.md")
        return text.matches(of: /```(\w+)\n((?s).*?)```/).filter { $0.output.1 == language }.map { block in
            let printed = block.output.2.matches(of: /(?:print|console\.log)\(.*\);? +(?:#|\/\/) (.*)/)
            return ReadmeProgram(
                language: language, code: String(block.output.2),
                output: printed.map { String($0.output.1) + "\n" }.joined())
        }
    }

    /// Runs it, and then `more`, against a server on this port.
    func run(port: UInt16, then more: String = "") throws -> ChildProcess.Outcome {
        let interpreter = language == "python" ? ["python3", "-c"] : ["node", "--input-type=module", "-e"]
        let program = (code + more).replacing("localhost:8080", with: "127.0.0.1:\(port)")
        return try Self.launch(interpreter + [program]).outcome()
    }

    static func isPossible(_ command: [String]) -> Bool { (try? launch(command).outcome().status) == 0 }

    private static func launch(_ command: [String]) throws -> ChildProcess {
        try ChildProcess(
            URL(fileURLWithPath: "/usr/bin/env"), command, environment: ProcessInfo.processInfo.environment)
    }
}

@Suite("Programs in the README", .server())
struct ReadmeProgramTests {
    private func check(_ program: ReadmeProgram) throws {
        let outcome = try program.run(port: try currentServer().port)
        #expect(outcome.status == 0, "\(program): \(outcome.standardError)")
        #expect(!program.output.isEmpty && outcome.standardOutput == program.output, "\(program)")
    }

    private static let hasPython = ReadmeProgram.isPossible(["python3", "--version"])
    private static let hasNumPy = ReadmeProgram.isPossible(["python3", "-c", "import numpy, orjson"])
    private static let hasNode = ReadmeProgram.isPossible(["node", "--version"])

    @Test func `there are two programs in Python and one in JavaScript`() throws {
        #expect(try ReadmeProgram.all(in: "python").count == 2)
        #expect(try ReadmeProgram.all(in: "js").count == 1)
    }

    @Test(.enabled(if: hasPython, "There is no Python here."))
    func `Python needs only its standard library, and gets the reason of an error`() throws {
        let program = try #require(try ReadmeProgram.all(in: "python").first)
        try check(program)
        // The error comes while the large body is still being sent.
        let mistake = """
            try: activation("sigmoidd", "forward", input=[0.5] * 1_000_000)
            except ValueError as error: print(error)
            """
        let outcome = try program.run(port: try currentServer().port, then: mistake)
        #expect(outcome.standardOutput.contains("sigmoidd"), "\(outcome.standardError)")
    }

    @Test(.enabled(if: hasNumPy, "Python has no NumPy or no orjson here."))
    func `Python with NumPy and orjson`() throws {
        let program = try #require(try ReadmeProgram.all(in: "python").last)
        try check(program)
        let mistake = """
            x = numpy.array([1, numpy.nan])
            try: activation("sigmoid", "forward", x)
            except ValueError as error: print(error)
            print(activation("relu", "derivative", numpy.array([0.0, 1.0])).tolist())
            """
        let outcome = try program.run(port: try currentServer().port, then: mistake)
        #expect(outcome.standardOutput.contains("null"), "\(outcome.standardOutput)\(outcome.standardError)")
        #expect(outcome.standardOutput.hasSuffix("[nan, 1.0]\n"), "\(outcome.standardOutput)")
    }

    @Test(.enabled(if: hasNode, "There is no Node here."))
    func `JavaScript`() throws {
        for program in try ReadmeProgram.all(in: "js") { try check(program) }
    }
}
