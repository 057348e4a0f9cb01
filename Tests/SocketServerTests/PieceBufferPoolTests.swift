import Dispatch
import Testing

@testable import SocketServer

/// Tests which buffers are kept, and for how long.
@Suite struct PieceBufferPoolTests {
    private func pool(countMax: Int, restingCount: Int, filledWith count: Int) -> PieceBufferPool {
        let pool = PieceBufferPool(countMax: countMax, restingCount: restingCount)
        for _ in 0..<count { pool.put(PieceBuffer()) }
        return pool
    }

    @Test func `no more buffers are kept than the limit says, and the last one comes first`() {
        let pool = PieceBufferPool(countMax: 2, restingCount: 2)
        let taken = (0..<3).map { _ in pool.take() }
        for buffer in taken { pool.put(buffer) }
        #expect(pool.count == 2)
        let again = (0..<3).map { _ in pool.take() }
        #expect(again[0] === taken[1])
        #expect(again[1] === taken[0])
        #expect(!taken.contains { $0 === again[2] })
        #expect(pool.count == 0)
    }

    @Test func `what nobody has needed from one look to the next is freed, down to what stays`() {
        let pool = pool(countMax: 9, restingCount: 1, filledWith: 5)
        // The buffers returned since the last trim have been needed recently.
        pool.look()
        #expect(pool.count == 5)
        // Three at a time are in use.
        for _ in 0..<2 {
            let taken = (0..<3).map { _ in pool.take() }
            for buffer in taken { pool.put(buffer) }
        }
        #expect(pool.isAboveRest)
        pool.look()
        #expect(pool.count == 3)
        pool.look()
        #expect(pool.count == 1)
        #expect(!pool.isAboveRest)
        pool.look()
        #expect(pool.count == 1)
    }

    @Test func `what is needed again and again stays`() {
        let pool = pool(countMax: 9, restingCount: 0, filledWith: 3)
        for _ in 0..<4 {
            let taken = (0..<2).map { _ in pool.take() }
            pool.look()
            for buffer in taken { pool.put(buffer) }
        }
        #expect(pool.count == 2)
    }

    @Test func `a look may come when all is in use`() {
        let pool = pool(countMax: 9, restingCount: 0, filledWith: 1)
        let taken = pool.take()
        pool.look()
        #expect(pool.count == 0)
        pool.put(taken)
        #expect(pool.count == 1)
    }

    @Test(arguments: [(1 << 30, 32), (64 << 20, 15), (16 << 20, 3), (0, 0)])
    func `buffers are kept for several answers, as far as there is memory for requests`(
        bufferedByteCountMax: Int, countMax: Int
    ) {
        var configuration = ServerConfiguration()
        (configuration.workerCount, configuration.bufferedByteCountMax) = (2, bufferedByteCountMax)
        let pool = PieceBufferPool(configuration)
        for _ in 0..<40 { pool.put(PieceBuffer()) }
        #expect(pool.count == countMax)
        for _ in 0..<2 { pool.look() }
        #expect(pool.count == min(countMax, 4))
    }

    @Test func `a short piece has memory of its own, which is not kept`() {
        let pool = pool(countMax: 2, restingCount: 2, filledWith: 2)
        let short = pool.take(byteCount: 100_000)
        #expect(pool.count == 2)
        _ = pool.take(byteCount: 500_000)
        pool.put(short)
        #expect(pool.count == 1)
    }

    @Test(arguments: ["/stream", "/prepared"])
    func `a server frees buffers that nobody needs any more while all is quiet`(path: String) throws {
        let server = try TestServer()
        let pool = server.server.shared.pieceBuffers
        for _ in 0..<20 { pool.put(PieceBuffer()) }
        #expect(pool.isAboveRest)
        let client = try server.client()
        if path == "/stream" {
            client.send(get(path, "Connection: close\r\n"))
            _ = try client.rest()
        } else {
            client.send(post(path, PreparedBodyTests.body))
            _ = try client.response()
        }
        let pause = DispatchSemaphore(value: 0)
        for _ in 0..<20_000 where pool.isAboveRest { _ = pause.wait(timeout: .now() + .milliseconds(1)) }
        #expect(!pool.isAboveRest)
    }
}
