import Testing

@testable import HTTP

/// Tests deadlines, on a clock that only the tests advance.
@Suite struct ConversationTimeTests {
    private static let head = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n"

    @Test("A new connection is closed silently after the idle timeout")
    func neverSends() {
        let peer = TestPeer()
        peer.advance(toMilliseconds: 74_999)
        #expect(!peer.isClosed)
        peer.advance(toMilliseconds: 75_000)
        #expect(peer.isClosed)
        #expect(peer.received.isEmpty)
    }

    @Test("The idle timeout begins anew with each answer")
    func idle() {
        let peer = TestPeer()
        peer.advance(toMilliseconds: 60_000)
        peer.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
        peer.advance(toMilliseconds: 134_999)
        #expect(!peer.isClosed)
        peer.advance(toMilliseconds: 135_000)
        #expect(peer.isClosed)
        #expect(peer.statuses == [200])
    }

    @Test("A head has one deadline from its first byte, however many bytes follow")
    func slowHead() {
        let peer = TestPeer()
        peer.advance(toMilliseconds: 1_000)
        for (second, byte) in "GET /abcdef".latin1.enumerated() {
            peer.advance(toMilliseconds: 1_000 + second * 1_000)
            if second < 10 { #expect(!peer.isShutDown) }
            peer.send([byte])
        }
        #expect(peer.statuses == [408])
        #expect(peer.received.contains("Connection: close\r\n"))
        #expect(peer.isShutDown)
    }

    @Test("A body has to bring 16 KiB in each window")
    func slowBody() {
        let peer = TestPeer()
        peer.send(Self.head)
        peer.advance(toMilliseconds: 14_000)
        peer.send([UInt8](repeating: 0x61, count: 16_384)[...])
        peer.advance(toMilliseconds: 28_000)
        peer.send([UInt8](repeating: 0x61, count: 16_383)[...])
        peer.advance(toMilliseconds: 28_999)
        #expect(peer.statuses == [])
        peer.advance(toMilliseconds: 29_000)
        #expect(peer.statuses == [408])
    }

    @Test("A body that was answered early and does not come ends the connection without a second answer")
    func slowSkippedBody() {
        let peer = TestPeer()
        peer.send("POST /missing HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\na")
        peer.advance(toMilliseconds: 15_000)
        #expect(peer.statuses == [404])
        // The client may still be sending, slowly, before it reads.
        #expect(peer.isShutDown)
        peer.advance(toMilliseconds: 19_000)
        peer.send("b")
        peer.advance(toMilliseconds: 23_999)
        #expect(!peer.isClosed)
        peer.advance(toMilliseconds: 24_000)
        #expect(peer.isClosed)
        #expect(peer.statuses == [404])
    }

    @Test("A peer that takes nothing of its answer is cut off, one that takes some is not")
    func slowReader() {
        let peer = TestPeer()
        peer.takesOutput = false
        peer.send("GET /big HTTP/1.1\r\nHost: a\r\n\r\n")
        peer.advance(toMilliseconds: 14_999)
        #expect(!peer.isClosed)
        peer.takeOutput()
        #expect(peer.statuses == [200])
        peer.advance(toMilliseconds: 15_000)
        #expect(!peer.isClosed)

        let stuck = TestPeer()
        stuck.takesOutput = false
        stuck.send("GET /big HTTP/1.1\r\nHost: a\r\n\r\n")
        stuck.advance(toMilliseconds: 15_000)
        #expect(stuck.isAborted)
    }

    @Test("No deadline runs while the server is the one that works")
    func computing() {
        for path in ["/compute", "/stream"] {
            let peer = TestPeer()
            peer.worksAtOnce = false
            peer.send("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(peer.conversation.deadlineMilliseconds == Int.max)
        }
    }

    @Test("Lingering ends when the client pauses for five seconds")
    func lingeringPause() {
        let peer = TestPeer()
        peer.send("BROKEN\r\n\r\n")
        for second in stride(from: 4, through: 24, by: 4) {
            peer.advance(toMilliseconds: second * 1_000)
            peer.send("more")
        }
        peer.advance(toMilliseconds: 28_999)
        #expect(!peer.isClosed)
        peer.advance(toMilliseconds: 29_000)
        #expect(peer.isClosed)
    }

    @Test("Lingering ends after thirty seconds, whatever the client still sends")
    func lingering() {
        let peer = TestPeer()
        peer.advance(toMilliseconds: 1_000)
        peer.send("BROKEN\r\n\r\n")
        for second in 2...30 {
            peer.advance(toMilliseconds: second * 1_000)
            peer.send("more")
        }
        #expect(!peer.isClosed)
        peer.advance(toMilliseconds: 31_000)
        #expect(peer.isClosed)
    }

    @Test("A body of which parts wait for their turn is not given up")
    func waitingInput() {
        let peer = TestPeer()
        peer.send(Self.head)
        peer.advance(toMilliseconds: 14_999)
        peer.conversation.inputWaits(peer.context)
        peer.advance(toMilliseconds: 29_998)
        #expect(peer.statuses == [])
        peer.advance(toMilliseconds: 29_999)
        #expect(peer.statuses == [408])
    }
}
