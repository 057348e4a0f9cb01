import HTTP

/// The configuration of a server.
public struct ServerConfiguration: Sendable {
    /// An IPv4 or IPv6 address, or a name, all of whose addresses are listened on.
    public var host = "127.0.0.1"
    /// The port; 0 chooses a free one.
    public var port: UInt16 = 8_080
    /// The number of event loops, each with a thread of its own.
    public var workerCount = 1
    public var limits = RequestLimits()
    public var timeouts = ConnectionTimeouts()
    /// The most open connections; beyond it accepting pauses, and idle connections are closed first.
    public var connectionCountMax = 16_384
    /// The limit on bodies, results and the objects that hold them, over all connections; beyond it the answer is 503.
    public var bufferedByteCountMax = 536_870_912
    /// The limit on pieces of work that compute queues are running or have queued, of which one answer or body may have
    /// several; beyond it the answer is 503.
    public var computationCountMax = 1_024

    public init() {}
}
