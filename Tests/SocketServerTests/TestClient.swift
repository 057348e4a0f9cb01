import Glibc
import Testing

@testable import SocketServer

/// A blocking client with a real socket, and a time limit on each wait so that a server that hangs fails a test.
///
/// At most one thread may send while another one receives.
final class TestClient: @unchecked Sendable {
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    /// The server, which lives as long as its clients.
    var server: AnyObject?

    /// Connects to a server.
    ///
    /// - Parameters:
    ///   - source: The IPv4 address to connect from, instead of the system's choice.
    ///   - receiveBufferByteCount: A smaller size than usual, for a client that receives little at a time.
    init(
        host: String = "127.0.0.1", port: UInt16, from source: String? = nil, receiveBufferByteCount: Int32? = nil
    ) throws {
        let isVersion6 = host.contains(":")
        descriptor = socket(isVersion6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var limit = timeval(tv_sec: Stage.patienceSeconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        // Requests are sent at once, however slowly the server's answers are received.
        var isOn: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
        if var count = receiveBufferByteCount {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &count, socklen_t(MemoryLayout<Int32>.size))
        }
        if let source {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            inet_pton(AF_INET, source, &address.sin_addr)
            try #require(Self.with(&address) { bind(descriptor, $0, $1) } == 0)
        }
        let status: Int32
        if isVersion6 {
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = port.bigEndian
            inet_pton(AF_INET6, host, &address.sin6_addr)
            status = Self.with(&address) { connect(descriptor, $0, $1) }
        } else {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            inet_pton(AF_INET, host, &address.sin_addr)
            status = Self.with(&address) { connect(descriptor, $0, $1) }
        }
        guard status == 0 else {
            let code = errno
            Glibc.close(descriptor)
            throw Failure(text: "connect: \(String(cString: strerror(code)))")
        }
    }

    deinit { close(descriptor) }

    struct Failure: Error {
        let text: String
    }

    private static func with<Address>(
        _ address: inout Address, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<Address>.size))
            }
        }
    }

    /// Returns the descriptor of the other end, which is in this process and was accepted at `port`.
    func otherEnd(at port: UInt16) throws -> Int32? {
        let own = try Address.port(of: descriptor)
        return (0..<4_096).first { (try? Address.port(of: $0)) == port && Self.peerPort(of: $0) == own }
    }

    /// Returns the port of a socket's peer, or nil if the descriptor is not a connected socket.
    private static func peerPort(of descriptor: Int32) -> UInt16? {
        // An IPv6 address has its port at the same offset.
        var address = sockaddr_in6()
        var byteCount = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(descriptor, $0, &byteCount) }
        }
        return status == 0 ? UInt16(bigEndian: address.sin6_port) : nil
    }

    func send(_ text: String) { send(Array(text.utf8)) }

    /// Sends all bytes; if the server has closed the connection, receiving reports it.
    func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Sends a byte that the kernel removes from the stream.
    func sendUrgent(_ byte: UInt8) {
        var byte = byte
        Glibc.send(descriptor, &byte, 1, Int32(MSG_OOB) | Int32(MSG_NOSIGNAL))
    }

    /// Ends the output; input can still be read.
    func endInput() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Disconnects with a reset.
    func vanish() {
        var lingering = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &lingering, socklen_t(MemoryLayout<linger>.size))
        // The descriptor stays valid until deinit closes it.
        var address = sockaddr()
        address.sa_family = sa_family_t(AF_UNSPEC)
        withUnsafePointer(to: &address) { _ = Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr>.size)) }
    }

    /// Receives one response: its head, and its body as long as Content-Length.
    func response() throws -> (head: String, body: [UInt8]) {
        var end = headEnd
        while end == nil {
            guard try receive() else { throw Failure(text: "The connection ended inside a head.") }
            end = headEnd
        }
        let headByteCount = end ?? 0
        let head = String(decoding: buffer[..<headByteCount], as: UTF8.self)
        let byteCount = Self.contentLength(head)
        while buffer.count < headByteCount + byteCount {
            guard try receive() else { throw Failure(text: "The connection ended inside a body.") }
        }
        let body = Array(buffer[headByteCount..<headByteCount + byteCount])
        buffer.removeFirst(headByteCount + byteCount)
        return (head, body)
    }

    /// Receives all bytes up to and including `end`.
    func bytes(through end: [UInt8]) throws -> [UInt8] {
        var searchedByteCount = 0
        while true {
            let start = max(searchedByteCount - end.count, 0)
            if let range = buffer[start...].firstRange(of: end) {
                defer { buffer.removeFirst(range.upperBound) }
                return Array(buffer[..<range.upperBound])
            }
            searchedByteCount = buffer.count
            guard try receive() else { throw Failure(text: "The connection ended before the bytes came.") }
        }
    }

    /// Receives all bytes until the server closes the connection.
    func rest() throws -> [UInt8] {
        while try receive() {}
        return buffer
    }

    /// Whether unread bytes have arrived.
    var hasInput: Bool {
        var byte: UInt8 = 0
        return !buffer.isEmpty || recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)) > 0
    }

    /// Waits for at least one byte.
    func waitForBytes() throws { _ = try receive() }

    /// Waits until this many bytes have arrived after the last response.
    func waitForBytes(count: Int) throws {
        while buffer.count < count {
            guard try receive() else { throw Failure(text: "The connection ended before \(count) bytes.") }
        }
    }

    /// Receives the next bytes.
    ///
    /// - Returns: False at the end, or at a reset.
    private func receive() throws -> Bool {
        var piece = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &piece, piece.count, 0)
        if count > 0 { buffer += piece[..<count] }
        guard count >= 0 || errno == ECONNRESET else {
            throw Failure(text: "Nothing came for \(Stage.patienceSeconds) seconds.")
        }
        return count > 0
    }

    private var headEnd: Int? {
        let end: [UInt8] = [13, 10, 13, 10]
        return buffer.firstRange(of: end)?.upperBound
    }

    private static func contentLength(_ head: String) -> Int {
        for line in head.split(separator: "\r\n") where line.hasPrefix("Content-Length: ") {
            return Int(line.dropFirst(16)) ?? 0
        }
        return 0
    }
}

extension String {
    /// The status code of a response's head.
    var status: Int { Int(dropFirst(9).prefix(3)) ?? 0 }
}

/// Returns a request without a body.
func get(_ path: String, _ fields: String = "") -> String { "GET \(path) HTTP/1.1\r\nHost: a\r\n\(fields)\r\n" }

/// Returns a request with a body.
func post(_ path: String, _ body: [UInt8]) -> [UInt8] {
    Array("POST \(path) HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.count)\r\n\r\n".utf8) + body
}
