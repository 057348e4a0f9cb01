import Testing

@testable import HTTP

/// Tests every event in every state: the expected outcomes, and that no other event makes a conversation inconsistent.
@Suite struct ConversationStateTests {
    /// Brings a conversation into each of its states, with and without an answer that the peer does not receive.
    enum Situation: CaseIterable {
        case idle, head, body, answeredBody, deferredBody, computing, streaming, lingering, closed
        case idleBlocked, bodyBlocked, computingBlocked, streamingBlocked, flushing, ending

        func peer() -> TestPeer {
            let peer = TestPeer()
            peer.worksAtOnce = false
            switch self {
            case .idle: break
            case .head: peer.send("GET /")
            case .body: peer.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\na")
            case .answeredBody: peer.send("POST /missing HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\na")
            case .deferredBody: peer.send("POST /stream HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\na")
            case .computing: peer.send("GET /compute HTTP/1.1\r\nHost: a\r\n\r\n")
            case .streaming: peer.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n")
            case .lingering: peer.send("BROKEN\r\n\r\n")
            case .closed: peer.endInput()
            case .idleBlocked: peer.sendTakingNothing("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
            case .bodyBlocked: peer.sendTakingNothing("POST /missing HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\na")
            case .computingBlocked:
                peer.sendTakingNothing("GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /compute HTTP/1.1\r\nHost: a\r\n\r\n")
            case .streamingBlocked: peer.sendTakingNothing("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n")
            case .flushing: peer.sendTakingNothing("GET /big HTTP/1.1\r\nHost: a\r\n\r\n")
            case .ending: peer.sendTakingNothing("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            }
            return peer
        }

        var isBlocked: Bool {
            [.idleBlocked, .bodyBlocked, .computingBlocked, .streamingBlocked, .flushing, .ending].contains(self)
        }
    }

    /// The events of a conversation.
    enum Event: CaseIterable {
        case input, endOfInput, response, streamEnd, streamFailure, overload, blocked, flushed, deadline, drain

        /// Applies the event.
        ///
        /// - Returns: The step, if the event has one.
        func happen(_ conversation: inout Conversation, _ context: inout ConversationContext) -> Conversation.Step? {
            switch self {
            case .input: return conversation.receive("x".latin1.span, &context).step
            case .endOfInput: return conversation.endOfInput(&context)
            case .response: return conversation.respond(with: Response(.ok, body: .none), &context)
            case .streamEnd: return conversation.streamEnded(succeeded: true, &context)
            case .streamFailure: return conversation.streamEnded(succeeded: false, &context)
            case .overload: return conversation.overload(&context)
            case .blocked: conversation.outputBlocked(context)
            case .flushed: return conversation.outputFlushed(context)
            case .deadline: return conversation.deadlinePassed(&context)
            case .drain: conversation.drain(context)
            }
            return nil
        }
    }

    /// The state of each situation, and the step and state after each event that has an effect.
    ///
    /// After all other events the step is to read, or absent, and the state is unchanged.
    static let table: [(Situation, String, [Event: String])] = [
        (.idle, "idle", [.input: "read head", .endOfInput: "close closed", .deadline: "close closed"]),
        (.head, "head", [.endOfInput: "flush ending", .overload: "flush ending", .deadline: "flush ending"]),
        (.body, "body", [.endOfInput: "flush ending", .overload: "read answered", .deadline: "flush ending"]),
        (.answeredBody, "answered", [.endOfInput: "close closed", .deadline: "flush ending"]),
        (
            .deferredBody, "deferred",
            [.endOfInput: "flush ending", .overload: "read answered", .deadline: "flush ending"]
        ),
        (.computing, "computing", [.response: "read idle"]),
        (.streaming, "streaming", [.streamEnd: "read idle", .streamFailure: "abort closed"]),
        (.lingering, "lingering", [.endOfInput: "close closed", .deadline: "close closed"]),
        (.closed, "closed", [.endOfInput: "close closed", .deadline: "close closed"]),
        (.idleBlocked, "idle", [.deadline: "abort closed"]),
        (.bodyBlocked, "answered", [.deadline: "abort closed"]),
        (.computingBlocked, "computing", [.response: "read idle", .deadline: "abort closed"]),
        (
            .streamingBlocked, "streaming",
            [.streamEnd: "read idle", .streamFailure: "abort closed", .deadline: "abort closed"]
        ),
        (.flushing, "flushing", [.flushed: "read idle", .deadline: "abort closed"]),
        (.ending, "ending", [.flushed: "shutDown lingering", .deadline: "abort closed"]),
    ]

    @Test func `the table has every situation`() {
        #expect(Set(Self.table.map(\.0)) == Set(Situation.allCases))
    }

    @Test("Each event in each state has the step and the state that fit", arguments: table)
    func steps(situation: Situation, state: String, expected: [Event: String]) {
        #expect(Self.name(situation.peer().conversation.state) == state)
        for event in Event.allCases {
            // Nothing is read from a peer while it receives no output: see `takesInput`.
            if situation.isBlocked, event == .input || event == .endOfInput { continue }
            let peer = situation.peer()
            let step = event.happen(&peer.conversation, &peer.context).map(Self.name) ?? "read"
            let found = "\(step) \(Self.name(peer.conversation.state))"
            #expect(found == expected[event] ?? "read \(state)", "\(event)")
        }
    }

    @Test("Output that blocks stops input, and sets the write deadline; flushed, both are as before")
    func blocking() {
        for situation in Situation.allCases where situation != .closed && situation != .ending {
            let peer = situation.peer()
            var conversation = peer.conversation
            conversation.outputBlocked(peer.context)
            #expect(!conversation.takesInput)
            #expect(!conversation.isIdle)
            #expect(conversation.deadlineMilliseconds == peer.context.timeouts.writeMilliseconds)
            _ = conversation.outputFlushed(peer.context)
            let waits = ![.computing, .computingBlocked, .streaming, .streamingBlocked].contains(situation)
            #expect(conversation.takesInput == waits, "\(situation)")
        }
    }

    @Test("While output is blocked, only the peer moves the deadline, whatever becomes ready")
    func blockedDeadline() {
        for situation in Situation.allCases where situation.isBlocked {
            for event in [Event.response, .streamEnd, .overload, .drain] {
                let peer = situation.peer()
                _ = event.happen(&peer.conversation, &peer.context)
                #expect(peer.conversation.deadlineMilliseconds == peer.context.timeouts.writeMilliseconds, "\(event)")
            }
        }
        let large = [UInt8](repeating: 0x62, count: 100_000)
        for body in [Response.Body.bytes([1]), .bytes(large), .stream(Pieces(["ab"]))] {
            let peer = Situation.computingBlocked.peer()
            peer.advance(toMilliseconds: 2_000)
            _ = peer.conversation.respond(with: Response(.ok, body: body), &peer.context)
            #expect(peer.conversation.blockedMilliseconds(peer.context) == 2_000)
            peer.advance(toMilliseconds: peer.context.timeouts.writeMilliseconds)
            #expect(peer.isAborted)
        }
    }

    @Test("Input is used in the states that wait for it, and left alone in the others", arguments: Situation.allCases)
    func takesInput(situation: Situation) {
        let peer = situation.peer()
        let bodies = [Situation.body, .answeredBody, .deferredBody]
        #expect(peer.conversation.takesInput == (bodies + [.idle, .head, .lingering]).contains(situation))
        guard !situation.isBlocked else { return }
        let used = peer.conversation.receive("a".latin1.span, &peer.context).used
        #expect((used > 0) == (bodies + [.lingering]).contains(situation))
    }

    @Test("Only a connection between requests counts as idle", arguments: Situation.allCases)
    func isIdle(situation: Situation) {
        let conversation = situation.peer().conversation
        #expect(conversation.isIdle == (situation == .idle))
        let bodies = [Situation.body, .answeredBody, .deferredBody, .bodyBlocked]
        #expect(conversation.isReadingBody == bodies.contains(situation))
    }

    // MARK: Names, for comparisons

    private static func name(_ state: Conversation.State) -> String {
        switch state {
        case .idle: "idle"
        case .head: "head"
        case .body(let body):
            switch body.sink {
            case .consumer: "body"
            case .skipped(nil): "answered"
            case .skipped: "deferred"
            }
        case .computing: "computing"
        case .streaming: "streaming"
        case .flushing: "flushing"
        case .ending: "ending"
        case .lingering: "lingering"
        case .closed: "closed"
        }
    }

    private static func name(_ step: Conversation.Step) -> String {
        switch step {
        case .read: "read"
        case .yield: "yield"
        case .flush: "flush"
        case .compute: "compute"
        case .stream: "stream"
        case .shutDown: "shutDown"
        case .close: "close"
        case .abort: "abort"
        }
    }
}

extension TestPeer {
    /// Sends text without receiving any of the answer.
    fileprivate func sendTakingNothing(_ text: String) {
        takesOutput = false
        send(text)
    }
}
