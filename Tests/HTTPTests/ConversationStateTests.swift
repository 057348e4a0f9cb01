import Testing

@testable import HTTP

/// Every event in every state: what is expected, and that nothing else can bring a conversation out of step.
@Suite struct ConversationStateTests {
    /// How to bring a conversation into each of its states.
    enum State: CaseIterable {
        case idle, head, body, skippedBody, computing, streaming, blocked, lingering, closed

        func peer() -> TestPeer {
            var peer = TestPeer()
            peer.worksAtOnce = false
            switch self {
            case .idle: break
            case .head: peer.send("GET /")
            case .body: peer.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\na")
            case .skippedBody: peer.send("POST /missing HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\na")
            case .computing: peer.send("GET /compute HTTP/1.1\r\nHost: a\r\n\r\n")
            case .streaming: peer.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n")
            case .blocked:
                peer.takesOutput = false
                peer.send("GET /big HTTP/1.1\r\nHost: a\r\n\r\n")
            case .lingering: peer.send("BROKEN\r\n\r\n")
            case .closed: peer.endInput()
            }
            return peer
        }
    }

    /// What a step is, for comparisons.
    private static func name(_ step: Conversation.Step) -> String {
        switch step {
        case .read: "read"
        case .flush: "flush"
        case .compute: "compute"
        case .stream: "stream"
        case .shutDown: "shutDown"
        case .close: "close"
        case .abort: "abort"
        }
    }

    @Test(
        "Each event in each state has the step that fits",
        arguments: [
            // state, then the steps of: input, end of input, response, end of stream, overload, flushed, deadline
            (State.idle, ["read", "close", "read", "read", "read", "read", "close"]),
            (.head, ["read", "flush", "read", "read", "read", "read", "flush"]),
            (.body, ["read", "flush", "read", "read", "read", "read", "flush"]),
            (.skippedBody, ["read", "close", "read", "read", "read", "read", "close"]),
            (.computing, ["read", "read", "read", "read", "read", "read", "read"]),
            (.streaming, ["read", "read", "read", "read", "read", "read", "read"]),
            (.blocked, ["read", "read", "read", "read", "read", "read", "abort"]),
            (.lingering, ["read", "close", "read", "read", "read", "read", "close"]),
            (.closed, ["read", "close", "read", "read", "read", "read", "close"]),
        ] as [(State, [String])])
    func steps(state: State, steps: [String]) {
        let events: [(inout Conversation, inout ConversationContext) -> Conversation.Step] = [
            { $0.receive("x".latin1.span, &$1).step },
            { $0.endOfInput(&$1) },
            { $0.respond(with: Response(.ok, body: .none), &$1) },
            { $0.streamEnded(succeeded: true, &$1) },
            { $0.overload(&$1) },
            { $0.outputFlushed($1) },
            { $0.deadlinePassed(&$1) },
        ]
        for (event, step) in zip(events, steps) {
            let peer = state.peer()
            var conversation = peer.conversation
            var context = peer.context
            #expect(Self.name(event(&conversation, &context)) == step)
        }
    }

    @Test("Input is used in the states that wait for it, and left alone in the others", arguments: State.allCases)
    func takesInput(state: State) {
        let peer = state.peer()
        var conversation = peer.conversation
        var context = peer.context
        let waits = [State.idle, .head, .body, .skippedBody, .lingering].contains(state)
        #expect(conversation.takesInput == waits)
        let used = conversation.receive("a".latin1.span, &context).used
        #expect((used > 0) == [State.body, .skippedBody, .lingering].contains(state))
    }

    @Test("Only a connection between requests counts as idle", arguments: State.allCases)
    func isIdle(state: State) {
        #expect(state.peer().conversation.isIdle == (state == .idle))
        #expect(state.peer().conversation.isReadingBody == (state == .body || state == .skippedBody))
    }
}
