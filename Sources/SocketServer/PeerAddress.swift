/// Looks up the peer's address of a connection, for the access log.
public enum PeerAddress {
    /// Returns the address of a connection's peer.
    ///
    /// - Parameter connection: The value of an ``HTTP/EndedRequest``, which is valid only during the observer's call.
    public static func text(ofConnection connection: Int) -> String {
        Int32(exactly: connection).map(Address.peer(of:)) ?? "?"
    }
}
