/// The version of the service in `--version`, the catalogue, the description and the entity tags.
public enum ServiceVersion {
    /// The version by semantic versioning.
    public static let current = "0.1.0"
}
