import Testing

/// Tests that comments and texts use the field's words; CONTRIBUTING.md has the glossary.
@Suite("Wording")
struct WordingTests {
    /// The folders and files that may contain calques, each with the reason.
    static let exempt = [
        "Tests/RepositoryTests/WordingTests.swift": "has calques to find",
        "docs/decisions/measurements/": "figures and alternatives as they were recorded",
    ]

    /// Every Swift file, script and document that the rules apply to.
    static let files = Repository.files.filter { file in
        let isDocument = file.path.hasSuffix(".md") && (file.path.hasPrefix("docs/") || !file.path.contains("/"))
        return file.path.hasSuffix(".swift") || file.path.hasPrefix("Scripts/")
            || isDocument && file.path != "CHANGELOG.md"
    }

    @Test func `comments and texts use the field's words`() {
        let revised = Self.files.filter { file in !Self.exempt.keys.contains(where: file.path.hasPrefix) }
        #expect(revised.count > 100)
        for finding in revised.flatMap(Wording.findings) { Issue.record("\(finding)") }
    }

    @Test(arguments: exempt.keys.sorted())
    func `an exempt folder still needs a revision`(path: String) {
        let hasFindings = Self.files.contains { $0.path.hasPrefix(path) && !Wording.findings(in: $0).isEmpty }
        #expect(hasFindings, "\(path) no longer needs an exemption")
    }

    @Test func `calques are found in comments only, across lines, and not in quotes`() {
        let file = TextFile(
            path: "Sources/Example.swift",
            text: """
                /// What comes behind the head; the caller sees
                /// to it. The service may be behind a proxy, and nobody told. Of `whoever`, nothing.
                let behind = "behind"  // It is told of a "behind".
                """)
        let found = Wording.findings(in: file).map { "\($0.lineNumber) \($0.phrase)" }
        #expect(found == ["1 behind", "1 sees to it", "2 nobody", "3 told of"])
    }
}
