import CLinux
import Glibc

/// A non-blocking listening socket.
///
/// Its owner closes it, exactly once.
struct Listener: Sendable {
    let descriptor: Int32
    /// The numeric address; an IPv6 one has no brackets.
    let host: String
    let port: UInt16

    /// The outcome of an accept.
    enum Accepted {
        case connection(Socket)
        case wouldBlock
        /// This connection failed before it was accepted; there may be others.
        case failed
        /// The process or machine is out of descriptors or memory.
        case exhausted(SystemError)
    }

    /// Opens sockets on every address of `host`, all on the same port.
    ///
    /// - Parameter port: The port; 0 chooses a free one.
    static func open(host: String, port: UInt16) throws(ServerError) -> [Listener] {
        var listeners: [Listener] = []
        do {
            for address in try Address.resolve(host) {
                listeners.append(try Listener(address, port: listeners.first?.port ?? port))
            }
        } catch {
            for listener in listeners { listener.close() }
            throw error
        }
        return listeners
    }

    /// Opens a socket without SO_REUSEPORT, which would let another process take a share of the connections unnoticed.
    private init(_ address: Address, port: UInt16) throws(ServerError) {
        descriptor = socket(
            address.family, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .listening(host: address.host, port: port, SystemError("socket")) }
        host = address.host
        do throws(SystemError) {
            // The server can restart while connections of the last run are in TIME_WAIT.
            try Self.set(descriptor, SOL_SOCKET, SO_REUSEADDR)
            // Accepted sockets inherit the option: answers are sent at once, without a system call per accepted socket.
            try Self.set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY)
            try address.bind(descriptor, port: port)
            guard listen(descriptor, Self.backlog) == 0 else { throw SystemError("listen") }
            self.port = try Address.port(of: descriptor)
        } catch {
            _ = Glibc.close(descriptor)
            throw error.code == EADDRINUSE
                ? .addressInUse(host: address.host, port: port)
                : .listening(host: address.host, port: port, error)
        }
    }

    /// The number of connections that may wait to be accepted; the kernel lowers it to `net.core.somaxconn`.
    private static let backlog: Int32 = 4_096

    private static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32) throws(SystemError) {
        var on: Int32 = 1
        // SAFETY: these options' values are one Int32.
        guard unsafe setsockopt(descriptor, level, option, &on, socklen_t(MemoryLayout<Int32>.size)) == 0 else {
            throw SystemError("setsockopt")
        }
    }

    func accept() -> Accepted {
        let flags = Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        // SAFETY: if no address buffer is passed, the kernel writes none.
        let connection = retryingInterrupted { accept4(descriptor, nil, nil, flags) }
        if connection >= 0 { return .connection(Socket(descriptor: connection)) }
        let code = errno
        if code == EAGAIN { return .wouldBlock }
        guard SystemError.isExhaustion(code) else { return .failed }
        // The kernel allocates a descriptor first, and only then looks for a connection.
        return hasConnection ? .exhausted(SystemError("accept", code: code)) : .wouldBlock
    }

    /// Whether a connection waits to be accepted.
    private var hasConnection: Bool {
        var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        // SAFETY: the kernel reads and writes one pollfd.
        return retryingInterrupted { unsafe poll(&watched, 1, 0) } != 0
    }

    /// Stops new connections, while those that are being set up still arrive.
    ///
    /// Closing a listener resets the connections in its queue and those that complete a handshake later. Without new
    /// ones the queue can be emptied before that. A client that connects now gets no answer and tries again after a
    /// second. By then it is refused, or served by a successor on the same port.
    ///
    /// - Returns: False if the kernel has no socket filters; then nothing has changed.
    func dropNewConnections() -> Bool { listener_drop_new(descriptor) == 0 }

    func close() { _ = Glibc.close(descriptor) }
}
