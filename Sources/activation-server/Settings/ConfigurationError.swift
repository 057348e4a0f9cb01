/// An invalid setting: the error names the flag or variable, the value, and what is allowed.
///
/// The process ends with status 64, before anything listens.
struct ConfigurationError: Error, Equatable, CustomStringConvertible {
    let description: String
    /// Whether retrying may help: the file could not be read, as opposed to being invalid.
    var isTransient = false

    init(_ description: String) { self.description = description }

    init<Value>(_ setting: Setting<Value>, from source: SettingSource, value: String) {
        let quoted = value.count > 80 ? value.prefix(80) + "…" : value[...]
        description = "\(source.name(of: setting)) is '\(quoted)'; it takes \(setting.allowed)."
    }
}
