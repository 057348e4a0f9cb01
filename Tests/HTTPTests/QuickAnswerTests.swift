import Testing

@testable import HTTP

/// Tests whole bodies that the handler answers on the fast path.
@Suite struct QuickAnswerTests {
    @Test("A whole body is answered at once, and the answer's memory is used for the next")
    func quickAnswers() {
        let peer = TestPeer()
        for body in ["first", "2", "-other way", "third"] {
            let count = peer.received.utf8.count
            peer.send(post("/quick", body))
            let answer = peer.received.utf8.dropFirst(count)
            #expect(String(Substring(answer)).hasSuffix("Content-Length: \(body.utf8.count)\r\n\r\n\(body)"))
        }
        #expect(peer.statuses == [200, 200, 200, 200])
    }

    @Test("HEAD is never answered at once: its answer has no body")
    func quickHead() {
        let peer = TestPeer()
        peer.send("HEAD /quick HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc")
        #expect(peer.statuses == [200])
        #expect(peer.received.hasSuffix("Content-Length: 3\r\n\r\n"))
    }

    @Test("A large answer that is given at once stays whole while the next one is made")
    func largeQuickAnswer() {
        let peer = TestPeer()
        peer.send(post("/large", "b") + post("/quick", "c"))
        let text = "b" + String(repeating: "a", count: 70_000)
        #expect(peer.received.contains("Content-Length: 70001\r\n\r\n\(text)HTTP/1.1 200 OK"))
        #expect(peer.received.hasSuffix("\r\n\r\nc"))
    }

    @Test("A body past the limit is never answered at once")
    func quickLimit() {
        var limits = RequestLimits()
        limits.bodyByteCountMax = 4
        let peer = TestPeer(limits: limits)
        peer.send(post("/quick", "1234") + post("/quick", "12345"))
        #expect(peer.statuses == [200, 413])
    }
}
