import HTTP
import Testing

@testable import ActivationAPI

/// Tests header values that real clients send, including those outside the grammar.
@Suite struct ClientHeaderTests {
    private static let get = "/v1/sigmoid/forward?input=0"
    private static let body = Array(#"{"input":0}"#.utf8)

    /// A field's value and the client that sends it.
    struct Row: Sendable, CustomTestStringConvertible {
        let client: String
        let value: String

        init(_ client: String, _ value: String) {
            self.client = client
            self.value = value
        }

        var testDescription: String { "\(client): \(value)" }
    }

    // MARK: Accept

    private static let accepted = [
        Row("HttpURLConnection up to Java 8", "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"),
        Row("the same with a name of its own", "text/html, image/gif, *; q=.2, */*; q=.2"),
        Row("a bare star", "*"),
        Row("four decimals", "application/json;q=0.0001"),
        Row("many decimals", "text/html, */*;q=0.00000000000000000001"),
        Row("Chrome", "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"),
        Row("Internet Explorer", "image/gif, image/x-xbitmap, image/jpeg, application/msword, */*"),
        Row("jQuery", "application/json, text/javascript, */*; q=0.01"),
        Row("axios", "application/json, text/plain, */*"),
        Row(
            "Spring RestTemplate", "application/xml, text/xml, application/json, application/*+xml, application/*+json"),
        Row("OData", "application/json;odata.metadata=minimal;odata.streaming=true"),
        Row("WCF", "application/json;charset=utf-8"),
        Row("blanks around =", "application/json ; q = 0.5"),
        Row("upper case", "APPLICATION/JSON;Q=1"),
        Row("empty elements", ", ,application/json,,"),
        Row("an empty field", ""),
        Row("a quoted comma", #"text/html;x="a, */*;q=0", application/json"#),
        Row("a quoted semicolon", #"application/json;profile="a;q=0""#),
        Row("an escaped quote", #"application/json;profile="a\";q=0""#),
        Row("a quote that is never closed", #"text/html;x="a, application/json"#),
        Row("a quoted weight", #"application/json;q="0.5""#),
        Row("a point at the end", "application/json;q=1."),
        Row("a leading zero", "application/json;q=00.5"),
        Row("no weight", "application/json;q="),
        Row("a weight above 1", "application/json;q=1.5"),
        Row("a negative weight", "application/json;q=-1"),
        Row("a word as weight", "application/json;q=high"),
        Row("the same range twice", "application/json;q=0, application/json"),
        Row("nothing readable", "json"),
    ]

    @Test(arguments: accepted) func anAcceptThatLeavesRoomForJSONGetsIt(row: Row) {
        #expect(TestClient().get(Self.get, ["Accept": row.value]).status == 200)
        #expect(TestClient().send(.post, "/v1/sigmoid/forward", ["Accept": row.value], body: Self.body).status == 200)
    }

    private static let excluded = [
        Row("zero with decimals", "application/json;q=0.0000"), Row("zero in quotes", #"*/*;q="0""#),
        Row("a bare star of weight 0", "*;q=0"), Row("a point before zeros", "*/*; q=.0"),
        Row("GitHub", "application/vnd.github+json"), Row("an image", "image/avif,image/webp;q=0.8"),
        Row("blanks around =", "*/* ; q = 0"),
    ]

    @Test(arguments: excluded) func anAcceptThatExcludesJSONGets406(row: Row) {
        #expect(TestClient().get(Self.get, ["Accept": row.value]).status == 406)
    }

    @Test(arguments: [
        ("text/html;q=0.0002, application/json;q=0.0001", "text/html"),
        ("text/html;q=0.0001, application/json;q=0.0002", "application/json"),
        ("text/html, *; q=.2, */*; q=.2", "text/html"), ("*;q=.3, text/html;q=.2", "application/json"),
    ])
    func theIndexGoesByTheWeights(accept: String, type: String) {
        #expect(TestClient().get("/", ["Accept": accept]).fields["content-type"]?.hasPrefix(type) == true)
    }

    @Test(arguments: [
        #"\",\","#, #"",""#, #"",","#, #"\\","#, #"",\\"#, #"";"#, #"\";\";"#, #"";\";"#, ",", "a", #"\"#, "\"",
        #"",a;"b,"#,
    ])
    func aListIsSplitInTimeLinearInItsLength(part: String) {
        for list in [part, "\"" + part, "\\" + part, "x\"y,\"\"" + part] {
            let bytes = Array((list + String(repeating: part, count: 2_000)).utf8)
            for separator in [UInt8(ascii: ","), UInt8(ascii: ";")] {
                var scannedByteCount = 0
                var rest: Span<UInt8>? = bytes.span
                while let list = rest {
                    let split = list.splitOff(atUnquoted: separator)
                    scannedByteCount += split.scannedByteCount
                    rest = split.rest
                }
                #expect(scannedByteCount <= 2 * bytes.count)
            }
        }
    }

    @Test(arguments: [
        (#"a"b,c"#, [#"a"b"#, "c"]), (#"a"b,c"d,e"#, [#"a"b,c"d"#, "e"]), (#""a,"b",c,"#, [#""a,"b""#, "c", ""]),
        (#"a"",b",c,d"#, [#"a"""#, #"b""#, "c", "d"]), ("\"\",\",\",\"\"", ["\"\"", "\",\"", "\"\""]),
        (#""a\",b",c"#, [#""a\",b""#, "c"]),
        (#""a\\",b"#, [#""a\\""#, "b"]),
        (#"a\",b",c"#, [#"a\""#, #"b""#, "c"]), ("", [""]), (",", ["", ""]),
    ])
    func aListIsSplitOutsideOfQuotes(list: String, parts: [String]) {
        let bytes = Array(list.utf8)
        var found: [String] = []
        var rest: Span<UInt8>? = bytes.span
        while let list = rest {
            let split = list.splitOff(atUnquoted: UInt8(ascii: ","))
            found.append(String(decoding: split.part))
            rest = split.rest
        }
        #expect(found == parts)
    }

    // MARK: Accept-Encoding

    @Test(arguments: [
        "gzip, deflate, br", "gzip;q=0, identity;q=0", "*;q=0", "x-gzip", "", "identity", "gzip; q=.5, *; q=0",
        "GZIP , , br;q = 1", "compress, gzip;q=1.0001", "zstd", "identity;q=0, *;q=0",
    ])
    func anAnswerIsNotCompressedWhateverCodingsAreAccepted(codings: String) {
        let answer = TestClient().get(Self.get, ["Accept-Encoding": codings])
        #expect(answer.status == 200)
        #expect(answer.fields["content-encoding"] == nil)
    }

    // MARK: Content-Type and Content-Encoding

    private static let types = [
        Row("a quoted semicolon", #"application/json; a="b;c""#), Row("a quoted comma", #"application/json; a="b,c""#),
        Row("quoted text that looks like a charset", #"application/json; a="; charset=utf-16""#),
        Row("an escaped quote", #"application/json; a="\";charset=utf-16;""#),
        Row(".NET", "application/json; charset=utf-8"), Row("Java", "application/json;charset=UTF-8"),
        Row("utf8", "application/json; charset=utf8"), Row("quoted utf8", #"application/json; charset="UTF8""#),
        Row("us-ascii", "application/json; charset=US-ASCII"),
        Row("blanks around =", "application/json; charset = utf-8"),
        Row("no blank", "application/json;charset=utf-8;"),
        Row("empty parameters", "application/json;;; charset=utf-8"),
        Row("a parameter without a value", "application/json; foo"),
        Row("upper case", "APPLICATION/JSON; CHARSET=UTF-8"),
        Row("field lines joined by a proxy", "application/json, application/json"),
        Row("a form of curl -d", "application/x-www-form-urlencoded"),
        Row("a form of axios", "application/x-www-form-urlencoded;charset=utf-8"),
        Row("JSON-LD", #"application/ld+json; profile="http://www.w3.org/ns/json-ld#compacted""#),
        Row("blanks at the ends", "  application/json\t"),
    ]

    @Test(arguments: types) func aBodyThatIsJSONIsRead(row: Row) {
        let answer = TestClient().send(.post, "/v1/sigmoid/forward", ["Content-Type": row.value], body: Self.body)
        #expect(answer.status == 200)
    }

    private static let otherTypes = [
        Row("UTF-16", "application/json; charset=utf-16"), Row("Latin 1", #"application/json; charset="iso-8859-1""#),
        Row("two charsets", "application/json; charset=utf-8; charset=utf-16"),
        Row("an empty charset", #"application/json; charset="""#), Row("two types", "application/json, text/plain"),
        Row("no type", "; charset=utf-8"), Row("only commas", ",,"), Row("a form with files", "multipart/form-data"),
        Row("a type in a quote", #""application/json""#),
    ]

    @Test(arguments: otherTypes) func aBodyThatIsSomethingElseIsRefused(row: Row) {
        let answer = TestClient().send(.post, "/v1/sigmoid/forward", ["Content-Type": row.value], body: Self.body)
        #expect(answer.slug == "unsupported-media-type")
    }

    @Test(arguments: [("identity", 200), ("Identity", 200), ("identity, identity", 200), (" , ", 200), ("gzip", 415)])
    func aContentEncodingThatChangesNothingIsTaken(coding: String, status: Int) {
        let answer = TestClient().send(
            .post, "/v1/sigmoid/forward", ["Content-Encoding": coding], body: Self.body)
        #expect(answer.status == status)
    }

    // MARK: If-None-Match

    @Test(arguments: [
        "TAG", "W/TAG", "w/TAG", #""a", TAG"#, #" , "a,b" ,, W/TAG ,"#, "*", " * ", "BARE", "W/BARE", "GZIP", "W/GZIP",
        #""a""#,
    ])
    func aKnownTagIsRecognisedAsClientsAndProxiesWriteIt(form: String) throws {
        let tag = try #require(TestClient().get(Self.get).fields["etag"])
        let bare = String(tag.dropFirst().dropLast())
        let value = form.replacing("TAG", with: tag).replacing("BARE", with: bare)
            .replacing("GZIP", with: "\"\(bare)-gzip\"")
        let answer = TestClient().get(Self.get, ["If-None-Match": value])
        #expect(answer.status == (form == #""a""# ? 200 : 304))
        if answer.status == 304 { #expect(answer.fields["etag"] == tag) }
    }

    @Test(arguments: [#""BAREx""#, #""xBARE""#, #""BARE-other""#, #""*""#, "BAR", #"W/"""#])
    func anotherTagIsNot(form: String) throws {
        let tag = try #require(TestClient().get(Self.get).fields["etag"])
        let value = form.replacing("BARE", with: String(tag.dropFirst().dropLast()))
        #expect(TestClient().get(Self.get, ["If-None-Match": value]).status == 200)
    }

    // MARK: Authorization

    @Test(arguments: [
        ("Bearer secret", 200), ("bearer secret", 200), ("BEARER   secret", 200), ("bEaReR\tsecret  ", 200),
        ("  Bearer secret", 200), ("Bearer \t secret", 200), ("Bearersecret", 401), ("Bearer", 401), ("Bearer ", 401),
        ("secret", 401), ("Token secret", 401), ("Bearer secret,", 401), ("Bearer Secret", 401),
        ("Bearer: secret", 401),
        ("", 401),
    ])
    func theSchemeMayHaveAnyCaseAndAnyBlanksAfterIt(value: String, status: Int) {
        let client = TestClient(ServiceConfiguration(tokens: BearerTokens(["secret"])))
        #expect(client.get("/v1", ["Authorization": value]).status == status)
    }
}
