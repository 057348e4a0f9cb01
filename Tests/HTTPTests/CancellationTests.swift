import Synchronization
import Testing

@testable import HTTP

/// Tests that work on a compute queue ends when its client disconnects.
@Suite struct CancellationTests {
    /// Computes, and stores the cancellation that it was passed.
    private struct Worker: Handler {
        final class Given: Sendable {
            let cancellation = Mutex<Cancellation?>(nil)
            var isCancelled: Bool? { cancellation.withLock { $0?.isCancelled } }
        }

        let given = Given()

        func receive(_ head: borrowing RequestHead) -> Reception {
            .compute(
                BoundedWork { [given] cancellation in
                    given.cancellation.withLock { $0 = cancellation }
                    return Response(.ok, body: .none)
                })
        }

        func response(to error: ProtocolError) -> Response { Response(.badRequest, body: .none) }
    }

    private struct Connection: ~Copyable {
        let worker = Worker()
        var context: ConversationContext
        var conversation: Conversation

        init() {
            context = ConversationContext(
                handler: worker, limits: RequestLimits(), timeouts: ConnectionTimeouts())
            conversation = Conversation(context)
        }

        /// Sends a request.
        ///
        /// - Returns: The work of its step.
        mutating func send() throws -> @Sendable () -> Response {
            let request = Array("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
            guard case .compute(_, let work) = conversation.receive(request.span, &context).step else {
                throw NoWork()
            }
            return work
        }
    }

    private struct NoWork: Error {}

    @Test func workIsCancelledWhenItsConnectionIsLost() throws {
        var connection = Connection()
        let work = try connection.send()
        _ = work()
        #expect(connection.worker.given.isCancelled == false)
        connection.conversation.connectionLost(connection.context)
        #expect(connection.worker.given.isCancelled == true)
    }

    @Test func workThatHasNotBegunWhenItsConnectionIsLostNeverBegins() throws {
        var connection = Connection()
        let work = try connection.send()
        connection.conversation.connectionLost(connection.context)
        #expect(work().status == .serviceUnavailable)
        #expect(connection.worker.given.isCancelled == nil)
    }

    @Test func workThatOutlivesItsConnectionCountsOffWhatItHolds() {
        let work = Cancellation()
        #expect(!work.isCancelled)
        #expect(work.cancel())
        #expect(work.isCancelled)
        #expect(work.cancel(leaving: 1_000))
        #expect(work.end() == 1_000)
    }

    @Test func workThatEndsFirstLeavesThatToItsConnection() {
        let work = Cancellation()
        #expect(work.end() == 0)
        #expect(!work.cancel(leaving: 1_000))
        #expect(work.end() == 0)
    }

    @Test func theEndOfInputAloneCancelsNothing() throws {
        var connection = Connection()
        let work = try connection.send()
        connection.conversation.inputEnded(connection.context)
        _ = connection.conversation.endOfInput(&connection.context)
        #expect(work().status == .ok)
        #expect(connection.worker.given.isCancelled == false)
    }

    @Test(arguments: ["HTTP/1.1", "HTTP/1.0"])
    func onceThePeerSendsNothingMoreAnAnswerThatTakesLongIsBegun(version: String) {
        let peer = TestPeer()
        peer.worksAtOnce = false
        peer.send("GET /compute \(version)\r\nHost: a\r\n\r\n")
        peer.conversation.inputEnded(peer.context)
        peer.advance(toMilliseconds: ConnectionTimeouts.probeMilliseconds - 1)
        #expect(peer.received.isEmpty)
        peer.advance(toMilliseconds: ConnectionTimeouts.probeMilliseconds)
        #expect(peer.received == "HTTP/1.1 ")
        peer.conversation.inputEnded(peer.context)
        peer.advance(toMilliseconds: 10 * ConnectionTimeouts.probeMilliseconds)
        #expect(peer.received == "HTTP/1.1 ")
        peer.finishWork()
        #expect(peer.received.hasPrefix("HTTP/1.1 200 OK\r\n") && peer.received.hasSuffix("computed"))
        #expect(peer.statuses == [200])
    }

    @Test func anAnswerThatIsThereInAMomentIsSentAsEver() {
        let peer = TestPeer()
        peer.worksAtOnce = false
        peer.send("GET /compute HTTP/1.1\r\nHost: a\r\n\r\n")
        peer.conversation.inputEnded(peer.context)
        peer.finishWork()
        #expect(peer.statuses == [200])
        peer.send("GET /compute HTTP/1.1\r\nHost: a\r\n\r\n")
        peer.advance(toMilliseconds: 60_000)
        peer.finishWork()
        #expect(peer.statuses == [200, 200])
    }
}
