import ActivationAPI

/// Variables of the environment that look like settings of the service but are unknown: most likely typing errors.
///
/// Most are worth a warning. A variable that was probably meant to name the token file is an error unless there is a
/// token file, since the service would otherwise be open to everyone.
struct UnknownVariables {
    /// The names in alphabetical order, without Kubernetes' service links.
    let names: [String]

    /// - Parameter known: The variables of all settings.
    init(environment: [String: String], known: Set<String>) {
        names = environment.filter { name, value in
            !known.contains(name) && !KubernetesServiceLink.matches(name: name, value: value)
                && (Self.normalized(name).hasPrefix(environmentPrefix) || Self.resemblesTokenFile(name))
        }.keys.sorted()
    }

    /// The first name that was probably meant to be that of the token file.
    var misspelledTokenFile: String? { names.first(where: Self.resemblesTokenFile) }

    /// Returns true for `ACTIVATION_TOKENS_FILE`, `ACTIVATION_TOKEN`, `activation_token_file`,
    /// `ACTIVATIONS_TOKEN_FILE`.
    private static func resemblesTokenFile(_ name: String) -> Bool {
        let normalized = normalized(name)
        return (normalized.hasPrefix(environmentPrefix) && normalized.contains("TOKEN"))
            || NearestName.distance(normalized.utf8, Settings.tokenFile.environmentName.utf8) <= 2
    }

    /// Returns the name in upper case and with underscores, like the variables of settings.
    private static func normalized(_ name: String) -> String {
        String(name.uppercased().map { $0 == "-" || $0 == "." ? "_" : $0 })
    }
}
