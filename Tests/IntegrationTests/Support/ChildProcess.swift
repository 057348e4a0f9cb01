import Foundation
import Locking

/// A program started by a test, with its output and its exit status.
///
/// Every wait has a deadline. Foundation's `Process` would let programs that are started at the same time inherit each
/// other's pipes, and then misses that one of them has ended.
final class ChildProcess: Sendable {
    /// The longest that a program may take for an expected output or exit.
    static let patienceSeconds = 60.0

    /// The end of a program and its output.
    struct Outcome {
        /// Its exit status; as in a shell, 128 plus the signal if a signal ended it.
        let status: Int32
        let standardOutput: String
        let standardError: String
    }

    let standardOutput: CollectedOutput
    let standardError: CollectedOutput
    /// The lock is held while a program is started, so that no other one starts between opening a pipe and marking it
    /// close-on-exec.
    private static let spawning = Locked(())
    let processIdentifier: pid_t
    private let exit = ExitStatus()

    /// Starts a program.
    ///
    /// - Parameter environment: The whole environment of the program.
    init(_ executable: URL, _ arguments: [String], environment: [String: String]) throws {
        let (output, error, processIdentifier) = try Self.spawning.withLock { _ in
            let output = try PipeEnds()
            let error = try PipeEnds()
            let processIdentifier = try Self.spawn(
                executable.path, arguments, environment: environment, output: output.writing, error: error.writing)
            return (output, error, processIdentifier)
        }
        self.processIdentifier = processIdentifier
        standardOutput = CollectedOutput(reading: output.closeWriting())
        standardError = CollectedOutput(reading: error.closeWriting())
        Thread.detachNewThread { [exit, processIdentifier] in exit.await(processIdentifier) }
    }

    deinit { send(signal: SIGKILL) }

    /// Sends a signal, unless the program has ended.
    func send(signal: Int32) {
        exit.whileRunning { _ = kill(processIdentifier, signal) }
    }

    /// Waits until the program has ended.
    func outcome() throws -> Outcome {
        guard standardOutput.waitForEnd(), standardError.waitForEnd(), let status = exit.wait() else {
            send(signal: SIGKILL)
            throw HarnessError("the program did not end; it wrote: \(standardError.text)")
        }
        return Outcome(status: status, standardOutput: standardOutput.text, standardError: standardError.text)
    }

    /// Starts a program that inherits only its own pipes.
    private static func spawn(
        _ path: String, _ arguments: [String], environment: [String: String], output: Int32, error: Int32
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, error, STDERR_FILENO)

        // The threads that tests run on block nearly all signals, and a program would inherit that too.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

        let argumentStrings = ([path] + arguments).map { strdup($0) }
        let environmentStrings = environment.map { strdup("\($0)=\($1)") }
        defer { for string in argumentStrings + environmentStrings { free(string) } }
        var processIdentifier: pid_t = 0
        let result = posix_spawn(
            &processIdentifier, path, &actions, &attributes, argumentStrings + [nil], environmentStrings + [nil])
        guard result == 0 else { throw HarnessError("\(path) does not start: errno \(result)") }
        return processIdentifier
    }
}

/// An error of the test's own tools, or of a program that did not meet their minimum requirements.
struct HarnessError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// The two ends of a new pipe; no program inherits them.
private struct PipeEnds {
    private let reading: Int32
    let writing: Int32

    init() throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw HarnessError("pipe: errno \(errno)") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        reading = ends[0]
        writing = ends[1]
    }

    /// Closes the writing end, so that the pipe ends with the program that has it; returns the other.
    func closeWriting() -> Int32 {
        close(writing)
        return reading
    }
}
