import Dispatch
import HTTP
import Locking

@testable import SocketServer

/// What a test sees of its handler's work, and how it holds it up.
final class Stage: Sendable {
    /// `/hold` computes until this is signalled.
    let release = DispatchSemaphore(value: 0)
    /// Signalled when `/hold` or `/stall` has begun; the latter holds up its event loop.
    let begun = DispatchSemaphore(value: 0)
    /// Signalled when an endless producer has gone.
    let gone = DispatchSemaphore(value: 0)

    /// - Returns: Whether the signal came within a generous time.
    func wait(for semaphore: DispatchSemaphore) -> Bool { semaphore.wait(timeout: .now() + 20) == .success }
}

/// Answers by path: an echo, work, large and endless answers.
struct TestHandler: Handler {
    let stage: Stage

    static let largeByteCount = 8_000_000

    func receive(_ head: borrowing RequestHead) -> Reception {
        let path = String(decoding: Array(copying: head.path), as: UTF8.self)
        switch path {
        case "/echo": return .consume(Echo(isWork: false))
        case "/work": return .consume(Echo(isWork: true))
        case "/large":
            return .respond(Response(.ok, body: .bytes([UInt8](repeating: 0x61, count: Self.largeByteCount))))
        case "/stream": return .respond(Response(.ok, body: .stream(Letters(Self.largeByteCount, nil))))
        case "/endless": return .respond(Response(.ok, body: .stream(Letters(Int.max, stage))))
        case "/empty-pieces":
            return .respond(Response(.ok, body: .stream(Texts(["", "a", "", "", "b", ""]))))
        case "/failing-piece":
            return .respond(Response(.ok, body: .stream(Texts(["a", "b", nil, "c", "d", "e", "f"]))))
        case "/stall":
            stage.begun.signal()
            _ = stage.wait(for: stage.release)
            return .respond(Response(.ok, body: .none))
        case "/hold":
            let stage = stage
            return .compute {
                stage.begun.signal()
                _ = stage.wait(for: stage.release)
                return Response(.ok, body: .bytes(Array("held".utf8)))
            }
        default: return .respond(Response(.ok, body: .bytes(Array(path.utf8))))
        }
    }

    func response(to error: ProtocolError) -> Response {
        Response(error == .overloaded ? .serviceUnavailable : .badRequest, body: .bytes(Array("error".utf8)))
    }
}

/// Answers with the body, at once or from a compute queue.
final class Echo: BodyConsumer {
    private let isWork: Bool
    private var bytes: [UInt8] = []

    init(isWork: Bool) { self.isWork = isWork }

    var heldByteCount: Int { bytes.capacity }

    func consume(_ bytes: Span<UInt8>) { self.bytes += Array(copying: bytes) }

    func finish() -> Completion {
        let response = Response(.ok, body: .bytes(bytes))
        return isWork ? .compute { response } : .respond(response)
    }
}

/// Produces so many letters, each piece another one.
final class Letters: BodyProducer {
    private let byteCount: Int
    private let stage: Stage?

    init(_ byteCount: Int, _ stage: Stage?) {
        self.byteCount = byteCount
        self.stage = stage
    }

    /// What the pieces come to.
    static func whole(_ byteCount: Int) -> [UInt8] { (0..<byteCount).map { letter(of: $0 / 200_000) } }

    static func letter(of piece: Int) -> UInt8 { 0x61 + UInt8(piece % 26) }

    deinit { stage?.gone.signal() }

    var heldByteCount: Int { 0 }
    var pieceCount: Int { (byteCount - 1) / pieceByteCountMax + 1 }
    var pieceByteCountMax: Int { 200_000 }

    func produce(_ piece: Int, into output: inout OutputSpan<UInt8>) -> Bool {
        let letter = Self.letter(of: piece)
        for _ in 0..<min(pieceByteCountMax, byteCount - piece * pieceByteCountMax) { output.append(letter) }
        return true
    }
}

/// Produces these pieces; nil is a failure.
final class Texts: BodyProducer {
    private let texts: [String?]

    init(_ texts: [String?]) { self.texts = texts }

    var heldByteCount: Int { 0 }
    var pieceCount: Int { texts.count }
    var pieceByteCountMax: Int { 100 }

    func produce(_ piece: Int, into output: inout OutputSpan<UInt8>) -> Bool {
        guard let text = texts[piece] else { return false }
        for byte in text.utf8 { output.append(byte) }
        return true
    }
}

/// A server for one test, stopped when the test ends.
final class TestServer {
    let stage = Stage()
    let server: Server

    init(
        _ change: (inout ServerConfiguration) -> Void = { _ in },
        events: @escaping @Sendable (ServerEvent) -> Void = { _ in }
    ) throws {
        var configuration = ServerConfiguration()
        configuration.port = 0
        configuration.workerCount = 2
        change(&configuration)
        server = try Server.start(configuration, handler: TestHandler(stage: stage), events: events)
    }

    deinit {
        server.stop()
        server.waitUntilStopped()
    }

    func client(receiveBufferByteCount: Int32? = nil) throws -> TestClient {
        let client = try TestClient(
            host: server.host, port: server.port, receiveBufferByteCount: receiveBufferByteCount)
        client.server = self
        return client
    }
}
