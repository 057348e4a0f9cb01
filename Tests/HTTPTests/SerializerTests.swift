import Testing

@testable import HTTP

@Suite struct SerializerTests {
    @Test(
        "Date is an IMF-fixdate in UTC",
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (1_709_251_199, "Thu, 29 Feb 2024 23:59:59 GMT"),
            (1_709_251_200, "Fri, 01 Mar 2024 00:00:00 GMT"), (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 GMT"),
            (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"), (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
            (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
        ])
    func date(unixSeconds: Int, text: String) {
        var field = DateField()
        field.update(unixSeconds: unixSeconds)
        #expect(String(decoding: field.line, as: UTF8.self) == "Date: \(text)\r\n")
    }

    private static let dated = "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n"

    @Test(
        "A response is framed by what it is and whom it answers",
        arguments: [
            (
                Response(.ok, fields: ResponseFields(["A": "b"]), body: .bytes([0x68, 0x69])),
                Exchange(isPersistent: true), true,
                "HTTP/1.1 200 OK\r\nA: b\r\n\(dated)Content-Length: 2\r\n\r\nhi"
            ),
            (
                Response(.ok, body: .bytes([0x68, 0x69])), Exchange(isHead: true), true,
                "HTTP/1.1 200 OK\r\n\(dated)Content-Length: 2\r\n\r\n"
            ),
            (
                Response(.ok, body: .bytes([])), Exchange(), false,
                "HTTP/1.1 200 OK\r\n\(dated)Connection: close\r\nContent-Length: 0\r\n\r\n"
            ),
            (Response(.ok, body: .none), Exchange(), true, "HTTP/1.1 200 OK\r\n\(dated)Content-Length: 0\r\n\r\n"),
            (Response(.ok, body: .withheld), Exchange(isHead: true), true, "HTTP/1.1 200 OK\r\n\(dated)\r\n"),
            (Response(.noContent, body: .none), Exchange(), true, "HTTP/1.1 204 No Content\r\n\(dated)\r\n"),
            (Response(.noContent, body: .bytes([1])), Exchange(), true, "HTTP/1.1 204 No Content\r\n\(dated)\r\n"),
            (Response(.notModified, body: .none), Exchange(), true, "HTTP/1.1 304 Not Modified\r\n\(dated)\r\n"),
            (
                Response(.ok, body: .bytes([0x68])), Exchange(minorVersion: 0), true,
                "HTTP/1.1 200 OK\r\n\(dated)Connection: keep-alive\r\nContent-Length: 1\r\n\r\nh"
            ),
        ] as [(Response, Exchange, Bool, String)])
    func response(response: Response, exchange: Exchange, isPersistent: Bool, text: String) {
        var context = ConversationContext(
            handler: EchoHandler(), limits: RequestLimits(), timeouts: ConnectionTimeouts())
        context.append(response, to: exchange, isPersistent: isPersistent)
        #expect(context.output.text == text)
    }

    @Test("A number is written in its digits", arguments: [0, 1, 9, 10, 99, 100, 105, 999, 1000, 65_536, Int.max])
    func decimal(number: Int) {
        let text = [UInt8](capacity: 19) { $0.append(decimal: number) }
        #expect(String(decoding: text, as: UTF8.self) == String(number))
    }

    @Test("A quick answer is the response that it stands for, byte for byte, and at every second")
    func quickAnswers() throws {
        for prefix in [nil, 0xAB] as [UInt64?] {
            var context = ConversationContext(
                handler: EchoHandler(), limits: RequestLimits(), timeouts: ConnectionTimeouts(),
                requestIDPrefix: prefix)
            for second in [0, 1, 1, 784_111_777] {
                context.setTime(monotonicMilliseconds: second, unixSeconds: second)
                // Lengths with more, fewer and as many digits as the previous one, and the same length again.
                for count in [0, 1, 1, 12, 9, 1234, 10, 65_536, 65_537, 999] {
                    let body = [UInt8](repeating: 0x62, count: count)
                    let way = QuickWay(number: 1)
                    let exchange = Exchange(isPersistent: true, id: context.makeID())
                    context.append("before")
                    let answer = context.answer(body.span, by: way, to: exchange)
                    #expect(answer?.byteCount == count)
                    let quick = context.takeOutput()
                    let found = context.response(to: body.span, by: way)
                    let response = try #require(found)
                    #expect(response.note == answer?.note)
                    context.append("before")
                    context.append(response, to: exchange, isPersistent: true)
                    let usual = context.takeOutput()
                    #expect(quick == usual)
                }
            }
        }
    }

    @Test("An answer that differs in more than length and name is no quick one")
    func otherAnswers() throws {
        var context = ConversationContext(
            handler: EchoHandler(), limits: RequestLimits(), timeouts: ConnectionTimeouts(), requestIDPrefix: 1)
        let given = RequestID(Array("given".utf8).span)
        let plain = QuickWay(number: 1)
        let body = Array("a".utf8)
        let withFields = QuickWay(number: 1, otherFields: ResponseFields(["A": "b"]))
        for (way, exchange) in [
            (plain, Exchange(isPersistent: false)), (plain, Exchange(minorVersion: 0, isPersistent: true)),
            (plain, Exchange(isPersistent: true, id: given)), (withFields, Exchange(isPersistent: true)),
        ] {
            let answer = context.answer(body.span, by: way, to: exchange)
            #expect(answer == nil)
        }
        context.isDraining = true
        let answer = context.answer(body.span, by: plain, to: Exchange(isPersistent: true))
        #expect(answer == nil)
        #expect(context.output.text == "")
        let found = context.response(to: body.span, by: withFields)
        let response = try #require(found)
        #expect(context.output.text == "")
        let fields = String(decoding: response.fields.bytes, as: UTF8.self)
        #expect(fields == "X-Echo: yes\r\nA: b\r\n")
    }

    @Test("A large body stays a segment of its own")
    func largeBody() {
        var context = ConversationContext(
            handler: EchoHandler(), limits: RequestLimits(), timeouts: ConnectionTimeouts())
        let body = [UInt8](repeating: 1, count: 65_537)
        context.append(Response(.ok, body: .bytes(body)), to: Exchange(), isPersistent: true)
        #expect(context.largeBody == body)
        #expect(context.output.text.hasSuffix("Content-Length: 65537\r\n\r\n"))
    }

    @Test(
        "Pieces are sealed as chunks",
        arguments: [
            ("", false, ""), ("", true, "0\r\n\r\n"), ("a", false, "1\r\na\r\n"), ("a", true, "1\r\na\r\n0\r\n\r\n"),
            ("0123456789abcdef0", false, "11\r\n0123456789abcdef0\r\n"),
            (
                String(repeating: "x", count: 0xABCDE), true,
                "abcde\r\n\(String(repeating: "x", count: 0xABCDE))\r\n0\r\n\r\n"
            ),
        ])
    func chunks(piece: String, isLast: Bool, wire: String) {
        var buffer = [UInt8](repeating: 0, count: StreamFraming.prefixByteCount) + piece.utf8
        let start = StreamFraming.chunked.seal(&buffer, isLast: isLast)
        #expect(String(decoding: buffer[start...], as: UTF8.self) == wire)
        #expect(buffer.count <= StreamFraming.prefixByteCount + piece.utf8.count + StreamFraming.suffixByteCount)
    }

    @Test("To the close of the connection, pieces go as they are")
    func plainPieces() {
        var buffer = [UInt8](repeating: 0, count: StreamFraming.prefixByteCount) + "ab".utf8
        let start = StreamFraming.untilClose.seal(&buffer, isLast: true)
        #expect(String(decoding: buffer[start...], as: UTF8.self) == "ab")
    }
}

extension ConversationContext {
    /// Removes the output and the large body, and returns both.
    fileprivate mutating func takeOutput() -> String {
        defer { largeBody = nil }
        return output.takeText() + String(decoding: largeBody ?? [], as: UTF8.self)
    }
}
