import Dispatch
import HTTP
import Locking
import Testing

@testable import SocketServer

@Suite(.serialized) struct ServerTests {
    @Test("It serves requests in turn on one connection", arguments: ["127.0.0.1", "::1", "localhost"])
    func keepAlive(host: String) throws {
        let server = try TestServer { $0.host = host }
        let client = try server.client()
        for path in ["/a", "/b", "/c"] {
            client.send(get(path))
            #expect(try client.response().body == Array(path.utf8))
        }
        #expect(
            server.server.url
                == "http://\(server.server.host.contains(":") ? "[::1]" : "127.0.0.1"):\(server.server.port)")
    }

    @Test("A port that another listens on is a clear error, although it is our own kind")
    func portInUse() throws {
        let server = try TestServer()
        let port = server.server.port
        #expect(throws: ServerError.addressInUse(host: "127.0.0.1", port: port)) {
            try TestServer { $0.port = port }
        }
    }

    @Test("A host that does not exist is a clear error")
    func unknownHost() {
        let error = #expect(throws: ServerError.self) { try TestServer { $0.host = "no host" } }
        #expect(error?.description.hasPrefix("the host \"no host\" cannot be resolved: ") == true)
    }

    @Test("An address of another machine is a clear error that names it")
    func foreignAddress() {
        let error = #expect(throws: ServerError.self) { try TestServer { $0.host = "192.0.2.1" } }
        #expect(error?.description == "cannot listen to port 0 on 192.0.2.1: bind: Cannot assign requested address")
    }

    @Test("Answers keep the order of pipelined requests, also of those that are computed elsewhere")
    func pipelining() throws {
        let client = try TestServer().client()
        var input: [UInt8] = []
        for number in 0..<100 { input += post(number % 3 == 0 ? "/work" : "/echo", Array("\(number)".utf8)) }
        client.send(input)
        for number in 0..<100 { #expect(try client.response().body == Array("\(number)".utf8)) }
    }

    @Test("Many clients at once each get their own answers")
    func concurrency() throws {
        let server = try TestServer()
        let port = server.server.port
        let failures = Locked(0)
        DispatchQueue.concurrentPerform(iterations: 16) { index in
            do {
                let client = try TestClient(port: port)
                for number in 0..<50 {
                    let body =
                        Array("\(index) \(number) ".utf8) + [UInt8](repeating: UInt8(index), count: number * 1_000)
                    client.send(post(number % 2 == 0 ? "/echo" : "/work", body))
                    if try client.response().body != body { failures.withLock { $0 += 1 } }
                }
            } catch {
                failures.withLock { $0 += 1 }
            }
        }
        #expect(failures.withLock { $0 } == 0)
    }

    @Test("What a computed request held is free once it has its answer, while its connection is idle")
    func freesWhatWasHeld() throws {
        let server = try TestServer()
        let client = try server.client()
        client.send(post("/work", [UInt8](repeating: 0x61, count: 3_000_000)))
        #expect(try client.response().body.count == 3_000_000)
        let pause = DispatchSemaphore(value: 0)
        for _ in 0..<1_000 * Stage.patienceSeconds where server.server.bufferedByteCount > 0 {
            _ = pause.wait(timeout: .now() + .milliseconds(1))
        }
        #expect(server.server.bufferedByteCount == 0)
        client.send(get("/after"))
        #expect(try client.response().head.status == 200)
    }

    @Test("A large upload arrives whole, and the connection goes on")
    func upload() throws {
        let client = try TestServer().client()
        let body = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        client.send(post("/work", body))
        #expect(try client.response().body == body)
        client.send(get("/next"))
        #expect(try client.response().head.status == 200)
    }

    @Test("A half-close is no cancellation")
    func halfClose() throws {
        let server = try TestServer()
        let client = try server.client()
        client.send(get("/hold"))
        #expect(server.stage.wait(for: server.stage.begun))
        client.endInput()
        server.stage.release.signal()
        #expect(try client.response().body == Array("held".utf8))
        #expect(try client.rest().isEmpty)
    }

    @Test("When no more connections are allowed, an idle one makes room")
    func connectionLimit() throws {
        let server = try TestServer {
            $0.connectionCountMax = 2
            $0.workerCount = 1
        }
        let first = try server.client()
        first.send(get("/a"))
        _ = try first.response()
        let busy = try server.client()
        busy.send(get("/hold"))
        #expect(server.stage.wait(for: server.stage.begun))
        let third = try server.client()
        third.send(get("/b"))
        #expect(try third.response().body == Array("/b".utf8))
        #expect(try first.rest().isEmpty)
        server.stage.release.signal()
        #expect(try busy.response().head.status == 200)
    }

    @Test("When none is idle, accepting waits until one is")
    func connectionLimitWhileBusy() throws {
        let isPaused = DispatchSemaphore(value: 0)
        let server = try TestServer(
            {
                $0.connectionCountMax = 1
                $0.workerCount = 1
            }, events: { if case .acceptPaused = $0 { isPaused.signal() } })
        let busy = try server.client()
        busy.send(get("/hold"))
        #expect(server.stage.wait(for: server.stage.begun))
        let second = try server.client()
        second.send(get("/b"))
        #expect(server.stage.wait(for: isPaused))
        server.stage.release.signal()
        #expect(try busy.response().body == Array("held".utf8))
        #expect(try second.response().body == Array("/b".utf8))
        #expect(try busy.rest().isEmpty)
    }

    @Test("A connection whose request has arrived is not taken for an idle one")
    func connectionLimitWithWaitingRequests() throws {
        let server = try TestServer {
            $0.connectionCountMax = 3
            $0.workerCount = 1
        }
        // While the only loop is stalled, more clients connect than are allowed, each with its request.
        let stalling = try server.client()
        stalling.send(get("/stall", "Connection: close\r\n"))
        #expect(server.stage.wait(for: server.stage.begun))
        let clients = try (0..<8).map { _ in try server.client() }
        for (number, client) in clients.enumerated() { client.send(get("/\(number)")) }
        server.stage.release.signal()
        for (number, client) in clients.enumerated() {
            #expect(try client.response().body == Array("/\(number)".utf8))
        }
    }

    @Test("Past the limit of what may be held, a body is answered 503, and the connection goes on")
    func overload() throws {
        let client = try TestServer { $0.bufferedByteCountMax = 100_000 }.client()
        client.send(post("/echo", [UInt8](repeating: 0x61, count: 2_000_000)))
        #expect(try client.response().head.status == 503)
        client.send(get("/after"))
        #expect(try client.response().body == Array("/after".utf8))
    }

    @Test("An idle connection closes by itself, and so does the next one of the same event loop")
    func idleTimeout() throws {
        let server = try TestServer {
            $0.workerCount = 1
            $0.timeouts.idleMilliseconds = 50
        }
        for _ in 0..<3 { #expect(try server.client().rest().isEmpty) }
    }

    @Test("Draining answers what is under way with close, closes what is idle, and stops")
    func drain() throws {
        let server = try TestServer()
        let idle = try server.client()
        idle.send(get("/a"))
        _ = try idle.response()
        let busy = try server.client()
        busy.send(get("/hold"))
        #expect(server.stage.wait(for: server.stage.begun))
        server.server.drain(timeoutSeconds: 20)
        #expect(try idle.rest().isEmpty)
        server.stage.release.signal()
        let (head, body) = try busy.response()
        #expect(head.contains("Connection: close\r\n"))
        #expect(body == Array("held".utf8))
        #expect(try busy.rest().isEmpty)
        server.server.waitUntilStopped()
        #expect(server.server.connectionCount == 0)
        #expect(throws: TestClient.Failure.self) { try server.client() }
    }

    @Test("A request that a kept connection brings while draining is still answered")
    func requestWhileDraining() throws {
        let server = try TestServer { $0.workerCount = 1 }
        let client = try server.client()
        client.send(get("/a"))
        _ = try client.response()
        // The only loop is stalled until draining has been requested, by which time the request has arrived.
        let stalling = try server.client()
        stalling.send(get("/stall", "Connection: close\r\n"))
        #expect(server.stage.wait(for: server.stage.begun))
        server.server.drain(timeoutSeconds: 60)
        client.send(get("/b"))
        server.stage.release.signal()
        #expect(try client.response().head.contains("Connection: close\r\n"))
        #expect(try stalling.response().head.status == 200)
        server.server.waitUntilStopped()
    }

    @Test("What has not finished when draining times out is dropped")
    func drainTimeout() throws {
        let server = try TestServer()
        let client = try server.client()
        client.send(get("/endless"))
        try client.waitForBytes()
        server.server.drain(timeoutSeconds: 0.05)
        server.server.waitUntilStopped()
        #expect(server.server.connectionCount == 0)
    }
}
