import Foundation
import Testing

/// Tests that documents, scripts and the version agree with each other.
@Suite("Documents")
struct DocumentTests {
    static let documents = Repository.files.filter { $0.path.hasSuffix(".md") }
    static let measurements = documents.filter { $0.path.hasPrefix("docs/decisions/measurements/") }
    static let decisions = documents.filter { document in
        document.path.hasPrefix("docs/decisions/") && !document.path.hasPrefix("docs/decisions/measurements/")
            && !document.path.hasSuffix("README.md")
    }

    @Test func `decision records have a number of their own, in the file's name and in the heading`() throws {
        var numbers: Set<Int> = []
        for record in Self.decisions {
            let name = try #require(record.path.split(separator: "/").last)
            let match = try #require(name.wholeMatch(of: /(\d{4})-[a-z0-9-]+\.md/), "\(name) is not NNNN-title.md")
            let number = try #require(Int(match.output.1))
            #expect(numbers.insert(number).inserted, "\(number) is used twice")
            #expect(record.text.hasPrefix("# \(number). "), "\(name) does not begin with \"# \(number). \"")
        }
    }

    @Test(arguments: decisions)
    func `a decision record says context, decision, alternatives and consequences`(record: TextFile) {
        for part in ["Context", "Decision", "Alternatives", "Consequences"] {
            #expect(record.text.contains(part), "\(record.path) has no \(part)")
        }
    }

    @Test(arguments: decisions)
    func `a decision record has one page`(record: TextFile) {
        let wordCount = record.text.split(whereSeparator: \.isWhitespace).count
        #expect(wordCount <= 700, "\(record.path) has \(wordCount) words; move figures to measurements/")
    }

    @Test(arguments: measurements)
    func `measurements belong to a decision that refers to them`(appendix: TextFile) throws {
        let name = try #require(appendix.path.split(separator: "/").last)
        let record = try #require(Repository.file("docs/decisions/\(name)"), "\(name) has no record")
        #expect(record.text.contains("(measurements/\(name))"), "\(record.path) does not refer to its measurements")
    }

    @Test(arguments: documents)
    func `links between documents lead to files and headings that exist`(document: TextFile) {
        for link in MarkdownShape.links(in: document) {
            let place = "\(document.path):\(link.lineNumber)"
            guard let path = MarkdownShape.resolve(link.path, from: document), Repository.exists(path) else {
                Issue.record("\(place): \(link.path) does not exist")
                continue
            }
            guard let anchor = link.anchor else { continue }
            let anchors = Repository.file(path).map(MarkdownShape.anchors) ?? []
            #expect(anchors.contains(anchor), "\(place): \(path) has no heading for #\(anchor)")
        }
    }

    @Test func `links are seen`() {
        #expect(Self.documents.flatMap(MarkdownShape.links).count > 10)
    }

    @Test(arguments: Repository.files.filter { $0.path.hasPrefix("Scripts/") || $0.path == ".ci/run" })
    func `a script is executable and names its interpreter`(script: TextFile) {
        // Parts of scripts have a suffix and are not run by themselves.
        guard !script.path.contains(".") || script.path == ".ci/run" else { return }
        #expect(script.isExecutable, "\(script.path) is not executable")
        #expect(script.text.hasPrefix("#!/"), "\(script.path) has no #! line")
    }

    @Test func `CI and the dev container have the toolchain that the image is built with`() throws {
        let dockerfile = try #require(Repository.file("Dockerfile"))
        let image = try #require(dockerfile.text.firstMatch(of: /FROM (swift:\S+) AS build/)).output.1
        for path in [".github/workflows/ci.yml", ".devcontainer/devcontainer.json"] {
            let file = try #require(Repository.file(path))
            #expect(file.text.contains(image), "\(path) does not use \(image)")
        }
    }

    @Test func `CI installs the tools of all its scripts at once, each in a pinned version`() throws {
        let run = try #require(Repository.file(".ci/run"))
        let ci = try #require(Repository.file("Scripts/tools/ci.txt"))
        var setCount = 0
        for script in Repository.files where script.path.hasPrefix("Scripts/") && run.text.contains(script.path) {
            for match in script.text.matches(of: /\nScripts\/python-tools (?<set>[a-z-]+)\n/) {
                setCount += 1
                #expect(ci.text.contains("-r \(match.set).txt\n"), "\(script.path): \(match.set) is not in ci.txt")
            }
            #expect(!script.text.contains("-m venv") || script.path == "Scripts/python-tools")
        }
        #expect(setCount >= 5)
        for file in Repository.files where file.path.hasPrefix("Scripts/tools/") {
            for line in file.lines where !["#", "-r "].contains(where: line.text.hasPrefix) && !line.text.isEmpty {
                #expect(line.text.contains("=="), "\(file.path):\(line.number) is not pinned")
            }
        }
    }

    @Test func `the README prints the table of errors that the accuracy page has`() throws {
        let table = /<!-- float64 -->\n(?<rows>(?s).+?)<!-- end -->/
        let readme = try #require(Repository.file("README.md")?.text.firstMatch(of: table))
        let page = try #require(Repository.file("docs/accuracy.md")?.text.firstMatch(of: table))
        #expect(readme.rows == page.rows)
        #expect(readme.rows.contains("| sigmoid' |"))
    }

    @Test func `the page of the library names every public type of its modules`() throws {
        let page = try #require(Repository.file("Sources/Activations/Activations.docc/Activations.md"))
        let declaration = /(?m)^public (?:final )?(?:struct|enum|class|protocol) (\w+)/
        let sources = Repository.swiftSources.filter {
            $0.path.hasPrefix("Sources/Activations/") || $0.path.hasPrefix("Sources/ActivationInterface/")
        }
        let names = sources.flatMap { $0.text.matches(of: declaration).map(\.output.1) }
        #expect(names.count >= 25)
        for name in names { #expect(page.text.contains("`\(name)`"), "\(name) is missing") }
    }

    @Test func `the operator's page lists exactly the existing metrics`() throws {
        let page = try #require(Repository.file("docs/operations.md"))
        let section = try #require(page.text.firstRange(of: "\n## Metrics\n"))
        let table = page.text[section.upperBound...].prefix { $0 != "#" }
        let name = /(?:http_server|activation|process)_[a-z_]+/
        var listed: Set<Substring> = []
        for row in table.split(separator: "\n") where row.hasPrefix("| `") {
            listed.formUnion(row.dropFirst(2).prefix { $0 != "|" }.matches(of: name).map(\.output))
        }
        let sources = Repository.swiftSources.filter {
            $0.path.hasPrefix("Sources/Metrics/") || $0.path.hasPrefix("Sources/activation-server/")
        }
        let quoted = /"((?:http_server|activation|process)_[a-z_]+)"/
        let exposed = Set(sources.flatMap { $0.text.matches(of: quoted).map(\.output.1) })
        #expect(listed == exposed && listed.count >= 20)
    }

    @Test func `the version is in one place, and in the changelog`() throws {
        let home = try #require(Repository.file("Sources/ActivationAPI/ServiceVersion.swift"))
        let version = try #require(home.text.firstMatch(of: /"(\d+\.\d+\.\d+)"/)).output.1
        for file in Repository.swiftSources where file.path != home.path {
            #expect(!file.text.contains("\"\(version)\""), "\(file.path) says the version again")
        }
        // Files that are not Swift cannot query it.
        let copies = [
            "Dockerfile": "ARG VERSION=\(version)\n",
            "deploy/kubernetes/base/kustomization.yaml": "newTag: \(version)\n",
            "deploy/kubernetes/overlays/example/kustomization.yaml": "newTag: \(version) # <-\n",
            "deploy/kubernetes/overlays/kserve/inferenceservice.yaml": "image: activation-service:\(version)\n",
            "deploy/kubernetes/overlays/kserve/kustomization.yaml": "newTag: \(version) # <-\n",
        ]
        for (path, text) in copies {
            let file = try #require(Repository.file(path))
            #expect(file.text.contains(text), "\(path) does not say: \(text)")
        }
        let changelog = try #require(Repository.file("CHANGELOG.md"))
        #expect(changelog.text.contains("## [\(version)]") || changelog.text.contains("## [Unreleased]"))
    }
}
