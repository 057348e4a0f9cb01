/// Looks up who is at the other end of a connection, for the access log.
public enum PeerAddress {
    /// - Parameter connection: As an ``HTTP/EndedRequest`` has it; only valid while the observer is being told.
    public static func text(ofConnection connection: Int) -> String {
        Int32(exactly: connection).map(Address.peer(of:)) ?? "?"
    }
}
