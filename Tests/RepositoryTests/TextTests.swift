import Testing

/// Rules for every text file; swift-format only checks Swift.
@Suite("Text files")
struct TextTests {
    static let lineLengthMax = 120

    @Test func `the repository is seen`() {
        #expect(Repository.file("Package.swift") != nil)
        #expect(Repository.swiftSources.count > 10)
    }

    @Test(arguments: Repository.files.filter { $0.path.hasSuffix(".swift") })
    func `comments have at most 120 characters a line, as code has`(file: TextFile) {
        guard !file.path.hasSuffix("/PlaygroundSources.swift") else { return }
        for line in file.lines where line.text.count > Self.lineLengthMax {
            let isComment = line.text.drop { $0 == " " }.hasPrefix("//")
            #expect(!isComment, "\(file.path):\(line.number) has \(line.text.count) characters")
        }
    }

    @Test(arguments: Repository.files)
    func `there are no tabs, no trailing blanks, and one line feed at the end`(file: TextFile) {
        let isCorpus = file.path.hasPrefix("Fuzz/") && !file.path.hasSuffix(".swift")
        guard !file.text.isEmpty, !isCorpus, ![".svg", ".json"].contains(where: file.path.hasSuffix) else { return }
        #expect(!file.text.contains("\r"), "\(file.path) has a carriage return")
        #expect(file.text.hasSuffix("\n") && !file.text.hasSuffix("\n\n"), "\(file.path) does not end in one line feed")
        for line in file.lines {
            // gofmt indents with tabs.
            #expect(file.path.hasSuffix(".go") || !line.text.contains("\t"), "\(file.path):\(line.number) has a tab")
            #expect(line.text.last?.isWhitespace != true, "\(file.path):\(line.number) ends in a blank")
        }
    }
}
