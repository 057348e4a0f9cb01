import ArgumentParser

/// The flags, as text; ``Configuration`` parses them together with the environment.
///
/// Option values are parsed unconditionally: `--port -1` is then an invalid value like any other, not a missing one.
struct Options: ParsableArguments {
    @OptionGroup(title: "Address") var address: AddressOptions
    @OptionGroup(title: "Limits") var limits: LimitOptions
    @OptionGroup(title: "Time") var time: TimeOptions
    @OptionGroup(title: "Access") var access: AccessOptions
    @OptionGroup(title: "Computation and log") var other: OtherOptions
}

/// The flags for the address and the number of event loops.
struct AddressOptions: ParsableArguments {
    @Option(help: help(Settings.host)) var host: String?
    @Option(parsing: .unconditional, help: help(Settings.port)) var port: String?
    @Option(parsing: .unconditional, help: help(Settings.workers)) var workers: String?
}

/// The flags for sizes and counts.
struct LimitOptions: ParsableArguments {
    @Option(parsing: .unconditional, help: help(Settings.maxBodyBytes)) var maxBodyBytes: String?
    @Option(parsing: .unconditional, help: help(Settings.maxOutputElements)) var maxOutputElements: String?
    @Option(parsing: .unconditional, help: help(Settings.maxBufferedBytes)) var maxBufferedBytes: String?
    @Option(parsing: .unconditional, help: help(Settings.maxRequestLineBytes)) var maxRequestLineBytes: String?
    @Option(parsing: .unconditional, help: help(Settings.maxHeaderBytes)) var maxHeaderBytes: String?
    @Option(parsing: .unconditional, help: help(Settings.maxHeaderFields)) var maxHeaderFields: String?
    @Option(parsing: .unconditional, help: help(Settings.maxConnections)) var maxConnections: String?
}

/// The flags for time limits.
struct TimeOptions: ParsableArguments {
    @Option(parsing: .unconditional, help: help(Settings.headerTimeout)) var headerTimeout: String?
    @Option(parsing: .unconditional, help: help(Settings.bodyTimeout)) var bodyTimeout: String?
    @Option(parsing: .unconditional, help: help(Settings.writeTimeout)) var writeTimeout: String?
    @Option(parsing: .unconditional, help: help(Settings.idleTimeout)) var idleTimeout: String?
    @Option(parsing: .unconditional, help: help(Settings.drainDelay)) var drainDelay: String?
    @Option(parsing: .unconditional, help: help(Settings.drainTimeout)) var drainTimeout: String?
}

/// The flags for access.
struct AccessOptions: ParsableArguments {
    @Option(help: help(Settings.tokenFile)) var tokenFile: [String] = []
    @Option(help: help(Settings.corsOrigin)) var corsOrigin: [String] = []
}

/// The flags for computing and logging.
struct OtherOptions: ParsableArguments {
    @Option(help: help(Settings.vectorWidth)) var vectorWidth: String?
    @Option(help: help(Settings.logLevel)) var logLevel: String?
    @Option(help: help(Settings.logFormat)) var logFormat: String?
}

private func help<Value>(_ setting: Setting<Value>) -> ArgumentHelp {
    ArgumentHelp("\(setting.help)", valueName: setting.valueName)
}
