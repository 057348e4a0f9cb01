import Dispatch
import HTTP
import Locking

@testable import SocketServer

/// Lets a test observe its handler's work, and hold it.
final class Stage: Sendable {
    /// Ends the computation of `/hold` when signalled.
    let release = DispatchSemaphore(value: 0)
    /// Signalled when `/hold` or `/stall` has begun; the latter stalls its event loop.
    let begun = DispatchSemaphore(value: 0)
    /// Signalled when the second piece of `/prepared-backwards` has been prepared, for which the first one waits.
    let prepared = DispatchSemaphore(value: 0)
    /// Signalled when an endless producer has been released.
    let gone = DispatchSemaphore(value: 0)
    /// The number of bytes that `/prepared-held` has consumed without preparation.
    let consumedByteCount = Locked(0)
    /// The number of pieces of ``HeldPieces`` that have been requested.
    let producedCount = Locked(0)
    /// The number of requests for `/busy`, each of which uses up a turn.
    let busyCount = Locked(0)

    /// The time for which a test waits for a certain event, which also suffices on a busy machine.
    static let patienceSeconds = 120

    /// Waits for a signal.
    ///
    /// - Returns: Whether the signal came within a generous time.
    func wait(for semaphore: DispatchSemaphore) -> Bool {
        semaphore.wait(timeout: .now() + .seconds(Self.patienceSeconds)) == .success
    }
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
        case "/prepared": return .consume(PreparedEcho(Preparer { _ in }))
        case "/prepared-once": return .consume(PreparedEcho(Preparer { _ in }, pieceCountMax: 1))
        case "/prepared-backwards": return .consume(PreparedEcho(Preparer.backwards(stage)))
        case "/prepared-held":
            let stage = stage
            return .consume(
                PreparedEcho(
                    Preparer { number in
                        guard number == 0 else { return }
                        stage.begun.signal()
                        _ = stage.wait(for: stage.release)
                    }, stage: stage))
        case "/stall-body": return .consume(StalledEcho(stage))
        case "/large":
            return .respond(Response(.ok, body: .bytes([UInt8](repeating: 0x61, count: Self.largeByteCount))))
        case "/stream": return .respond(Response(.ok, body: .stream(Letters(Self.largeByteCount))))
        case "/endless": return .respond(Response(.ok, body: .stream(Letters(Int.max, stage))))
        case "/empty-pieces":
            return .respond(Response(.ok, body: .stream(Letters(pieces: [0, 1, 0, 0, 1, 0]))))
        case "/failing-piece":
            return .respond(Response(.ok, body: .stream(Letters(pieces: [1, 1, nil, 1, 1, 1, 1]))))
        case "/held-piece": return .respond(Response(.ok, body: .stream(HeldPieces(stage, failsBeside: false))))
        case "/failing-beside-held": return .respond(Response(.ok, body: .stream(HeldPieces(stage, failsBeside: true))))
        case "/stall":
            stage.begun.signal()
            let isReleased = stage.wait(for: stage.release)
            return .respond(Response(isReleased ? .ok : .serviceUnavailable, body: .none))
        case "/busy":
            let end = Clock.monotonicNanoseconds() + TurnBudget.nanoseconds
            while Clock.monotonicNanoseconds() < end {}
            return .respond(
                Response(
                    .ok,
                    body: .bytes([
                        UInt8(
                            stage.busyCount.withLock {
                                $0 += 1; return $0
                            })
                    ])))
        case "/busy-count": return .respond(Response(.ok, body: .bytes([UInt8(stage.busyCount.withLock(\.self))])))
        case "/hold":
            let stage = stage
            return .compute(
                BoundedWork { _ in
                    stage.begun.signal()
                    _ = stage.wait(for: stage.release)
                    return Response(.ok, body: .bytes(Array("held".utf8)))
                })
        case "/until-cancelled":
            let stage = stage
            return .compute(
                BoundedWork { cancellation in
                    stage.begun.signal()
                    // If it were never cancelled, the test would fail by its own time limit.
                    while !cancellation.isCancelled, stage.release.wait(timeout: .now() + 0.001) != .success {}
                    if cancellation.isCancelled { stage.gone.signal() }
                    return .cancelled
                })
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
        return isWork ? .compute(BoundedWork { _ in response }) : .respond(response)
    }
}

/// Answers with the body, and stalls its event loop at each piece except the first.
final class StalledEcho: BodyConsumer {
    private let stage: Stage
    private var bytes: [UInt8] = []

    init(_ stage: Stage) { self.stage = stage }

    var heldByteCount: Int { bytes.count }

    func consume(_ bytes: Span<UInt8>) {
        if !self.bytes.isEmpty {
            stage.begun.signal()
            guard stage.wait(for: stage.release) else { return }
        }
        self.bytes += Array(copying: bytes)
    }

    func finish() -> Completion { .respond(Response(.ok, body: .bytes(bytes))) }
}

/// Answers with the number of pieces of the body that had been prepared, followed by the body.
final class PreparedEcho: BodyConsumer {
    private let sampler: Preparer
    private let pieceCountMax: Int
    private let stage: Stage?
    private var bytes: [UInt8] = []
    private var pieceCount = 0

    /// Creates the consumer.
    ///
    /// - Parameters:
    ///   - pieceCountMax: The number of pieces to prepare, in addition to those that have been read meanwhile.
    ///   - stage: Counts the bytes that are consumed without preparation.
    init(_ sampler: Preparer, pieceCountMax: Int = .max, stage: Stage? = nil) {
        self.sampler = sampler
        self.pieceCountMax = pieceCountMax
        self.stage = stage
    }

    var heldByteCount: Int { bytes.count }

    var preparer: (any BodyPreparer)? { pieceCount < pieceCountMax ? sampler : nil }

    func consume(_ bytes: Span<UInt8>) {
        self.bytes += Array(copying: bytes)
        stage?.consumedByteCount.withLock { $0 += bytes.count }
    }

    func consume(_ bytes: Span<UInt8>, prepared: any PreparedPiece, from start: Int) -> Int {
        pieceCount += 1
        let isOfThese = start == 0 && (prepared as? Sample)?.isOf(bytes) == true
        self.bytes += isOfThese ? Array(copying: bytes) : Array("another piece".utf8)
        return bytes.count
    }

    func finish() -> Completion { .respond(Response(.ok, body: .bytes(Array("\(pieceCount) ".utf8) + bytes))) }
}

/// Prepares a sample of each piece.
final class Preparer: BodyPreparer {
    private let counter = Locked(0)
    private let hold: @Sendable (_ number: Int) -> Void

    /// Creates a preparer.
    ///
    /// - Parameter hold: Waits for a condition before the piece of this number is finished.
    init(hold: @escaping @Sendable (_ number: Int) -> Void) { self.hold = hold }

    /// Returns a preparer that finishes the first piece only after the second.
    static func backwards(_ stage: Stage) -> Preparer {
        Preparer { number in
            if number == 0 { _ = stage.wait(for: stage.prepared) }
            if number == 1 { stage.prepared.signal() }
        }
    }

    func heldByteCountMax(pieceByteCount: Int) -> Int { pieceByteCount }

    func prepare(_ bytes: Span<UInt8>) -> any PreparedPiece {
        let number = counter.withLock { count in
            defer { count += 1 }
            return count
        }
        hold(number)
        return Sample(bytes)
    }
}

/// Identifies a piece by its length and its first and last bytes, which are quick to read in slow builds too.
final class Sample: PreparedPiece {
    private let count: Int
    private let ends: [UInt8]

    init(_ bytes: Span<UInt8>) {
        count = bytes.count
        ends = Self.ends(of: bytes)
    }

    func isOf(_ bytes: Span<UInt8>) -> Bool { bytes.count == count && Self.ends(of: bytes) == ends }

    private static func ends(of bytes: Span<UInt8>) -> [UInt8] {
        Array(copying: bytes.extracting(first: 8)) + Array(copying: bytes.extracting(last: 8))
    }
}

/// Ignores all reports; its presence makes a loop measure the time.
final class BlindObserver: RequestObserver {
    var wantsTrace: Bool { false }
    func began() {}
    func ended(_ request: borrowing EndedRequest) {}
    func abandoned() {}
}

/// A server for one test, which is stopped when the test ends.
final class TestServer {
    let stage = Stage()
    let server: Server

    init(
        isObserved: Bool = false, _ change: (inout ServerConfiguration) -> Void = { _ in },
        events: @escaping @Sendable (ServerEvent) -> Void = { _ in }
    ) throws {
        var configuration = ServerConfiguration()
        configuration.port = 0
        configuration.workerCount = 2
        change(&configuration)
        let makeObserver: RequestObserverMaker? =
            isObserved ? { @Sendable in BlindObserver() as any RequestObserver } : nil
        server = try Server.start(
            configuration, handler: TestHandler(stage: stage), events: events, makeObserver: makeObserver)
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
