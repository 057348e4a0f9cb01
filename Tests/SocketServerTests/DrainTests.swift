import Glibc
import HTTP
import Testing

@testable import SocketServer

/// Tests the end of a server with connections that the kernel has accepted, and others that still send requests.
@Suite(.serialized) struct DrainTests {
    @Test("Every connection that waits to be accepted when draining begins is answered")
    func acceptQueue() throws {
        let server = try TestServer { $0.workerCount = 1 }
        let clients = try stalled(server) { try requests(300, to: server) }
        for (number, client) in clients.enumerated() {
            #expect(try client.response().body == Array("/\(number)".utf8))
        }
        server.server.waitUntilStopped()
    }

    @Test("So are those for which there is no room yet: while draining, each waits until another closes")
    func acceptQueueBeyondTheLimit() throws {
        let server = try TestServer {
            $0.workerCount = 1
            $0.connectionCountMax = 10
        }
        let clients = try stalled(server) { try requests(40, to: server) }
        for (number, client) in clients.enumerated() {
            #expect(try client.response().body == Array("/\(number)".utf8))
            client.vanish()
        }
        server.server.waitUntilStopped()
    }

    @Test("A listener that takes no new connections still hands over those that it has")
    func dropNewConnections() throws {
        let listener = try #require(try Listener.open(host: "127.0.0.1", port: 0).first)
        defer { listener.close() }
        let client = try TestClient(port: listener.port)
        #expect(listener.dropNewConnections())
        #expect(!canConnect(to: listener.port, withinMilliseconds: 200))
        guard case .connection(let socket) = listener.accept() else {
            Issue.record("The connection that waited is gone.")
            return
        }
        client.send("data")
        var bytes: [UInt8] = []
        while case .wouldBlock = socket.receive(into: &bytes, byteCountMax: 10) {}
        #expect(bytes == Array("data".utf8))
        socket.close()
        guard case .wouldBlock = listener.accept() else {
            Issue.record("A new connection came through.")
            return
        }
    }

    @Test("After a streamed answer that did not say close, a draining server answers the next request, and says it")
    func streamedAnswer() throws {
        let server = try TestServer()
        let client = try server.client(receiveBufferByteCount: 65_536)
        client.send(get("/stream"))
        try client.waitForBytes()
        server.server.drain(timeoutSeconds: 60)
        let end = Array("\r\n0\r\n\r\n".utf8)
        let answer = try client.bytes(through: end)
        #expect(!String(decoding: answer.prefix(500), as: UTF8.self).contains("Connection: close"))
        client.send(get("/next"))
        let (head, body) = try client.response()
        #expect(body == Array("/next".utf8))
        #expect(head.contains("Connection: close\r\n"))
        #expect(try client.rest().isEmpty)
        server.server.waitUntilStopped()
    }

    @Test("Pipelined requests that have arrived are all answered, also those behind one that is computed")
    func pipelined() throws {
        let server = try TestServer { $0.workerCount = 1 }
        let client = try server.client()
        client.send(get("/hold") + get("/a") + get("/b"))
        #expect(server.stage.wait(for: server.stage.begun))
        server.server.drain(timeoutSeconds: 60)
        server.stage.release.signal()
        var heads: [String] = []
        for expected in ["held", "/a", "/b"] {
            let (head, body) = try client.response()
            #expect(body == Array(expected.utf8))
            heads.append(head)
        }
        #expect(heads.map { $0.contains("Connection: close") } == [false, false, true])
    }

    /// Opens new connections and sends a request on each.
    private func requests(_ count: Int, to server: TestServer) throws -> [TestClient] {
        try (0..<count).map { number in
            let client = try server.client()
            client.send(get("/\(number)"))
            return client
        }
    }

    /// Begins draining while the server's only loop is stalled, and calls `act` before that.
    private func stalled<Result>(_ server: TestServer, _ act: () throws -> Result) throws -> Result {
        let stalling = try server.client()
        stalling.send(get("/stall", "Connection: close\r\n"))
        #expect(server.stage.wait(for: server.stage.begun))
        let result = try act()
        server.server.drain(timeoutSeconds: 60)
        server.stage.release.signal()
        _ = try stalling.response()
        return result
    }

    /// Returns whether a port accepts a connection in time.
    private func canConnect(to port: UInt16, withinMilliseconds timeout: Int32) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
        _ = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        var watched = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return poll(&watched, 1, timeout) > 0 && watched.revents & Int16(POLLERR) == 0
    }
}
