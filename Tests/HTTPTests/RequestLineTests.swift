import Testing

@testable import HTTP

@Suite struct RequestLineTests {
    @Test(
        "A valid request line gives method, path, query and version",
        arguments: [
            ("GET / HTTP/1.1", Method.get, "/", nil, 1),
            ("GET /a/b?c=d HTTP/1.1", .get, "/a/b", "c=d", 1),
            ("GET /a? HTTP/1.1", .get, "/a", "", 1),
            ("GET /a??b HTTP/1.1", .get, "/a", "?b", 1),
            ("GET /?input=[\"NaN\"] HTTP/1.1", .get, "/", "input=[\"NaN\"]", 1),
            ("GET /?%zz HTTP/1.1", .get, "/", "%zz", 1),
            ("GET /%41%2f HTTP/1.1", .get, "/%41%2f", nil, 1),
            ("GET //a HTTP/1.1", .get, "//a", nil, 1),
            ("POST / HTTP/1.0", .post, "/", nil, 0),
            ("GET / HTTP/1.2", .get, "/", nil, 1),
            ("GET / HTTP/1.9", .get, "/", nil, 1),
            ("OPTIONS * HTTP/1.1", .options, "*", nil, 1),
            ("CONNECT example.com:443 HTTP/1.1", .connect, "example.com:443", nil, 1),
            ("GET http://a/b?c HTTP/1.1", .get, "/b", "c", 1),
            ("GET http://a HTTP/1.1", .get, "/", nil, 1),
            ("GET http://a?b HTTP/1.1", .get, "/", "b", 1),
            ("GET HTTPS://[::1]:80/b HTTP/1.1", .get, "/b", nil, 1),
            ("GET http://other:65535/b HTTP/1.1", .get, "/b", nil, 1),
            ("OPTIONS http://a HTTP/1.1", .options, "/", nil, 1),
            ("CONNECT [::1]:65535 HTTP/1.1", .connect, "[::1]:65535", nil, 1),
            ("PROPFIND / HTTP/1.1", .otherRegistered, "/", nil, 1),
        ] as [(String, Method, String, String?, Int)])
    func valid(line: String, method: Method, path: String, query: String?, minorVersion: Int) throws {
        let text = line + "\r\nHost: a\r\n\r\n"
        let head = try #require(parseHeadAtEverySplit(text)?.head)
        let bytes = text.latin1
        #expect(head.method == method)
        #expect(String(decoding: bytes[head.path], as: UTF8.self) == path)
        #expect(head.query.map { String(decoding: bytes[$0], as: UTF8.self) } == query)
        #expect(head.minorVersion == minorVersion)
    }

    @Test(
        "A request line that breaks the grammar is refused where it does",
        arguments: [
            ("GET  / HTTP/1.1", 4), (" GET / HTTP/1.1", 0), ("GET\t/ HTTP/1.1", 3), ("GET\u{B}/ HTTP/1.1", 3),
            ("GET / HTTP/1.1 ", 6), ("GET / a HTTP/1.1", 6), ("GET /", 5), ("GET", 3), ("GET HTTP/1.1", 12),
            ("GET / http/1.1", 6), ("GET / HTTP/1.10", 6), ("GET / HTTP/1", 6), ("GET / HTTP/1.1x", 6),
            ("GET / HTTPS/1.1", 6), ("GET / HTTP/1,1", 6), ("GET / HTTP/.1", 6), ("GET / HTTP/a.1", 6),
            ("GE(T / HTTP/1.1", 2), ("HTTP/1.1 200 OK", 4), ("GET /\u{0} HTTP/1.1", 5), ("GET /\u{1} HTTP/1.1", 5),
            ("GET /\u{7F} HTTP/1.1", 5), ("GET /\u{E9} HTTP/1.1", 5), ("GET /#a HTTP/1.1", 5), ("GET /?#a HTTP/1.1", 6),
            ("GET a HTTP/1.1", 4), ("GET * HTTP/1.1", 4), ("OPTIONS ** HTTP/1.1", 8), ("GET a:80 HTTP/1.1", 4),
            ("GET /%zz HTTP/1.1", 5), ("GET /%4 HTTP/1.1", 5), ("GET /% HTTP/1.1", 5), ("GET /\\a HTTP/1.1", 5),
            ("GET /<a> HTTP/1.1", 5), ("GET http:///a HTTP/1.1", 11), ("GET http://u@a/ HTTP/1.1", 11),
            ("GET http://a:b/ HTTP/1.1", 11), ("GET ftp://a/ HTTP/1.1", 4), ("GET http:/a HTTP/1.1", 4),
            ("CONNECT example.com HTTP/1.1", 8), ("CONNECT /a HTTP/1.1", 8), ("CONNECT a: HTTP/1.1", 8),
            ("GET /\r HTTP/1.1", 5), ("GET / HTTP/1.1\n", 14), ("GET / HTTP/1.1\r\n A: b", 16),
            ("GET / HTTP/1.1\r\n\tA: b", 16), ("GET http://a:65536/ HTTP/1.1", 11), ("GET http://a@/ HTTP/1.1", 11),
            ("GET http://a/#b HTTP/1.1", 13), ("GET http://a/\u{80} HTTP/1.1", 13), ("GET http://a b/ HTTP/1.1", 13),
            ("CONNECT a:65536 HTTP/1.1", 8), ("CONNECT http://a:80 HTTP/1.1", 8), ("CONNECT u@a:80 HTTP/1.1", 8),
            ("OPTIONS *?a HTTP/1.1", 8), ("OPTIONS a HTTP/1.1", 8), ("GET ?a HTTP/1.1", 4),
        ])
    func malformed(line: String, offset: Int) {
        let outcome = parseHeadAtEverySplit(line + "\r\nHost: a\r\n\r\n")
        #expect(outcome?.rule != nil)
        #expect(outcome?.offset == offset)
    }

    @Test(
        "A method that nobody registered is a complete head without a method",
        arguments: ["FROB", "get", "A", "Post", "!#$%&'*+-.^_`|~", String(repeating: "M", count: 500)])
    func unknownMethod(name: String) throws {
        let head = try #require(parseHeadAtEverySplit("\(name) / HTTP/1.1\r\nHost: a\r\n\r\n")?.head)
        #expect(head.method == nil)
    }

    @Test("Another major version is refused once the head has shown no worse", arguments: ["2.0", "0.9", "3.1", "9.9"])
    func majorVersion(version: String) {
        #expect(parseHeadAtEverySplit("GET / HTTP/\(version)\r\n\r\n")?.error == .versionNotSupported)
        #expect(parseHeadAtEverySplit("PRI * HTTP/\(version)\r\n\r\n")?.error == .versionNotSupported)
        #expect(parseHeadAtEverySplit("FROB * HTTP/\(version)\r\n\r\n")?.error == .unknownMethod)
        #expect(parseHeadAtEverySplit("GET / HTTP/\(version)\r\nA b\r\n\r\n")?.rule != nil)
    }

    @Test("Two empty lines before a request are ignored, a third is not")
    func emptyLines() {
        let request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
        #expect(parseHeadAtEverySplit("\r\n" + request)?.head?.byteCount == request.utf8.count + 2)
        #expect(parseHeadAtEverySplit("\r\n\r\n" + request)?.head?.byteCount == request.utf8.count + 4)
        #expect(parseHeadAtEverySplit("\r\n\r\n\r\n" + request)?.rule == "Too many empty lines precede the request.")
        #expect(parseHeadAtEverySplit("\n" + request)?.offset == 0)
        #expect(parseHeadAtEverySplit("\r\r\n" + request)?.offset == 0)
    }

    @Test("A request line of exactly the limit is taken, one byte more is 414")
    func length() {
        var limits = RequestLimits()
        limits.requestLineByteCountMax = 20
        let rest = "\r\nHost: a\r\n\r\n"
        #expect(parseHeadAtEverySplit("GET /abcdef HTTP/1.1" + rest, limits: limits)?.head != nil)
        #expect(
            parseHeadAtEverySplit("GET /abcdefg HTTP/1.1" + rest, limits: limits)?.error
                == .uriTooLong(byteCountMax: 20))
        #expect(parseHeadAtEverySplit("GET /abcdefghijklmnopq", limits: limits)?.error == .uriTooLong(byteCountMax: 20))
    }

    @Test("Every registered method is known by its exact name")
    func methods() {
        for method in Method.allCases where method != .otherRegistered {
            #expect(Method(method.rawValue.latin1.span) == method)
            #expect(Method(method.rawValue.lowercased().latin1.span) == nil)
        }
        #expect(Method("MKCALENDAR".latin1.span) == .otherRegistered)
        #expect(Method("*".latin1.span) == nil)
    }

    /// The lengths cover all positions in a word, since the query is searched eight bytes at a time.
    @Test("A fragment is refused wherever in a query it begins", arguments: 0..<20)
    func fragment(position: Int) {
        for queryByteCount in position + 1...position + 17 {
            var query = Array(repeating: UInt8(ascii: "1"), count: queryByteCount)
            query[position] = UInt8(ascii: "#")
            let outcome = parseHeadAtEverySplit("GET /?\(String(decoding: query, as: UTF8.self)) HTTP/1.1\r\n\r\n")
            #expect(outcome?.rule == "The target has a fragment.")
            #expect(outcome?.offset == 6 + position)
        }
    }
}
