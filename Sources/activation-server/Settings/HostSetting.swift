import Glibc

extension Setting where Value == String {
    /// An address or name to listen on, without the brackets that URLs put around an IPv6 address.
    ///
    /// Whether a name exists is only checked when the service starts to listen.
    init(host name: String, _ summary: String, default defaultDescription: String) {
        self.init(
            name: name, valueName: "address", summary: summary,
            allowed: "an IPv4 or IPv6 address or a host name, without a port",
            defaultDescription: defaultDescription, parse: HostName.parse, describe: { $0 })
    }
}

/// The text forms of a host that a socket can listen on.
enum HostName {
    /// Returns the host without brackets, or nil if the text is not a host.
    @Sendable static func parse(_ text: String) -> String? {
        if text.hasPrefix("["), text.hasSuffix("]") {
            let inner = String(text.dropFirst().dropLast())
            return isIPv6(inner) ? inner : nil
        }
        if text.contains(":") { return isIPv6(text) ? text : nil }
        let isName = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"): true
            default: false
            }
        }
        return isName && (1...253).contains(text.utf8.count) ? text : nil
    }

    /// Returns whether the text is an IPv6 address, with or without a scope: `::1`, `fe80::1%eth0`.
    private static func isIPv6(_ text: String) -> Bool {
        let parts = text.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
        let scope = parts.dropFirst().first?.utf8
        guard scope?.isEmpty != true, scope?.contains(where: { $0 <= 0x20 || $0 == UInt8(ascii: "%") }) != true
        else { return false }
        var address = in6_addr()
        // SAFETY: inet_pton reads the text up to its NUL and fills exactly the address.
        return unsafe inet_pton(AF_INET6, String(parts[0]), &address) == 1
    }
}
