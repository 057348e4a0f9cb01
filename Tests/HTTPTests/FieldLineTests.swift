import Testing

@testable import HTTP

@Suite struct FieldLineTests {
    private static func head(_ lines: String) -> String { "GET / HTTP/1.1\r\nHost: a\r\n\(lines)\r\n" }

    @Test(
        "Valid field lines come without the whitespace around their values",
        arguments: [
            ("A: b\r\n", ["A=b"]), ("A:b\r\n", ["A=b"]), ("A: \t b \t \r\n", ["A=b"]), ("A:\r\nB: \r\n", ["A=", "B="]),
            ("A: b:c::d\r\n", ["A=b:c::d"]), ("A: b c\td\r\n", ["A=b c\td"]),
            ("!#$%&'*+-.^_`|~09AZaz: v\r\n", ["!#$%&'*+-.^_`|~09AZaz=v"]),
            ("A: 1\r\nA: 2\r\n", ["A=1", "A=2"]),
            ("A: 0123456789abcdef0123456789\r\n", ["A=0123456789abcdef0123456789"]),
        ])
    func valid(lines: String, fields: [String]) {
        guard case .complete(_, let parsed)? = parseHeadAtEverySplit(Self.head(lines)) else {
            Issue.record("The head is not accepted, or not at every split.")
            return
        }
        #expect(parsed == ["Host=a"] + fields)
    }

    @Test(
        "Bytes above ASCII are allowed in values", arguments: ["A: caf\u{E9} \u{FF}\r\n", "A: \u{80}234567\u{80}\r\n"])
    func opaqueBytes(line: String) {
        #expect(parseHeadAtEverySplit(Self.head(line))?.head != nil)
    }

    @Test(
        "A field line that breaks the grammar is refused",
        arguments: [
            ("A : b\r\n", "There is whitespace in a field name or before its colon."),
            ("A\t: b\r\n", "There is whitespace in a field name or before its colon."),
            (" A: b\r\n", "A field line begins with whitespace."), ("\tb\r\n", "A field line begins with whitespace."),
            ("A\r\n", "A field line has no colon, or does not end in CRLF."),
            ("A\n", "A field line has no colon, or does not end in CRLF."), (": b\r\n", "A field name is empty."),
            ("A\u{0}: b\r\n", "A field name has a character that is not allowed in one."),
            ("A(: b\r\n", "A field name has a character that is not allowed in one."),
            ("A\u{80}: b\r\n", "A field name has a character that is not allowed in one."),
            ("A/: b\r\n", "A field name has a character that is not allowed in one."),
            ("A[0]: b\r\n", "A field name has a character that is not allowed in one."),
            ("A: b\u{0}c\r\n", "A field value has a control character."),
            ("A: b\u{1}c\r\n", "A field value has a control character."),
            ("A: 0123456\u{7F}\r\n", "A field value has a control character."),
            ("A: 01234567890\u{8}bcdefg\r\n", "A field value has a control character."),
            ("A: b\n", "A field value has a control character."),
            ("A: b\rc\r\n", "A carriage return is not followed by a line feed."),
            ("A: b\r\rc\r\n", "A carriage return is not followed by a line feed."),
            ("\rX\r\n", "A carriage return is not followed by a line feed."),
        ])
    func malformed(lines: String, rule: String) {
        #expect(parseHeadAtEverySplit(Self.head(lines))?.rule == rule)
    }

    @Test("A header section of exactly the limit is taken, a byte more is 431")
    func length() {
        var limits = RequestLimits()
        limits.headerByteCountMax = 20
        let line = "GET / HTTP/1.1\r\n"
        #expect(parseHeadAtEverySplit(line + "Host: a23456789a\r\n\r\n", limits: limits)?.head != nil)
        let tooLarge = ProtocolError.headersTooLarge(limit: "The header section is too long.")
        #expect(parseHeadAtEverySplit(line + "Host: a23456789ab\r\n\r\n", limits: limits)?.error == tooLarge)
        #expect(parseHeadAtEverySplit(line + "Hosthosthosthosthosthost", limits: limits)?.error == tooLarge)
        #expect(
            parseHeadAtEverySplit(line + "Host: aaaaaaaaaaaaaaaaaaaaaaaaaa\u{1}", limits: limits)?.error == tooLarge)
    }

    @Test("As many fields as the limit are taken, one more is 431")
    func count() {
        var limits = RequestLimits()
        limits.fieldCountMax = 3
        #expect(parseHeadAtEverySplit(Self.head("A: b\r\nA: b\r\n"), limits: limits)?.head != nil)
        #expect(
            parseHeadAtEverySplit(Self.head("A: b\r\nA: b\r\nA: b\r\n"), limits: limits)?.error
                == .headersTooLarge(limit: "The request has too many fields."))
    }

    @Test("An incomplete head is neither accepted nor refused")
    func incomplete() {
        let bytes = Self.head("A: b\r\n").latin1
        for count in 0..<bytes.count { #expect(parseHead([bytes[..<count]]) == .incomplete) }
    }

    @Test("A parser that is reset forgets the last request")
    func reset() throws {
        var parser = HeadParser()
        let first = Self.head("Content-Length: 5\r\nConnection: close\r\n").latin1
        _ = try parser.parse(first.span, limits: RequestLimits())
        parser.reset()
        let second = Self.head("").latin1
        let head = try #require(try parser.parse(second.span, limits: RequestLimits()))
        #expect(head.framing == .none)
        #expect(head.isPersistent)
        #expect(parser.fieldLines.count == 1)
    }
}
