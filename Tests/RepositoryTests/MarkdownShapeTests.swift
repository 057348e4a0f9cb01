import Testing

/// Tests that links and headings are found.
@Suite("Markdown shape")
struct MarkdownShapeTests {
    private static func links(_ text: String) -> [MarkdownShape.Link] {
        MarkdownShape.links(in: TextFile(path: "docs/a.md", text: text))
    }

    @Test func `links into the repository are found, with their anchors`() {
        #expect(
            Self.links("See [b](b.md), [c](../c.md#part-2) and\n![picture](images/d.png \"title\"), [here](#e).") == [
                .init(lineNumber: 1, path: "b.md", anchor: nil),
                .init(lineNumber: 1, path: "../c.md", anchor: "part-2"),
                .init(lineNumber: 2, path: "images/d.png", anchor: nil),
                .init(lineNumber: 2, path: "", anchor: "e"),
            ])
    }

    @Test func `external links and text that only looks like a link are ignored`() {
        #expect(Self.links("[a](https://a.example/#b) [mail](mailto:a@b.example)").isEmpty)
        #expect(Self.links("`[a](b)`\n```\n[a](b)\n```\n[a] (b)").isEmpty)
    }

    @Test(arguments: [
        ("# One Word", "one-word"), ("### `a` and b's, or (c)?", "a-and-bs-or-c"), ("## snake_case-x", "snake_case-x"),
        ("## [A link](b.md) here", "a-link-here"), ("# 3. Ops & limits", "3-ops--limits"),
    ])
    func `a heading has the anchor that GitHub gives it`(heading: String, anchor: String) {
        #expect(MarkdownShape.anchors(in: TextFile(path: "a.md", text: heading)) == [anchor])
    }

    @Test func `a heading that comes again has a number; a comment in code is no heading`() {
        let text = "# A\n# A\n```sh\n# B\n```\n# A\n#C"
        #expect(MarkdownShape.anchors(in: TextFile(path: "a.md", text: text)) == ["a", "a-1", "a-2"])
    }

    @Test(
        arguments: [
            ("b.md", "docs/b.md"), ("../b.md", "b.md"), ("./d/b.md", "docs/d/b.md"), ("", "docs/a.md"),
            ("d/", "docs/d"),
            ("../../b.md", nil),
        ] as [(String, String?)])
    func `a link is read from its document's folder`(path: String, resolved: String?) {
        #expect(MarkdownShape.resolve(path, from: TextFile(path: "docs/a.md", text: "")) == resolved)
    }
}
