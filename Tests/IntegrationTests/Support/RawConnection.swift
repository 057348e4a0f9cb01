import Glibc

/// A plain TCP connection, for what no HTTP client would send or could show.
final class RawConnection {
    /// The longest that a read may wait for bytes, in seconds.
    static let timeoutSeconds = 60

    private let socket: Int32
    /// The bytes received and not yet taken.
    private var received: [UInt8] = []

    /// Connects over IPv4 loopback.
    ///
    /// - Parameter receiveBufferByteCount: A small buffer makes this a slow reader, for which the server must wait.
    init(port: UInt16, receiveBufferByteCount: Int32? = nil) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { throw HarnessError("socket: errno \(errno)") }
        if let receiveBufferByteCount { setOption(SO_RCVBUF, receiveBufferByteCount) }
        setOption(SO_RCVTIMEO, timeval(tv_sec: Self.timeoutSeconds, tv_usec: 0))
        setOption(SO_SNDTIMEO, timeval(tv_sec: Self.timeoutSeconds, tv_usec: 0))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, length) }
        }
        guard result == 0 else { throw HarnessError("connect: errno \(errno)") }
    }

    deinit { close(socket) }

    /// Sends all of the text.
    func send(_ text: String) throws { try send(Array(text.utf8)) }

    /// Sends all of the bytes.
    func send(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let flags = Int32(MSG_NOSIGNAL)
            let count = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, flags) }
            guard count > 0 else { throw HarnessError("send: errno \(errno)") }
            rest = rest.dropFirst(count)
        }
    }

    /// Shuts down the sending direction.
    func finishSending() {
        shutdown(socket, Int32(SHUT_WR))
    }

    /// Reads everything up to and including `end`.
    func read(through end: String) throws -> String {
        let pattern = Array(end.utf8)
        while true {
            if let range = received.firstRange(of: pattern) { return take(range.upperBound) }
            guard try receive() else { throw HarnessError("closed after: \(beginning)") }
        }
    }

    /// Reads that many bytes.
    func read(byteCount: Int) throws -> String {
        while received.count < byteCount {
            guard try receive() else { throw HarnessError("closed after \(received.count) of \(byteCount) bytes") }
        }
        return take(byteCount)
    }

    /// Reads everything until the server closes.
    func readToEnd() throws -> String {
        while try receive() {}
        return take(received.count)
    }

    /// Waits until the server has sent something on one of the connections; returns its index.
    static func firstReadable(of connections: [RawConnection]) throws -> Int {
        var polled = connections.map { pollfd(fd: $0.socket, events: Int16(POLLIN), revents: 0) }
        let count = poll(&polled, nfds_t(polled.count), Int32(timeoutSeconds * 1_000))
        guard count > 0, let index = polled.firstIndex(where: { $0.revents != 0 }) else {
            throw HarnessError("no connection has anything to read: errno \(errno)")
        }
        return index
    }

    /// Waits until the server has finished sending, and leaves what it has sent unread.
    func waitForEnd() throws {
        // This is POLLRDHUP, which the headers declare for _GNU_SOURCE only.
        var polled = pollfd(fd: socket, events: 0x2000, revents: 0)
        guard poll(&polled, 1, Int32(Self.timeoutSeconds * 1_000)) > 0 else {
            throw HarnessError("the server does not end: errno \(errno)")
        }
    }

    private func take(_ count: Int) -> String {
        let text = String(decoding: received[..<count], as: UTF8.self)
        received.removeFirst(count)
        return text
    }

    /// Waits for more bytes; returns false at the end of the stream.
    ///
    /// - Throws: An error after a reset or a time-out.
    private func receive() throws -> Bool {
        let count = withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 1) { buffer in
            let count = recv(socket, buffer.baseAddress, buffer.count, 0)
            if count > 0 { received.append(contentsOf: UnsafeRawBufferPointer(buffer)[..<count]) }
            return count
        }
        guard count >= 0 else {
            throw HarnessError("receive: errno \(errno) after: \(beginning)")
        }
        return count > 0
    }

    /// The start of what has been received, short enough for a message.
    private var beginning: String { String(decoding: received.prefix(500), as: UTF8.self) }

    private func setOption<Value: BitwiseCopyable>(_ option: Int32, _ value: Value) {
        var value = value
        setsockopt(socket, SOL_SOCKET, option, &value, socklen_t(MemoryLayout<Value>.size))
    }
}
