import Foundation
import Testing

@testable import ActivationAPI

struct PlaygroundTests {
    private static let browser: KeyValuePairs = [
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
    ]

    private static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test(
        "A browser gets the page, everybody else the index as JSON",
        arguments: [
            (Optional("text/html"), "text/html"), ("text/html, */*;q=0.8", "text/html"),
            ("text/html,application/json;q=0.9", "text/html"), (nil, "application/json"), ("*/*", "application/json"),
            ("application/json", "application/json"), ("application/json, text/html;q=0.5", "application/json"),
            ("text/html;q=0.5, application/json;q=0.5", "application/json"),
        ])
    func choosesByAccept(_ accept: String?, _ type: String) {
        let client = TestClient()
        let answer = if let accept { client.get("/", ["Accept": accept]) } else { client.get("/") }
        #expect(answer.status == 200)
        #expect(answer.fields["content-type"] == type)
        #expect(answer.fields["vary"] == "Accept, Accept-Encoding")
    }

    @Test("The page is answered from memory, and revalidated by its entity tag")
    func hasAnEntityTag() throws {
        let client = TestClient()
        let answer = client.get("/", Self.browser)
        let tag = try #require(answer.fields["etag"])
        #expect(tag != client.get("/").fields["etag"])
        let again = client.get("/", ["Accept": "text/html", "If-None-Match": tag])
        #expect(again.status == 304)
        #expect(again.body.isEmpty)
        #expect(again.fields["content-security-policy"] == answer.fields["content-security-policy"])
        #expect(again.fields["vary"] == "Accept, Accept-Encoding")
    }

    @Test("The page weighs less than 80 kB and names nothing outside this service")
    func isLightAndSelfContained() {
        let page = TestClient().get("/", Self.browser).body
        #expect(page.utf8.count < 80_000)
        #expect(page.contains("<title>Activation functions</title>"))
        let foreign = page.split(separator: "http").dropFirst().filter { rest in
            rest.hasPrefix("s://") || (rest.hasPrefix("://") && !rest.hasPrefix("://www.w3.org/2000/svg"))
        }
        #expect(foreign.isEmpty)
        for attribute in [" style=\"", " onclick=\"", "javascript:", "@import", "eval("] {
            #expect(!page.contains(attribute))
        }
    }

    @Test("The policy allows the page's own script and style sheet, by digest, and nothing else")
    func hasAStrictPolicy() throws {
        let answer = TestClient().get("/", Self.browser)
        let policy = try #require(answer.fields["content-security-policy"])
        #expect(policy.hasPrefix("default-src 'none'; script-src 'sha256-"))
        #expect(!policy.contains("unsafe") && !policy.contains("http") && !policy.contains("*"))
        for (opening, closing, directive) in [
            ("<script type=\"module\">", "</script>", "script-src"), ("<style>", "</style>", "style-src"),
        ] {
            let start = try #require(answer.body.firstRange(of: opening)).upperBound
            let end = try #require(answer.body[start...].firstRange(of: closing)).lowerBound
            let source = ContentDigest.source(of: Array(answer.body[start..<end].utf8))
            #expect(policy.contains("\(directive) '\(source)'"))
        }
    }

    @Test(
        "Digests are those of FIPS 180-4 and RFC 4648",
        arguments: [
            ("", "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
            ("abc", "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "sha256-JI1qYdIGOLjlwCaTDD5gOaM85Flk/yFn9uzt1BnbBsE="
            ),
            (String(repeating: "a", count: 1000), "sha256-Qe3s5C1j6Nm/UVqbppMuHCDLyfWl0TRkWttdsblzfqM="),
        ])
    func digestsAreRight(_ text: String, _ expected: String) {
        #expect(ContentDigest.source(of: Array(text.utf8)) == expected)
    }

    @Test("PlaygroundSources.swift holds the files in Page/, without indentation and comments")
    func isEmbedded() throws {
        let folder = Self.repository.appending(path: "Sources/ActivationAPI/Playground/Page")
        func compact(_ name: String) throws -> String {
            try String(contentsOf: folder.appending(path: name), encoding: .utf8).split(separator: "\n")
                .map { $0.drop { $0 == " " } }.filter { !$0.isEmpty && !$0.hasPrefix("//") && !$0.hasPrefix("/*") }.map
            { $0 + "\n" }.joined()
        }
        let markup = try String(contentsOf: folder.appending(path: "index.html"), encoding: .utf8)
        #expect(PlaygroundSources.markup + "\n" == markup, "Scripts/embed-playground brings it up to date.")
        #expect(try PlaygroundSources.style + "\n" == compact("style.css"))
        let order = [
            "dom", "input", "api", "piece", "state", "samples", "drawing", "curve", "vector", "call", "derivation",
            "routes", "main",
        ]
        #expect(try PlaygroundSources.script + "\n" == order.map { try compact($0 + ".js") }.joined())
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(Set(files) == Set(order.map { $0 + ".js" } + ["index.html", "style.css"]))
    }
}
