/// Finds each setting's value and records its source: a flag has precedence over the environment, and that over the
/// default.
struct SettingsReader {
    /// The environment without Kubernetes' service links.
    private let environment: [String: String]
    /// The entries of `--print-config`, in the order of reading.
    private(set) var entries: [Entry] = []

    struct Entry: Equatable {
        let name: String
        let value: String
        let source: SettingSource
    }

    init(environment: [String: String]) {
        self.environment = environment.filter { !KubernetesServiceLink.matches(name: $0.key, value: $0.value) }
    }

    /// The variables of the settings read so far.
    var variables: Set<String> { Set(entries.map { environmentName(of: $0.name) }) }

    /// Returns the value of a setting that has a default.
    mutating func value<Value>(
        _ setting: Setting<Value>, flag: String?, default defaultValue: Value
    ) throws(ConfigurationError) -> Value {
        let (value, source) = try given(setting, flag: flag) ?? (defaultValue, .defaultValue)
        entries.append(Entry(name: setting.name, value: setting.describe(value), source: source))
        return value
    }

    /// Returns the value of a setting that may be absent.
    ///
    /// - Parameter inUse: The value that the service uses in that case, for `--print-config`; nil for that of the help.
    mutating func optionalValue<Value>(
        _ setting: Setting<Value>, flag: String?, inUse: Value? = nil
    ) throws(ConfigurationError) -> Value? {
        let found = try given(setting, flag: flag)
        entries.append(
            Entry(
                name: setting.name,
                value: (found?.0 ?? inUse).map(setting.describe) ?? setting.defaultDescription,
                source: found?.1 ?? .defaultValue))
        return found?.0
    }

    /// Returns the value of a setting whose absence leaves the service open.
    ///
    /// If another setting would silently use the last flag, or the default for an empty variable, this one throws.
    ///
    /// - Parameter flags: The values of all occurrences of the flag.
    mutating func protectiveValue<Value>(
        _ setting: Setting<Value>, flags: [String]
    ) throws(ConfigurationError) -> Value? {
        guard flags.count <= 1 else {
            throw ConfigurationError("--\(setting.name) is given \(flags.count) times; it takes \(setting.allowed).")
        }
        if flags.isEmpty, environment[setting.environmentName]?.isEmpty == true {
            throw ConfigurationError(setting, from: .environment(setting.environmentName), value: "")
        }
        return try optionalValue(setting, flag: flags.first)
    }

    /// An empty variable counts as absent, since templates of containers produce them.
    private func given<Value>(
        _ setting: Setting<Value>, flag: String?
    ) throws(ConfigurationError) -> (Value, SettingSource)? {
        var candidates: [(String?, SettingSource)] = [(flag, .flag)]
        for variable in setting.variables {
            candidates.append((environment[variable].flatMap { $0.isEmpty ? nil : $0 }, .environment(variable)))
        }
        for (text, source) in candidates {
            guard let text else { continue }
            guard let value = setting.parse(text) else {
                throw ConfigurationError(setting, from: source, value: text)
            }
            return (value, source)
        }
        return nil
    }
}
