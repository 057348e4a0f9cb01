/// Variables that Kubernetes sets in every container for each Service of the namespace.
///
/// For a Service called `activation` these are `ACTIVATION_SERVICE_HOST`, `ACTIVATION_SERVICE_PORT`,
/// `ACTIVATION_SERVICE_PORT_HTTP`, `ACTIVATION_PORT=tcp://10.0.0.1:8080`, `ACTIVATION_PORT_8080_TCP` and the latter
/// with `_PROTO`, `_PORT` and `_ADDR`. They are never settings, although they have the same prefix.
enum KubernetesServiceLink {
    static func matches(name: String, value: String) -> Bool {
        guard name.hasPrefix(environmentPrefix) else { return false }
        if name.hasSuffix("_PORT"), hasProtocol(value) { return true }
        let words = name.split(separator: "_", omittingEmptySubsequences: false)
        if name.hasSuffix("_SERVICE_HOST") { return true }
        for (index, word) in words.enumerated().dropFirst() where word == "PORT" {
            if words[index - 1] == "SERVICE" { return true }
            if isPortAndProtocol(words[(index + 1)...]) { return true }
        }
        return false
    }

    /// Returns whether the words are `8080`, `TCP`, and then nothing, `PROTO`, `PORT` or `ADDR`.
    private static func isPortAndProtocol(_ words: ArraySlice<Substring>) -> Bool {
        guard (2...3).contains(words.count), let port = words.first, UInt16(port) != nil else { return false }
        return ["TCP", "UDP", "SCTP"].contains(words[words.startIndex + 1])
            && words.dropFirst(2).allSatisfy { ["PROTO", "PORT", "ADDR"].contains($0) }
    }

    private static func hasProtocol(_ value: String) -> Bool {
        ["tcp://", "udp://", "sctp://"].contains { value.hasPrefix($0) }
    }
}
