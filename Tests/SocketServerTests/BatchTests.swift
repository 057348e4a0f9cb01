import Dispatch
import Glibc
import Testing

@testable import SocketServer

/// A server whose only loop can be stalled, so that one wait reports everything that arrives meanwhile.
struct StallableServer {
    let server: TestServer
    private let stalling: TestClient

    init(isObserved: Bool = false, bufferedByteCountMax: Int = 100_000_000) throws {
        server = try TestServer(isObserved: isObserved) {
            $0.workerCount = 1
            $0.bufferedByteCountMax = bufferedByteCountMax
        }
        stalling = try server.client()
    }

    /// Returns a client whose connection the loop has accepted.
    func client(receiveBufferByteCount: Int32? = nil) throws -> TestClient {
        let client = try server.client(receiveBufferByteCount: receiveBufferByteCount)
        client.send(get("/ready"))
        #expect(try client.response().body == Array("/ready".utf8))
        return client
    }

    func clients(_ count: Int) throws -> [TestClient] { try (0..<count).map { _ in try client() } }

    /// Stalls the loop while `arrive` has requests sent.
    func together(_ arrive: () -> Void) {
        stalling.send(get("/stall"))
        waitForStall()
        arrive()
        release()
    }

    func waitForStall() { #expect(server.stage.wait(for: server.stage.begun)) }

    func release() { server.stage.release.signal() }

    func waitUntilHolding(byteCount: Int) {
        for _ in 0..<1_000 * Stage.patienceSeconds where server.server.bufferedByteCount < byteCount { usleep(1_000) }
        #expect(server.server.bufferedByteCount >= byteCount)
    }
}

/// Tests that answers to requests that arrived together are sent together, and that nothing else changes.
@Suite(.serialized) struct BatchTests {
    @Test func `each client gets its own answers, in their order, whatever the others do`() throws {
        let server = try StallableServer()
        let clients = try server.clients(24)
        server.together {
            for (number, client) in clients.enumerated() {
                client.send(get("/\(number)"))
                switch number % 8 {
                case 1: client.send(get("/\(number)b") + get("/\(number)c"))
                case 2: client.send("GET /\(number)b HTTP/1.1\r\nHo")
                case 3: client.endInput()
                case 4: client.send(get("/large"))
                case 5: client.send(post("/work", Array("worked".utf8)))
                case 6: client.send("\u{0}\r\n\r\n")
                case 7: client.vanish()
                default: break
                }
            }
        }
        for (number, client) in clients.enumerated() where number % 8 != 7 {
            #expect(try client.response().body == Array("/\(number)".utf8))
            switch number % 8 {
            case 1:
                #expect(try client.response().body == Array("/\(number)b".utf8))
                #expect(try client.response().body == Array("/\(number)c".utf8))
            case 2:
                client.send("st: a\r\n\r\n")
                #expect(try client.response().body == Array("/\(number)b".utf8))
            case 3: #expect(try client.rest().isEmpty)
            case 4: #expect(try client.response().body.count == TestHandler.largeByteCount)
            case 5: #expect(try client.response().body == Array("worked".utf8))
            case 6:
                #expect(try client.response().head.status == 400)
                #expect(try client.rest().isEmpty)
            default: break
            }
        }
    }

    @Test func `an answer waits for those to requests that came with it, each time`() throws {
        let server = try StallableServer()
        let body = [UInt8](repeating: 0x61, count: 20_000)
        let client = try server.client()
        let last = try server.client()
        for _ in 0...AnswerBatch.byteCountMax / body.count {
            server.together {
                client.send(post("/echo", body))
                last.send(get("/stall"))
            }
            server.waitForStall()
            #expect(!client.hasInput)
            server.release()
            #expect(try client.response().body == body)
            #expect(try last.response().head.status == 200)
        }
    }

    @Test func `no answer waits for another one behind a request that took long`() throws {
        let server = try StallableServer(isObserved: true)
        let clients = try server.clients(3)
        server.together {
            clients[0].send(get("/a"))
            clients[1].send(get("/stall"))
            clients[2].send(get("/stall"))
        }
        server.waitForStall()
        usleep(useconds_t(AnswerBatch.nanosecondsMax / 1_000))
        server.release()
        server.waitForStall()
        #expect(try clients[0].response().body == Array("/a".utf8))
        #expect(try clients[1].response().head.status == 200)
        server.release()
        #expect(try clients[2].response().head.status == 200)
    }

    @Test func `no answer waits for another one behind a request that has none yet`() throws {
        let server = try StallableServer()
        let clients = try server.clients(3)
        server.together {
            clients[0].send(get("/a"))
            clients[1].send("GET /b HTTP/1.1\r\nHo")
            clients[2].send(get("/stall"))
        }
        server.waitForStall()
        #expect(try clients[0].response().body == Array("/a".utf8))
        server.release()
        #expect(try clients[2].response().head.status == 200)
        clients[1].send("st: a\r\n\r\n")
        #expect(try clients[1].response().body == Array("/b".utf8))
    }

    @Test func `no more than a batch may hold waits`() throws {
        let server = try StallableServer()
        let body = [UInt8](repeating: 0x61, count: 20_000)
        let clients = try server.clients(AnswerBatch.byteCountMax / body.count + 1)
        let last = try server.client()
        server.together {
            for client in clients { client.send(post("/echo", body)) }
            last.send(get("/stall"))
        }
        server.waitForStall()
        for client in clients { #expect(try client.response().body == body) }
        server.release()
        #expect(try last.response().head.status == 200)
    }

    @Test func `no answer waits for a body that is being read`() throws {
        let server = try StallableServer()
        let client = try server.client()
        let sender = try server.client()
        // Its body has begun once the server holds some of it.
        sender.send("POST /stall-body HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\na")
        server.waitUntilHolding(byteCount: 1)
        server.together {
            client.send(get("/a"))
            sender.send("b")
        }
        server.waitForStall()
        #expect(try client.response().body == Array("/a".utf8))
        server.release()
        #expect(try sender.response().body == Array("ab".utf8))
    }

    @Test func `an error comes behind the answer before it`() throws {
        let server = try StallableServer(bufferedByteCountMax: 30_000)
        let holding = try server.client()
        holding.send("GET /\(String(repeating: "b", count: 15_000))")
        server.waitUntilHolding(byteCount: 15_000)
        let client = try server.client()
        let other = try server.client()
        server.together {
            client.send(get("/a") + "GET /\(String(repeating: "b", count: 10_000))")
            other.send(get("/c"))
        }
        #expect(try client.response().body == Array("/a".utf8))
        #expect(try client.response().head.status == 503)
        #expect(try other.response().body == Array("/c".utf8))
        holding.send(" HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try holding.response().body.count == 15_001)
    }

    @Test func `what a client does not take comes later, whole, and holds up nobody`() throws {
        let server = try StallableServer()
        let slow = try server.client(receiveBufferByteCount: 4_096)
        let client = try server.client()
        var bodies: [[UInt8]] = []
        // The server holds what the client does not read once the sockets are full.
        while server.server.server.bufferedByteCount == 0, bodies.count < 1_000 {
            let body = [UInt8](repeating: 0x41 + UInt8(bodies.count % 26), count: 20_000)
            bodies.append(body)
            server.together {
                slow.send(post("/echo", body))
                client.send(get("/a"))
            }
            #expect(try client.response().body == Array("/a".utf8))
        }
        for body in bodies { #expect(try slow.response().body == body) }
        slow.send(get("/b"))
        #expect(try slow.response().body == Array("/b".utf8))
    }

    @Test(arguments: [0, 1])
    func `a connection that makes room for another one gets its answer before`(lastNumber: Int) throws {
        let server = try TestServer {
            $0.workerCount = 1
            $0.connectionCountMax = 2
        }
        let clients = try (0..<2).map { _ in try server.client() }
        clients[1].send(get("/b"))
        #expect(try clients[1].response().body == Array("/b".utf8))
        clients[0].send(get("/stall"))
        #expect(server.stage.wait(for: server.stage.begun))
        for number in [1 - lastNumber, lastNumber] { clients[number].send(get("/\(number)")) }
        let next = try server.client()
        next.send(get("/next"))
        server.stage.release.signal()
        #expect(try clients[0].response().head.status == 200)
        for number in 0..<2 { #expect(try clients[number].response().body == Array("/\(number)".utf8)) }
        #expect(try next.response().body == Array("/next".utf8))
    }
}
