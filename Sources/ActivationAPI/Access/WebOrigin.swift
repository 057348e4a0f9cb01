import HTTP

/// An origin as browsers write it (RFC 6454 §6.2): `https://example.com`, `http://localhost:3000`.
///
/// It is in normal form: in lower case, and without a port that is the scheme's default.
public struct WebOrigin: Equatable, Sendable {
    public let text: String

    /// Parses an origin; returns nil for anything else, such as a URL with a path, a wildcard or `null`.
    public init?(_ text: String) {
        let text = text.lowercased()
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), let mark = text.firstRange(of: "://") else {
            return nil
        }
        let scheme = text[..<mark.lowerBound]
        guard scheme == "http" || scheme == "https" else { return nil }
        let authority = text[mark.upperBound...]
        // An address in brackets contains colons.
        let hostEnd = authority.firstIndex(of: "]").map { authority.index(after: $0) }
        let portSeparator = authority[(hostEnd ?? authority.startIndex)...].firstIndex(of: ":")
        let host = authority[..<(portSeparator ?? authority.endIndex)]
        guard hostEnd == nil ? Self.isName(host) : Self.isAddress(host) else { return nil }
        guard let portSeparator else {
            self.text = "\(scheme)://\(host)"
            return
        }
        let digits = authority[authority.index(after: portSeparator)...]
        guard digits.utf8.count <= 5, digits.utf8.allSatisfy(Self.isDigit), let port = UInt16(digits) else {
            return nil
        }
        let isDefault = port == (scheme == "http" ? 80 : 443)
        self.text = "\(scheme)://\(host)" + (isDefault ? "" : ":\(port)")
    }

    /// Returns whether the host is a name or an IPv4 address: labels separated by dots, with an optional trailing dot.
    private static func isName(_ host: Substring) -> Bool {
        let labels = (host.hasSuffix(".") ? host.dropLast() : host).split(
            separator: ".", omittingEmptySubsequences: false)
        return labels.allSatisfy { label in
            !label.isEmpty
                && label.utf8.allSatisfy { byte in
                    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
                }
        }
    }

    /// Returns whether the host is an IPv6 address in brackets.
    private static func isAddress(_ host: Substring) -> Bool {
        guard host.hasPrefix("["), host.hasSuffix("]"), host.utf8.count <= 47 else { return false }
        let address = host.dropFirst().dropLast()
        let isWritten = address.utf8.allSatisfy { byte in
            isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte) || byte == UInt8(ascii: ":")
                || byte == UInt8(ascii: ".")
        }
        return isWritten && address.utf8.filter { $0 == UInt8(ascii: ":") }.count >= 2
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
