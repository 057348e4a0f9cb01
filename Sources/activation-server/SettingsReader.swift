/// Finds each setting's value: the flag wins over the environment, that over the default; and remembers from where.
struct SettingsReader {
    private let environment: [String: String]
    /// What `--print-config` shows, in the order of reading.
    private(set) var entries: [Entry] = []

    struct Entry: Equatable {
        let name: String
        let value: String
        let source: SettingSource
    }

    init(environment: [String: String]) { self.environment = environment }

    /// Variables named like settings, of which none has been read.
    var strayVariables: [String] {
        let known = Set(entries.map { environmentName(of: $0.name) })
        return environment.keys.filter { $0.hasPrefix(environmentPrefix) && !known.contains($0) }.sorted()
    }

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
