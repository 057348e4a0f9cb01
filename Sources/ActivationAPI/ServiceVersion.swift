/// The version of the service: what `--version`, the catalogue, the description and the entity tags tell.
public enum ServiceVersion {
    /// As semantic versioning has it.
    public static let current = "0.1.0"
}
