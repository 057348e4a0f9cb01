import Testing

@testable import HTTP

/// Tests that lines read eight bytes at a time are either read as by the full parser or left to it.
@Suite struct OrdinaryLineTests {
    @Test(
        "An ordinary request line is read as every other one",
        arguments: [
            "POST /v1/sigmoid/forward HTTP/1.1", "GET /1234567 HTTP/1.1", "GET /v1/leaky_relu HTTP/1.1",
            "GET /openapi.json HTTP/1.1", "GET //-._/aZ09 HTTP/1.1",
        ])
    func requestLines(line: String) throws {
        let bytes = line.latin1
        let ordinary = RequestLine(ordinary: 0..<bytes.count, in: bytes.span)
        let careful = try RequestLine(0..<bytes.count, in: bytes.span)
        #expect(ordinary == careful)
    }

    @Test(
        "A request line that is not ordinary is left to the careful reader",
        arguments: [
            "", "GET / HTTP/1.1", "GET /123456 HTTP/1.1", "PUT /v1/sigmoid/forward HTTP/1.1",
            "get /v1/sigmoid/forward HTTP/1.1", "POST  /v1/sigmoid/forward HTTP/1.1", "POST /v1/sigmoid HTTP/1.0",
            "POST /v1/sigmoid/forward http/1.1", "POST /v1/sigmoid/forward  HTTP/1.1", "POST v1/sigmoid/ HTTP/1.1",
            "GET /v1/sigmoid?x=1 HTTP/1.1", "GET /v1/%73igmoid HTTP/1.1", "GET /v1/sigmoid#a HTTP/1.1",
            "GET /v1/sig moid/forward HTTP/1.1", "GET http://a/v1/tanh HTTP/1.1", "GET /v1/sigmoid~ HTTP/1.1",
            "GET /v1/sigmoid/forward\tHTTP/1.1", "GET /v1/sigmoid/forward HTTP/1.1 ",
        ])
    func otherRequestLines(line: String) {
        let bytes = line.latin1
        let ordinary = RequestLine(ordinary: 0..<bytes.count, in: bytes.span)
        #expect(ordinary == nil)
    }

    /// Enough bytes after a line for it to be read to its end in whole words.
    private static let behind = "Next: 01234567\r\n".latin1

    @Test(
        "An ordinary field line comes without the whitespace around its value",
        arguments: [
            ("Host: 127.0.0.1:8080", "127.0.0.1:8080"), ("A:b", "b"), ("content-length:  13", "13"),
            ("Content-Type: \tapplication/json \t", "application/json"), ("A-long-name-of-letters:", ""),
            ("Empty: ", ""), ("Blank: \t  ", ""), ("Tab: a\tb\t\tc", "a\tb\t\tc"), ("Colons: :a::", ":a::"),
            ("Opaque: \u{80}\u{FF}", "\u{80}\u{FF}"), ("Eight: 1234567", "1234567"), ("Nine: 12345678", "12345678"),
        ])
    func fieldLines(line: String, value: String) throws {
        let bytes = line.latin1 + "\r\n".latin1 + Self.behind
        var start = 0
        let field = try #require(FieldLine(ordinaryIn: bytes.span, from: &start, before: bytes.count))
        #expect(start == line.latin1.count + 2)
        let nameEnd = line.latin1.firstIndex(of: Byte.colon)
        #expect(field.name.lowerBound == 0 && field.name.upperBound == nameEnd)
        #expect(Array(bytes[field.value]) == value.latin1)
    }

    @Test(
        "A field line that is not ordinary is left to the careful reader, and nothing of it is read",
        arguments: [
            "", "Host", ": value", "Host : a", "X_1: a", "Name1: a", " Folded: a", "A: b\u{0}c", "A: b\u{7F}c",
            "A: b\nc",
            "A: b\rc", "A: b\r\rc", "N\u{E4}me: a",
        ])
    func otherFieldLines(line: String) {
        let bytes = line.latin1 + "\r\n".latin1 + Self.behind
        var start = 0
        let field = FieldLine(ordinaryIn: bytes.span, from: &start, before: bytes.count)
        #expect(field == nil)
        #expect(start == 0)
    }

    @Test("Nothing is looked at behind the end")
    func end() {
        let bytes = "Host: a23456789\r\n".latin1 + Self.behind
        for end in 0...17 {
            var start = 0
            // The bytes up to the end are never enough for a word after the line.
            #expect(FieldLine(ordinaryIn: bytes.span, from: &start, before: end) == nil || end >= 17)
        }
    }

    @Test("A head is the same with ordinary lines, others, and both")
    func heads() throws {
        let lines = [
            "Host: example.com:80", "Content-Type: application/json", "X-1: a", "Content-Length: 13", "Accept: */*",
            "X_2: \t b\tc ", "Connection: close",
        ]
        // All subsets are tried, so that each line precedes and follows each other one.
        for set in 0..<(1 << lines.count) where set & 1 == 1 {
            let chosen = lines.indices.filter { set >> $0 & 1 == 1 }.map { lines[$0] }
            let head = "POST /v1/sigmoid/forward HTTP/1.1\r\n\(chosen.joined(separator: "\r\n"))\r\n\r\n"
            let bytes = head.latin1
            let whole = parseHead([(bytes + Self.behind)[...]])
            let byBytes = parseHead(bytes.indices.map { bytes[$0...$0] })
            #expect(whole == byBytes)
            #expect(whole.head?.byteCount == bytes.count)
        }
    }
}
