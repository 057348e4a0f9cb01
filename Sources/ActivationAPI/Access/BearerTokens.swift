import HTTP
import Locking

/// The tokens that grant access to the API (RFC 6750).
///
/// They can be replaced while requests are served.
public final class BearerTokens: Sendable {
    private let tokens: Locked<[[UInt8]]>

    /// - Precondition: There is at least one token, and none is empty.
    public init(_ tokens: [String]) {
        self.tokens = Locked(Self.checked(tokens))
    }

    /// Replaces the tokens for every request from now on.
    ///
    /// - Precondition: There is at least one token, and none is empty.
    public func replace(with tokens: [String]) {
        let checked = Self.checked(tokens)
        self.tokens.withLock { $0 = checked }
    }

    private static func checked(_ tokens: [String]) -> [[UInt8]] {
        precondition(!tokens.isEmpty && tokens.allSatisfy { !$0.isEmpty }, "There are no tokens, or one is empty.")
        return tokens.map { Array($0.utf8) }
    }

    /// Returns whether the request carries a valid token.
    func admit(_ head: borrowing RequestHead) -> Bool {
        guard let value = head.field("authorization") else { return false }
        // The scheme is case-insensitive, and any number of blanks may follow it.
        let text = value.trimmed
        let scheme = text.extracting(first: 6)
        guard scheme.equalsIgnoringCase("bearer"), text.count > 6, text[6].isBlank else { return false }
        let given = Array(copying: text.extracting(6...).trimmed)
        return tokens.withLock { tokens in
            // Every token is compared in full, so that the time reveals only the token's length.
            tokens.reduce(false) { found, token in Self.equalInConstantTime(token, given) || found }
        }
    }

    private static func equalInConstantTime(_ token: [UInt8], _ given: [UInt8]) -> Bool {
        var difference: UInt8 = token.count == given.count ? 0 : 1
        for index in token.indices { difference |= token[index] ^ (index < given.count ? given[index] : 0) }
        return difference == 0
    }
}
