import Synchronization
import Testing

@testable import HTTP

/// Tests that a head is recognised if, and only if, it is identical to the previous one.
@Suite struct KnownHeadTests {
    private static let head = "POST /a?b HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nX-Y: z\r\n\r\n"

    private func parsed(_ text: String) throws -> (parser: HeadParser, head: ParsedHead) {
        var parser = HeadParser()
        let head = try parser.parse(Array(text.utf8).span, limits: RequestLimits())
        return (parser, try #require(head))
    }

    @Test(arguments: ["", "abc", head])
    func `the same head is recognised, whatever follows it`(rest: String) throws {
        let (parser, head) = try parsed(Self.head)
        #expect(parser.recognize(Array((Self.head + rest).utf8).span) == head)
        #expect(parser.fieldLines.count == 3)
    }

    @Test func `a head that differs in one byte is not recognised, nor one that is cut`() throws {
        let (parser, _) = try parsed(Self.head)
        let bytes = Array(Self.head.utf8)
        for index in bytes.indices {
            var other = bytes
            other[index] ^= 1
            #expect(parser.recognize(other.span) == nil)
            #expect(parser.recognize(bytes.span.extracting(0..<index)) == nil)
        }
    }

    @Test func `nothing is recognised before a head has been read, nor behind one that failed or is long`() throws {
        #expect(HeadParser().recognize(Array(Self.head.utf8).span) == nil)
        var (parser, _) = try parsed(Self.head)
        parser.reset()
        #expect(parser.recognize(Array(Self.head.utf8).span) == nil)
        #expect(throws: ProtocolError.self) {
            try parser.parse(Array("BROKEN\r\n".utf8).span, limits: RequestLimits())
        }
        #expect(parser.recognize(Array("BROKEN\r\n".utf8).span) == nil)
        let long = "GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "x", count: 2000))\r\n\r\n"
        #expect(try parsed(long).parser.recognize(Array(long.utf8).span) == nil)
    }

    @Test(arguments: ["Authorization", "authorization", "AUTHORIZATION"])
    func `a head with a token is not kept`(name: String) throws {
        let head = "GET / HTTP/1.1\r\nHost: a\r\n\(name): Bearer b\r\n\r\n"
        #expect(try parsed(head).parser.recognize(Array(head.utf8).span) == nil)
        let other = "GET / HTTP/1.1\r\nHost: a\r\nCache-Control: no-cache\r\n\r\n"
        #expect(try parsed(other).parser.recognize(Array(other.utf8).span) != nil)
    }

    @Test func `connections whose heads arrive between each other's do not disturb each other`() {
        var context = ConversationContext(
            handler: EchoHandler(), limits: RequestLimits(), timeouts: ConnectionTimeouts())
        var first = Conversation(context)
        var second = Conversation(context)
        let a = Array("GET /a HTTP/1.1\r\nHost: a\r\nX: 1\r\n\r\n".utf8)
        let b = Array("GET /b HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        func output(_ conversation: inout Conversation, _ bytes: ArraySlice<UInt8>) -> String {
            _ = conversation.receive(Array(bytes).span, &context)
            return context.output.takeText()
        }
        let expectedA = output(&first, a[...])
        let expectedB = output(&second, b[...])
        #expect(expectedA != "" && expectedB != "")
        for cut in 1..<a.count {
            #expect(output(&first, a[..<cut]) == "")
            #expect(output(&second, b[...]) == expectedB)
            // Unused input is passed again.
            #expect(output(&first, a[...]) == expectedA)
            #expect(output(&second, b[...]) == expectedB)
            #expect(output(&second, a[...]) == expectedA)
        }
    }

    @Test func `requests are answered as they are on connections of their own`() {
        let requests = [
            "POST /quick HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
            "POST /quick HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\ndef",
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nghi",
            "GET /a HTTP/1.1\r\nHost: a\r\n\r\n", "GET /a HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /a HTTP/1.1\r\nHost: b\r\n\r\n", "HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n",
            "\r\nGET /a HTTP/1.1\r\nHost: a\r\n\r\n", "GET /a HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST /quick HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
        ]
        var expected = ""
        for request in requests {
            let peer = TestPeer()
            peer.send(Array(request.utf8)[...])
            expected += peer.received
        }
        let peer = TestPeer()
        for request in requests { peer.send(Array(request.utf8)[...]) }
        #expect(peer.received == expected)
        let pipelining = TestPeer()
        pipelining.send(Array(requests.joined().utf8)[...])
        #expect(pipelining.received == expected)
    }

    private static let quick = "POST /quick HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n"

    @Test(
        arguments: [
            (["\(quick)abc", "\(quick)def", "\(quick)ghi"], 1),
            // The regular path answers a body that the fast path does not, and keeps the cached path.
            (["\(quick)abc", "\(quick)-bc", "\(quick)ghi"], 1),
            (["\(quick)-bc", "\(quick)-bc", "\(quick)abc"], 1),
            // A different head between them is parsed, and is then the cached one.
            (["\(quick)abc", "GET /missing HTTP/1.1\r\nHost: a\r\n\r\n", "\(quick)ghi"], 2),
            (["\(named)abc", "\(named)def"], 2),
            (["\(credentials)abc", "\(credentials)def"], 2),
            (["\(withFields)abc", "\(withFields)def"], 2),
            (["\(old)abc", "\(old)def"], 2),
            // The body has not arrived yet.
            ([quick, "abc", quick, "def"], 0),
        ] as [([String], Int)])
    func `the way is asked for once for requests that say nothing of their own`(pieces: [String], count: Int) {
        let handler = CountingHandler()
        var context = ConversationContext(
            handler: handler, limits: RequestLimits(), timeouts: ConnectionTimeouts(), requestIDPrefix: 1)
        var conversation = Conversation(context)
        for piece in pieces { _ = conversation.receive(Array(piece.utf8).span, &context) }
        #expect(handler.count.load(ordering: .relaxed) == count)
        let bodies = pieces.joined().matches(of: /(?:\r\n\r\n)(-?[a-i]+)/).map { String($0.1) }
        let answers = context.output.takeText().matches(of: /\r\n\r\n(-?[a-i]+)/).map { String($0.1) }
        #expect(answers == bodies)
    }

    private static let named = head(with: "X-Request-Id: me")
    private static let credentials = head(with: "Authorization: Bearer b")
    private static let withFields = head(with: "Origin: http://a")
    private static let old =
        "POST /quick HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\nContent-Length: 3\r\n\r\n"

    private static func head(with line: String) -> String {
        quick.replacing("Host: a\r\n", with: "Host: a\r\n\(line)\r\n")
    }

    /// Counts the requests for a fast path.
    private final class CountingHandler: Handler {
        private let echo = EchoHandler()
        let count = Atomic(0)

        func receive(_ head: borrowing RequestHead) -> Reception { echo.receive(head) }

        func response(to error: ProtocolError) -> Response { echo.response(to: error) }

        func quickWay(for head: borrowing RequestHead) -> QuickWay? {
            guard let way = echo.quickWay(for: head) else { return nil }
            count.add(1, ordering: .relaxed)
            let isForeign = head.field("origin") != nil
            return QuickWay(number: way.number, otherFields: isForeign ? ResponseFields(["A": "b"]) : nil)
        }

        func answer(_ body: Span<UInt8>, by way: Int, into output: inout ByteBuffer) -> ResponseNote? {
            echo.answer(body, by: way, into: &output)
        }
    }
}
