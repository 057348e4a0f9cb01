import HTTP

/// All that a server needs to know before it starts.
public struct ServerConfiguration: Sendable {
    /// An IPv4 or IPv6 address, or a name; of a name, all addresses are listened on.
    public var host = "127.0.0.1"
    /// 0 takes a free port.
    public var port: UInt16 = 8_080
    /// Event loops, each with a thread of its own.
    public var workerCount = 1
    public var limits = RequestLimits()
    public var timeouts = ConnectionTimeouts()
    /// Past it accepting pauses; idle connections are closed first.
    public var connectionCountMax = 16_384
    /// Bodies, results and what holds them, over all connections; past it 503.
    public var bufferedByteCountMax = 536_870_912
    /// Pieces of work that a compute queue has or has in line, of one answer or body several at a time; past it 503.
    public var computationCountMax = 1_024

    public init() {}
}
