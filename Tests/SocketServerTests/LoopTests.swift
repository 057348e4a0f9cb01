import HTTP
import Testing

@testable import SocketServer

/// An event loop that a test drives step by step, instead of a thread.
private final class DrivenLoop {
    let stage = Stage()
    let shared: ServerShared
    var loop: EventLoop
    private let port: UInt16

    init(bufferedByteCountMax: Int = 100_000_000) throws {
        var configuration = ServerConfiguration()
        configuration.bufferedByteCountMax = bufferedByteCountMax
        let listeners = try Listener.open(host: "127.0.0.1", port: 0)
        let shared = ServerShared(configuration, TestHandler(stage: stage), [try Mailbox()], { _ in }, nil)
        port = listeners[0].port
        self.shared = shared
        loop = try EventLoop(index: 0, shared: shared, listeners: listeners)
    }

    var acceptedCount: Int { shared.acceptedCount }
    var listenerCount: Int { loop.listeners.count }

    /// Ends the pieces and work that are held, and closes all connections.
    func end() {
        for _ in 0..<8 { stage.release.signal() }
        for index in 0..<loop.table.usedCount where loop.table[index].isOpen { loop.close(index) }
        loop.closeListeners()
    }

    func connect(receiveBufferByteCount: Int32? = nil) throws -> TestClient {
        try TestClient(port: port, receiveBufferByteCount: receiveBufferByteCount)
    }

    /// Accepts the connection that waits, in the next slot.
    func accept() -> Int {
        loop.acceptConnections(loop.listeners[0])
        return loop.table.usedCount - 1
    }

    /// Reads what has arrived on a connection.
    func read(_ index: Int) { loop.read(index, hasMark: true) }

    /// Advances the loop's time.
    func advance(milliseconds: Int) {
        loop.context.setTime(monotonicMilliseconds: loop.context.nowMilliseconds + milliseconds, unixSeconds: 0)
    }
}

/// Tests single steps of an event loop, in an order that rarely occurs in a running one.
@Suite struct LoopTests {
    @Test("A listener that is to be closed has no more than a batch accepted at a time, so that other work goes on")
    func closingListeners() throws {
        let driven = try DrivenLoop()
        let clients = try (0...Acceptance.batchCount).map { _ in try driven.connect() }
        driven.loop.acceptance.closingMilliseconds = 0
        driven.loop.closeListenersIfDue()
        #expect(driven.acceptedCount == Acceptance.batchCount)
        #expect(driven.listenerCount == 1)
        driven.loop.closeListenersIfDue()
        #expect(driven.acceptedCount == clients.count)
        #expect(driven.listenerCount == 0)
        driven.end()
    }

    @Test("A body of which nothing more can be read ahead takes nobody's memory")
    func readAheadAtItsEnd() throws {
        let driven = try DrivenLoop()
        let slow = try driven.connect(receiveBufferByteCount: 4_096)
        let slowIndex = driven.accept()
        slow.send(get("/large"))
        driven.read(slowIndex)
        let isBlocked = driven.loop.table[slowIndex].conversation.isOutputBlocked
        #expect(isBlocked)

        let sender = try driven.connect()
        let senderIndex = driven.accept()
        sender.send("POST /prepared-held HTTP/1.1\r\nHost: a\r\nContent-Length: 40000\r\n\r\n")
        driven.read(senderIndex)
        sender.send([UInt8](repeating: 0x61, count: 40_000))
        driven.read(senderIndex)
        let waits = driven.loop.waitsForPieces(senderIndex)
        #expect(waits)

        // There is no space for more, and the slow client has received nothing for a long time.
        let budget = driven.shared.budget
        let taken = budget.byteCountMax - budget.byteCount
        budget.set(from: 0, to: taken)
        driven.advance(milliseconds: 5_000)
        driven.read(senderIndex)
        let isOpen = driven.loop.table[slowIndex].isOpen
        #expect(isOpen)
        budget.set(from: taken, to: 0)
        driven.end()
    }
}
