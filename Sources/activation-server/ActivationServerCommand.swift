import ArgumentParser

@main
struct ActivationServerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "activation-server",
        abstract: "Neural-network activation functions, derivatives and Jacobians over HTTP.",
        version: "0.1.0")
    @OptionGroup var options: Options
    @Flag(help: "Print every setting with its value and source, then exit.") var printConfig = false

    func run() throws {
        let c = try Configuration(options: options, environment: [:], machine: .ofThisProcess(), isTerminal: false)
        print(c.description)
    }
}
