/// Why a server cannot start.
public enum ServerError: Error, Equatable, CustomStringConvertible {
    /// Another process listens there.
    case addressInUse(host: String, port: UInt16)
    case unknownHost(String, reason: String)
    /// The address is not this machine's, or the port is not for this user, or the like.
    case listening(host: String, port: UInt16, SystemError)
    /// The process may not open as many descriptors as its event loops and a single connection need.
    case tooFewDescriptors(limit: Int, needed: Int, loopCount: Int)
    /// The kernel refuses what the event loops need.
    case resources(SystemError)

    public var description: String {
        switch self {
        case .addressInUse(let host, let port): "port \(port) on \(host) is in use by another process"
        case .unknownHost(let host, let reason): "the host \"\(host)\" cannot be resolved: \(reason)"
        case .listening(let host, let port, let error): "cannot listen to port \(port) on \(host): \(error)"
        case .tooFewDescriptors(let limit, let needed, let loopCount):
            """
            the process may open \(limit) files, but with \(loopCount) workers it needs at least \(needed); raise the \
            limit (ulimit -n) or lower the number of workers
            """
        case .resources(let error): "cannot start: \(error)"
        }
    }
}

/// What happens to a server as a whole, for its log.
public enum ServerEvent: Equatable, Sendable {
    /// The number of descriptors that the process may open has been raised to what the system allows.
    case descriptorLimitRaised(from: Int, to: Int)
    /// Fewer connections than configured are possible within the descriptor limit.
    case connectionLimitLowered(to: Int)
    /// Descriptors or memory have run out; accepting goes on in a moment. `count`: how often since it was last told,
    /// which happens at most once in ten seconds.
    case acceptFailed(SystemError, count: Int)
    /// As many connections as allowed are open, and none is idle; accepting goes on when one is, or closes. `count`: as
    /// above.
    case acceptPaused(connectionCount: Int, count: Int)
}
