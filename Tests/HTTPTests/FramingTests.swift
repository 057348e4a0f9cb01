import Testing

@testable import HTTP

@Suite struct FramingTests {
    private static func outcome(_ lines: String, version: String = "1.1") -> HeadOutcome? {
        parseHeadAtEverySplit("POST / HTTP/\(version)\r\nHost: a\r\n\(lines)\r\n")
    }

    @Test(
        "The framing of a body follows from its fields",
        arguments: [
            ("", BodyFraming.none), ("Content-Length: 0\r\n", .length(0)), ("Content-Length: 13\r\n", .length(13)),
            ("content-LENGTH:\t 13 \r\n", .length(13)), ("Content-Length: 0013\r\n", .length(13)),
            ("Content-Length: 9223372036854775807\r\n", .length(Int.max)),
            ("Content-Length: 9223372036854775808\r\n", .length(Int.max)),
            ("Content-Length: 18446744073709551629\r\n", .length(Int.max)),
            ("Content-Length: \(String(repeating: "9", count: 400))\r\n", .length(Int.max)),
            ("Transfer-Encoding: chunked\r\n", .chunked), ("transfer-encoding: ChUnKeD\r\n", .chunked),
            ("Transfer_Encoding: chunked\r\n", .none), ("TE: chunked\r\n", .none), ("Trailer: a\r\n", .none),
            ("Content_Length: 5\r\n", .none), ("X-Content-Length: 5\r\n", .none), ("Upgrade: h2c\r\n", .none),
            ("Transfer-Encoding:\t chunked\t \r\n", .chunked),
        ])
    func framing(lines: String, framing: BodyFraming) {
        #expect(Self.outcome(lines)?.head?.framing == framing)
    }

    @Test(
        "A length that is not one plain number is refused",
        arguments: [
            "-13", "+13", "0xd", "13a", "1 3", "", "13.0", "1_3", "\"13\"", "\u{B}13", "\u{A0}13", "13;q=1", "13e0",
            "-0",
            "13, 13", "13, 5", "13,", "13\r\nContent-Length: 13", "13\r\nContent-Length: 5", "13\r\nContent-Length:",
        ])
    func length(value: String) {
        #expect(Self.outcome("Content-Length: \(value)\r\n")?.rule != nil)
    }

    @Test(
        "Transfer codings other than chunked, alone and last, are refused",
        arguments: [
            "identity", "xchunked", "chunkedx", "\"chunked\"", "chunked, identity", "chunk", "", "chunked, chunked",
            "chunked\r\nTransfer-Encoding: chunked", "chunked;a=b", "chunked ; a", ",chunked", "chunked,",
            "chunked, gzip",
            "gzip", "chunked\r\nTransfer-Encoding: x", "chunked\u{A0}", "\u{A0}chunked", "gz ip, chunked",
            "gzip,,chunked",
        ])
    func transferCoding(value: String) {
        #expect(Self.outcome("Transfer-Encoding: \(value)\r\n")?.rule != nil)
    }

    @Test(
        "An unknown coding before chunked is 501",
        arguments: ["gzip, chunked", "bogus,chunked", "gzip\r\nTransfer-Encoding: chunked", "a;b=c, d , chunked"])
    func unknownCoding(value: String) {
        #expect(Self.outcome("Transfer-Encoding: \(value)\r\n")?.error == .unknownTransferCoding)
    }

    @Test("Content-Length beside Transfer-Encoding is refused, in either order")
    func both() {
        #expect(Self.outcome("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")?.rule != nil)
        #expect(Self.outcome("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n")?.rule != nil)
        #expect(Self.outcome("Transfer-Encoding: gzip, chunked\r\nContent-Length: 5\r\n")?.rule != nil)
    }

    @Test("Transfer-Encoding in HTTP/1.0 is refused")
    func version10() {
        #expect(
            Self.outcome("Transfer-Encoding: chunked\r\n", version: "1.0")?.rule == "HTTP/1.0 has no Transfer-Encoding."
        )
    }

    @Test(
        "Whether the connection is kept follows from version and Connection",
        arguments: [
            ("1.1", "", true), ("1.1", "Connection: close\r\n", false), ("1.1", "Connection: CLOSE\r\n", false),
            ("1.1", "Connection: a , close\r\n", false), ("1.1", "Connection: a\r\nConnection: close\r\n", false),
            ("1.1", "Connection: closed\r\n", true), ("1.1", "Connection: keep-alive, close\r\n", false),
            ("1.1", "Connection: ,\r\n", true), ("1.1", "Connection:\r\n", true), ("1.0", "", false),
            ("1.0", "Connection: keep-alive\r\n", true), ("1.0", "Connection: Keep-Alive\r\n", true),
            ("1.0", "Connection: close, keep-alive\r\n", false),
            ("1.0", "Connection: a\r\nConnection: keep-alive\r\n", true),
            ("1.0", "Proxy-Connection: keep-alive\r\n", false), ("1.0", "Keep-Alive: timeout=5\r\n", false),
            ("1.1", "Proxy-Connection: close\r\n", true), ("1.1", "Connection: \"close\"\r\n", true),
            ("1.1", "Connection: \t,close,\t\r\n", false), ("1.2", "", true), ("1.2", "Connection: close\r\n", false),
        ])
    func persistence(version: String, lines: String, isPersistent: Bool) {
        #expect(Self.outcome(lines, version: version)?.head?.isPersistent == isPersistent)
    }

    @Test(
        "An expectation is none, 100-continue or unknown",
        arguments: [
            ("1.1", "", HTTP.Expectation.none), ("1.1", "Expect: 100-continue\r\n", .continue100),
            ("1.1", "expect: 100-CONTINUE\r\n", .continue100), ("1.1", "Expect:\r\n", .none),
            ("1.1", "Expect: 200-ok\r\n", .unknown), ("1.1", "Expect: 100-continue, a\r\n", .unknown),
            ("1.1", "Expect: a\r\nExpect: 100-continue\r\n", .unknown), ("1.0", "Expect: 100-continue\r\n", .none),
        ])
    func expectation(version: String, lines: String, expectation: HTTP.Expectation) {
        #expect(Self.outcome(lines, version: version)?.head?.expectation == expectation)
    }
}
