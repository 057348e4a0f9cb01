import ActivationAPI
import ArgumentParser
import FoundationEssentials
import Glibc
import Logging
import SocketServer

/// The command `activation-server`: it serves, unless a flag requests something else.
@main
struct ActivationServerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "activation-server",
        abstract: "Neural-network activation functions, derivatives and Jacobians over HTTP.",
        usage: "activation-server [<setting> ...]",
        discussion: """
            Each setting is a flag and an environment variable; the flag wins. SIGTERM and SIGINT end the service once \
            requests in flight are done, a second one at once. Exit status: 0 after that, 64 for a wrong setting, 1 \
            if it cannot listen.
            """,
        version: ServiceVersion.current)

    @OptionGroup var options: Options

    @Flag(help: "Print every setting with its value and source, and exit.")
    var printConfig = false

    @Flag(help: "Ask the running server's /readyz and exit: 0 if it is ready, 1 if not, 64 for a wrong setting.")
    var healthcheck = false

    /// Parses the arguments as the kernel passed them, and runs.
    static func main() { main(ProcessArguments.all) }

    func run() throws {
        ProcessSystem.openStandardDescriptors()
        let signals = SignalSet(blocking: [SIGTERM, SIGINT, SIGHUP])
        do {
            let configuration = try Configuration(
                options: options, environment: ProcessInfo.processInfo.environment, machine: .ofThisProcess(),
                isTerminal: ProcessSystem.standardErrorIsTerminal)
            if printConfig { return print(configuration.description) }
            if healthcheck {
                let probe = HealthProbe(host: configuration.host, port: configuration.port)
                throw ExitCode(probe.isReady() ? 0 : 1)
            }
            try serve(configuration, signals)
        } catch let error as ConfigurationError {
            Self.complain(error.description)
            throw ExitCode(64)
        } catch let error as ServerError {
            Self.complain(error.description)
            throw ExitCode(1)
        }
    }

    private func serve(_ configuration: Configuration, _ signals: SignalSet) throws {
        let format = LogFormat(rawValue: configuration.logFormat) ?? .json
        let output: LogOutput
        do {
            output = try LogOutput(
                droppedLine: { LineLogHandler.droppedLine(format, count: $0) },
                writeAll: ProcessSystem.writeToStandardError)
        } catch {
            throw ServerError.resources(error)
        }
        let handler = LineLogHandler(
            format: format, level: Logger.Level(rawValue: configuration.logLevel) ?? .info, output: output)
        let log = Logger(label: "activation-server") { _ in handler }
        try ServiceProcess(configuration: configuration, signals: signals, log: log, output: output).run()
    }

    private static func complain(_ message: String) {
        ProcessSystem.writeToStandardError(Array("Error: \(message)\n".utf8))
    }
}
