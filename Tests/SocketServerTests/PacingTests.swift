import Glibc
import Testing

@testable import SocketServer

/// Tests whether the kernel paces what is sent to a program on this machine.
@Suite struct PacingTests {
    @Test(arguments: ["127.0.0.1", "::1"])
    func `a large answer to a program of this machine leaves without`(host: String) throws {
        let server = try TestServer { $0.host = host }
        let client = try server.client()
        client.send(get("/endless"))
        // This is more than the head, which is sent before the first piece is requested.
        try client.waitForBytes(count: 100_000)
        let socket = try client.otherEnd(at: server.server.port)
        #expect(congestionControl(of: try #require(socket)) == "reno")
    }

    @Test(arguments: ["127.0.0.1", "::1"])
    func `no pacing where both ends have one address`(host: String) throws {
        let accepted = try Accepted(host: host)
        accepted.socket.stopPacingOnThisMachine()
        #expect(congestionControl(of: accepted.socket.descriptor) == "reno")
    }

    @Test func `where they have not, the system's choice stays`() throws {
        let accepted = try Accepted(host: "127.0.0.1", from: "127.0.0.2")
        let before = congestionControl(of: accepted.socket.descriptor)
        accepted.socket.stopPacingOnThisMachine()
        #expect(congestionControl(of: accepted.socket.descriptor) == before)
    }

    @Test func `a connection that is gone does no harm`() throws {
        let accepted = try Accepted(host: "127.0.0.1")
        accepted.client.vanish()
        accepted.socket.stopPacingOnThisMachine()
        #expect(!Address.isPeerOnThisMachine(accepted.socket.descriptor))
    }

    /// A connection from this process to itself.
    private final class Accepted {
        let client: TestClient
        let socket: Socket

        init(host: String, from source: String? = nil) throws {
            let listeners = try Listener.open(host: host, port: 0)
            let listener = try #require(listeners.first)
            defer { listener.close() }
            client = try TestClient(host: host, port: listener.port, from: source)
            guard case .connection(let socket) = listener.accept() else { throw SystemError("accept") }
            self.socket = socket
        }

        deinit { socket.close() }
    }

    /// Returns the kernel's name of a socket's congestion control.
    private func congestionControl(of descriptor: Int32) -> String? {
        var name = [UInt8](repeating: 0, count: 16)
        var byteCount = socklen_t(name.count)
        guard getsockopt(descriptor, Int32(IPPROTO_TCP), TCP_CONGESTION, &name, &byteCount) == 0 else { return nil }
        return String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
    }
}
