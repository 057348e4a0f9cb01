import Testing

@testable import HTTP

/// Tests that a draining server loses no request that a client could send in good faith.
@Suite struct ConversationDrainTests {
    private static let get = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n"

    /// Returns the number of answers that announce the connection's end.
    private func closeCount(_ peer: TestPeer) -> Int {
        peer.received.split(separator: "\r\n").count { $0 == "Connection: close" }
    }

    @Test("A connection that has been idle for long has half a second left")
    func idle() {
        let peer = TestPeer()
        peer.advance(toMilliseconds: 10_000)
        peer.drain()
        peer.advance(toMilliseconds: 10_499)
        #expect(!peer.isClosed)
        peer.advance(toMilliseconds: 10_500)
        #expect(peer.isClosed)
    }

    @Test("A connection that was opened or answered lately has five seconds from then on", arguments: [false, true])
    func lately(isAnswered: Bool) {
        let peer = TestPeer()
        if isAnswered { peer.send(Self.get) }
        peer.advance(toMilliseconds: 1_000)
        peer.drain()
        peer.advance(toMilliseconds: 4_999)
        #expect(!peer.isClosed)
        peer.send(Self.get)
        #expect(peer.statuses.count == (isAnswered ? 2 : 1))
        #expect(closeCount(peer) == 1)
        #expect(peer.isShutDown)

        let silent = TestPeer()
        if isAnswered { silent.send(Self.get) }
        silent.advance(toMilliseconds: 1_000)
        silent.drain()
        silent.advance(toMilliseconds: 5_000)
        #expect(silent.isClosed)
    }

    @Test("A shorter idle timeout stays what it is")
    func shortIdleTimeout() {
        var timeouts = ConnectionTimeouts()
        timeouts.idleMilliseconds = 100
        let peer = TestPeer(timeouts: timeouts)
        peer.drain()
        peer.send(Self.get)
        peer.advance(toMilliseconds: 5_100)
        #expect(peer.isClosed)
    }

    /// The state of a connection whose request began before draining, without an announcement of the connection's end.
    enum Underway: CaseIterable {
        case stream, streamTakenLate, largeAnswer, smallAnswerTakenLate, bodyOfAnEarlyAnswer
    }

    @Test(
        "After an answer that did not say close, the next request is answered, and says it",
        arguments: Underway.allCases)
    func underway(underway: Underway) {
        let peer = TestPeer()
        peer.worksAtOnce = false
        switch underway {
        case .stream, .streamTakenLate: peer.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n")
        case .largeAnswer:
            peer.takesOutput = false
            peer.send("GET /big HTTP/1.1\r\nHost: a\r\n\r\n")
        case .smallAnswerTakenLate:
            peer.takesOutput = false
            peer.send(Self.get)
        case .bodyOfAnEarlyAnswer: peer.send("POST /missing HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\na")
        }
        peer.advance(toMilliseconds: 1_000)
        peer.drain()
        peer.advance(toMilliseconds: 10_000)
        switch underway {
        case .stream: peer.finishStream()
        case .streamTakenLate:
            peer.takesOutput = false
            peer.finishStream()
            peer.takeOutput()
        case .largeAnswer, .smallAnswerTakenLate: peer.takeOutput()
        case .bodyOfAnEarlyAnswer: peer.send("b")
        }
        #expect(closeCount(peer) == 0)
        #expect(!peer.isShutDown)
        peer.advance(toMilliseconds: 14_999)
        #expect(!peer.isClosed)
        peer.send(Self.get)
        #expect(peer.statuses.count == 2)
        #expect(closeCount(peer) == 1)
        #expect(peer.isShutDown)
    }

    @Test("If the client has nothing more to ask, the connection closes after five seconds")
    func nothingMore() {
        let peer = TestPeer()
        peer.worksAtOnce = false
        peer.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n")
        peer.drain()
        peer.finishStream()
        peer.advance(toMilliseconds: 4_999)
        #expect(!peer.isClosed)
        peer.advance(toMilliseconds: 5_000)
        #expect(peer.isClosed)
    }

    @Test("A client that has not taken its answer yet has all the time for the next request when it has")
    func untakenAnswer() {
        let peer = TestPeer()
        peer.drain()
        peer.advance(toMilliseconds: 4_000)
        peer.conversation.extendIdle(peer.context)
        peer.advance(toMilliseconds: 8_999)
        #expect(!peer.isClosed)
        peer.advance(toMilliseconds: 9_000)
        #expect(peer.isClosed)
    }

    @Test("Of pipelined requests that have arrived all are answered, and the last answer says close")
    func pipelined() {
        let requests = [
            Self.get, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab",
            "POST /quick HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n-b",
            "POST /quick HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab",
            "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
            "GET /stream HTTP/1.1\r\nHost: a\r\n\r\n", "GET /compute HTTP/1.1\r\nHost: a\r\n\r\n", Self.get,
        ]
        // The early answer to a body that is still arriving has `Connection: close`, so it is excluded.
        for last in requests {
            let peer = TestPeer()
            peer.drain()
            let all = requests.filter { !$0.contains("/a HTTP/1.1\r\nHost: a\r\nTransfer") } + [last]
            peer.send(all.joined() + "\r\n")
            #expect(peer.statuses.count == all.count, "\(last)")
            #expect(closeCount(peer) == 1)
            #expect(peer.isShutDown)
        }
    }

    @Test("Input that waits in the socket counts as a request that follows")
    func waitingInput() {
        let peer = TestPeer()
        peer.drain()
        peer.context.isInputWaiting = true
        peer.send(Self.get)
        #expect(closeCount(peer) == 0)
        peer.context.isInputWaiting = false
        peer.send(Self.get)
        #expect(peer.statuses == [200, 200])
        #expect(closeCount(peer) == 1)
    }

    @Test("An early answer to a body that is still arriving is the last")
    func earlyAnswer() {
        let peer = TestPeer()
        peer.drain()
        peer.send("POST /missing HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\na")
        #expect(peer.statuses == [404])
        #expect(closeCount(peer) == 1)
        #expect(peer.isShutDown)
        peer.send("12345678" + Self.get)
        #expect(peer.statuses == [404])
    }
}
