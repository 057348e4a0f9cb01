/// Finds each setting's value: the flag wins over the environment, that over the default; and remembers from where.
struct SettingsReader {
    /// Without Kubernetes' service links.
    private let environment: [String: String]
    /// What `--print-config` shows, in the order of reading.
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

    /// The value of a setting that has a default.
    ///
    /// - Parameter alias: Another environment variable, asked after the setting's own.
    mutating func value<Value>(
        _ setting: Setting<Value>, flag: String?, alias: String? = nil, default defaultValue: Value
    ) throws(ConfigurationError) -> Value {
        let (value, source) = try given(setting, flag: flag, alias: alias) ?? (defaultValue, .defaultValue)
        entries.append(Entry(name: setting.name, value: setting.describe(value), source: source))
        return value
    }

    /// The value of a setting that may be absent.
    mutating func optionalValue<Value>(
        _ setting: Setting<Value>, flag: String?
    ) throws(ConfigurationError) -> Value? {
        let found = try given(setting, flag: flag, alias: nil)
        entries.append(
            Entry(
                name: setting.name, value: found.map { setting.describe($0.0) } ?? setting.defaultDescription,
                source: found?.1 ?? .defaultValue))
        return found?.0
    }

    /// The value of a setting whose absence leaves the service open.
    ///
    /// Where another setting would silently use the last flag, or the default for an empty variable, this throws.
    ///
    /// - Parameter flags: The flag's value as often as it was given.
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

    /// An empty variable counts as absent, as templates of containers leave them.
    private func given<Value>(
        _ setting: Setting<Value>, flag: String?, alias: String?
    ) throws(ConfigurationError) -> (Value, SettingSource)? {
        var candidates: [(String?, SettingSource)] = [(flag, .flag)]
        for variable in [setting.environmentName, alias].compactMap({ $0 }) {
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
