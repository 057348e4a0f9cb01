/// One setting of the service: a flag, an environment variable of the same name, a default, and the allowed values.
///
/// Flags and variables are read as text and parsed here, so that an invalid value is rejected with the same words
/// wherever it came from.
struct Setting<Value: Sendable>: Sendable {
    /// The flag without its dashes: `max-body-bytes`.
    let name: String
    /// The placeholder of the value in the help: `bytes`.
    let valueName: String
    let summary: String
    /// The allowed values, as in messages: `an integer from 0 to 65535`.
    let allowed: String
    /// The default as shown in the help, if it depends on the machine.
    let defaultDescription: String
    /// Parses a text, or returns nil if it is not allowed.
    let parse: @Sendable (String) -> Value?
    let describe: @Sendable (Value) -> String
    /// Another environment variable, read after the setting's own.
    var alias: String?

    /// The environment variables that give the value, in order of precedence.
    var variables: [String] { [environmentName] + (alias.map { [$0] } ?? []) }

    var environmentName: String { activation_server.environmentName(of: name) }

    /// The text for `--help`: summary, variables and default.
    var help: String { "\(summary) [\(variables.joined(separator: " or else ")); default: \(defaultDescription)]" }
}

/// The prefix of every setting's variable.
let environmentPrefix = "ACTIVATION_"

/// Returns the name of the variable: `ACTIVATION_MAX_BODY_BYTES` for `max-body-bytes`.
func environmentName(of setting: String) -> String {
    environmentPrefix + String(setting.uppercased().map { $0 == "-" ? "_" : $0 })
}

extension Setting where Value == Int {
    /// Creates a setting for a whole number in `range`, written in decimal digits only.
    init(
        _ name: String, _ valueName: String, _ summary: String, in range: ClosedRange<Int>,
        default defaultDescription: String, alias: String? = nil
    ) {
        self.init(
            name: name, valueName: valueName, summary: summary,
            allowed: "an integer from \(range.lowerBound) to \(range.upperBound)",
            defaultDescription: defaultDescription,
            parse: { text in
                guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
                return Int(text).flatMap { range.contains($0) ? $0 : nil }
            },
            describe: { String($0) }, alias: alias)
    }
}

extension Setting where Value == Double {
    /// Creates a setting for a duration in seconds, with optional fractions.
    init(seconds name: String, _ summary: String, in range: ClosedRange<Double>, default defaultDescription: String) {
        self.init(
            name: name, valueName: "seconds", summary: summary,
            allowed: "seconds from \(Self.text(range.lowerBound)) to \(Self.text(range.upperBound))",
            defaultDescription: defaultDescription,
            parse: { text in
                let isPlain = text.utf8.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || $0 == UInt8(ascii: ".") }
                guard isPlain, let seconds = Double(text), range.contains(seconds) else { return nil }
                return seconds
            },
            describe: Self.text)
    }

    /// Returns the shortest text: `15`, `0.5`.
    @Sendable private static func text(_ seconds: Double) -> String {
        seconds == seconds.rounded() ? String(Int(seconds)) : String(seconds)
    }
}

extension Setting where Value == String {
    /// Creates a setting for any text that is not empty, or for one of `choices`.
    init(
        _ name: String, _ valueName: String, _ summary: String, choices: [String]? = nil, allowed: String,
        default defaultDescription: String
    ) {
        self.init(
            name: name, valueName: valueName, summary: summary, allowed: allowed,
            defaultDescription: defaultDescription,
            parse: { text in
                guard !text.isEmpty, choices?.contains(text) != false else { return nil }
                return text
            },
            describe: { $0 })
    }
}

extension Setting where Value == [String] {
    /// Creates a setting for any number of texts, one per flag, separated by commas in a variable.
    init(
        list name: String, _ valueName: String, _ summary: String, allowed: String,
        isAllowed: @escaping @Sendable (String) -> Bool
    ) {
        self.init(
            name: name, valueName: valueName, summary: summary, allowed: allowed, defaultDescription: "none",
            parse: { text in
                let parts = text.split(separator: ",").map { part in
                    String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
                }
                return !parts.isEmpty && parts.allSatisfy(isAllowed) ? parts : nil
            },
            describe: { $0.isEmpty ? "none" : $0.joined(separator: ",") })
    }
}
