import Testing

@testable import HTTP

@Suite struct HostTests {
    @Test(
        "A valid Host is accepted",
        arguments: [
            "example.com", "127.0.0.1:65535", "[::1]:8080", "[::]", "[1:2:3:4:5:6:7:8]", "[::ffff:1.2.3.4]", "[1::8]",
            "[v1.a:b]", "EXAMPLE.com.", "a-b_c~d.e", "a:", "a:0", "", "%41", "xn--e1afmkfd", "1.2.3",
        ])
    func valid(value: String) {
        #expect(parseHeadAtEverySplit("GET / HTTP/1.1\r\nHost: \(value)\r\n\r\n")?.head != nil)
    }

    @Test(
        "An invalid Host is refused",
        arguments: [
            "a b", "a/b", "user@a", "a?b", "a:b", "a:80:80", "[::1", "http://a", "a\u{0}b", "<a>", "a\\b", "a#b", "%zz",
            "%4",
            ":80", "a:65536", "a:99999999999999999999", "[::1]a", "[]", "[:]", "[1:2:3]", "[1:2:3:4:5:6:7:8:9]",
            "[:::]",
            "[1::2::3]", "[12345::]", "[::1.2.3]", "[::1.2.3.256]", "[::01.2.3.4]", "[::1.2.3.4.5]", "[1:]", "[v.a]",
            "[vg.a]",
            "[v1.]", "::1", "\u{E9}", "[::1%25eth0]", "1:2:3:4:5:6:7:1.2.3.4",
        ])
    func invalid(value: String) {
        #expect(parseHeadAtEverySplit("GET / HTTP/1.1\r\nHost: \(value)\r\n\r\n")?.rule != nil)
    }

    @Test("HTTP/1.1 needs exactly one Host, HTTP/1.0 at most one")
    func count() {
        #expect(parseHeadAtEverySplit("GET / HTTP/1.1\r\n\r\n")?.rule == "An HTTP/1.1 request needs a Host field.")
        #expect(
            parseHeadAtEverySplit("GET http://a/ HTTP/1.1\r\n\r\n")?.rule == "An HTTP/1.1 request needs a Host field.")
        #expect(parseHeadAtEverySplit("GET / HTTP/1.0\r\n\r\n")?.head != nil)
        for version in ["1.0", "1.1"] {
            let text = "GET / HTTP/\(version)\r\nHost: a\r\nHost: a\r\n\r\n"
            #expect(parseHeadAtEverySplit(text)?.rule == "The Host field is repeated.")
        }
    }
}
