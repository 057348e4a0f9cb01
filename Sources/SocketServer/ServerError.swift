/// The reason that a server cannot start.
public enum ServerError: Error, Equatable, CustomStringConvertible {
    /// Another process listens on the address and port.
    case addressInUse(host: String, port: UInt16)
    case unknownHost(String, reason: String)
    /// Listening failed: for example, the address is not this machine's, or this user may not use the port.
    case listening(host: String, port: UInt16, SystemError)
    /// The process may not open as many descriptors as its event loops and a single connection need.
    case tooFewDescriptors(limit: Int, needed: Int, loopCount: Int)
    /// The kernel refuses a resource that the event loops need.
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

/// An event of a server as a whole, for its log.
public enum ServerEvent: Equatable, Sendable {
    /// The number of descriptors that the process may open has been raised to what the system allows.
    case descriptorLimitRaised(from: Int, to: Int)
    /// Fewer connections than configured are possible within the descriptor limit.
    case connectionLimitLowered(to: Int)
    /// Descriptors or memory have run out, and accepting is tried again in a moment.
    ///
    /// `count` is the number of times since the last report; there is at most one report in ten seconds.
    case acceptFailed(SystemError, count: Int)
    /// The limit of open connections is reached, and none is idle; accepting resumes when one becomes idle or closes.
    ///
    /// `count` is the number of times since the last report, as above.
    case acceptPaused(connectionCount: Int, count: Int)
}
