/// The whole configuration, parsed and checked, from flags, environment and machine.
struct Configuration {
    var host: String
    var port: Int
    var workerCount: Int

    var bodyByteCountMax: Int
    var outputElementCountMax: Int
    var bufferedByteCountMax: Int
    var requestLineByteCountMax: Int
    var headerByteCountMax: Int
    var headerFieldCountMax: Int
    var connectionCountMax: Int

    var headerTimeoutSeconds: Double
    var bodyTimeoutSeconds: Double
    var writeTimeoutSeconds: Double
    var idleTimeoutSeconds: Double
    var drainDelaySeconds: Double
    var drainTimeoutSeconds: Double

    var tokenFile: String?
    /// The allowed origins; empty to allow no other origin.
    var corsOrigins: [String]
    /// The requested vector width, or nil for the widest that the CPU has.
    var vectorWidth: String?
    var logLevel: String
    var logFormat: String

    /// Every setting with its value and source, for `--print-config`.
    var entries: [SettingsReader.Entry]
    /// Variables that look like settings but are unknown: most likely typing errors.
    var unknownVariables: [String]
    /// Whether `ACTIVATION_PORT` was ignored, since it holds a service link of Kubernetes.
    var ignoresPortLink: Bool

    /// The most event loops that are started by default: more would cost more than they gain.
    static let workerDefaultMax = 64

    /// - Throws: ``ConfigurationError`` for the first value that is not allowed.
    init(
        options: Options, environment: [String: String], machine: MachineLimits, isTerminal: Bool
    ) throws(ConfigurationError) {
        var reader = SettingsReader(environment: environment)

        host = try reader.value(Settings.host, flag: options.address.host, default: "127.0.0.1")
        port = try reader.value(Settings.port, flag: options.address.port, default: 8_080)
        workerCount = try reader.value(
            Settings.workers, flag: options.address.workers, default: min(machine.coreCount, Self.workerDefaultMax))

        let limits = options.limits
        let bufferedDefault = min(536_870_912, max(Settings.bufferedBytesMin, (machine.memoryByteCount ?? .max) / 4))
        bufferedByteCountMax = try reader.value(
            Settings.maxBufferedBytes, flag: limits.maxBufferedBytes, default: bufferedDefault)
        bodyByteCountMax = try reader.value(
            Settings.maxBodyBytes, flag: limits.maxBodyBytes, default: min(67_108_864, bufferedByteCountMax))
        outputElementCountMax = try reader.value(
            Settings.maxOutputElements, flag: limits.maxOutputElements, default: 16_777_216)
        requestLineByteCountMax = try reader.value(
            Settings.maxRequestLineBytes, flag: limits.maxRequestLineBytes, default: 16_384)
        headerByteCountMax = try reader.value(Settings.maxHeaderBytes, flag: limits.maxHeaderBytes, default: 32_768)
        headerFieldCountMax = try reader.value(Settings.maxHeaderFields, flag: limits.maxHeaderFields, default: 100)
        connectionCountMax = try reader.value(
            Settings.maxConnections, flag: limits.maxConnections,
            default: Self.connectionCountDefault(memoryByteCount: machine.memoryByteCount))

        let time = options.time
        headerTimeoutSeconds = try reader.value(Settings.headerTimeout, flag: time.headerTimeout, default: 10)
        bodyTimeoutSeconds = try reader.value(Settings.bodyTimeout, flag: time.bodyTimeout, default: 15)
        writeTimeoutSeconds = try reader.value(Settings.writeTimeout, flag: time.writeTimeout, default: 15)
        idleTimeoutSeconds = try reader.value(Settings.idleTimeout, flag: time.idleTimeout, default: 75)
        drainDelaySeconds = try reader.value(Settings.drainDelay, flag: time.drainDelay, default: 0)
        drainTimeoutSeconds = try reader.value(Settings.drainTimeout, flag: time.drainTimeout, default: 25)

        tokenFile = try reader.protectiveValue(Settings.tokenFile, flags: options.access.tokenFile)
        let origins = options.access.corsOrigin
        corsOrigins = try reader.value(
            Settings.corsOrigin, flag: origins.isEmpty ? nil : origins.joined(separator: ","), default: [])

        let other = options.other
        vectorWidth = try reader.optionalValue(
            Settings.vectorWidth, flag: other.vectorWidth, inUse: machine.vectorWidth)
        logLevel = try reader.value(Settings.logLevel, flag: other.logLevel, default: "info")
        logFormat = try reader.value(
            Settings.logFormat, flag: other.logFormat, default: isTerminal ? "text" : "json")
        entries = reader.entries

        let unknown = UnknownVariables(environment: environment, known: reader.variables)
        if tokenFile == nil, let name = unknown.misspelledTokenFile {
            throw ConfigurationError(
                "\(name) is not a setting. Set \(Settings.tokenFile.environmentName) if it names the token file, "
                    + "else remove it.")
        }
        unknownVariables = unknown.names
        ignoresPortLink =
            environment[Settings.port.environmentName].map {
                KubernetesServiceLink.matches(name: Settings.port.environmentName, value: $0)
            } ?? false
    }

    /// Returns whether a flag or a variable sets the value.
    func isGiven<Value>(_ setting: Setting<Value>) -> Bool {
        entries.contains { $0.name == setting.name && $0.source != .defaultValue }
    }

    /// Returns a number of connections that take an eighth of the memory at 4 KiB each, nearly all of it the kernel's.
    private static func connectionCountDefault(memoryByteCount: Int?) -> Int {
        min(16_384, max(64, (memoryByteCount ?? .max) / 8 / 4_096))
    }

    /// One line per setting, aligned: name, value, source.
    var description: String {
        let nameWidth = entries.map(\.name.count).max() ?? 0
        let valueWidth = entries.map(\.value.count).max() ?? 0
        return entries.map { entry in
            let name = entry.name + String(repeating: " ", count: nameWidth - entry.name.count)
            let value = entry.value + String(repeating: " ", count: valueWidth - entry.value.count)
            return "\(name)  \(value)  \(entry.source.description)"
        }.joined(separator: "\n")
    }
}
