import Testing

/// The rules of the house for Swift that neither the compiler nor swift-format checks.
@Suite("Swift sources")
struct SourceTests {
    static let fileLineCountMax = 300
    static let functionLineCountMax = 60

    /// Files and functions longer than the limits, each with its reason: `path` for a file, `path function` for a
    /// function.
    static let longAllowed = [
        "Fuzz/Sources/FuzzJSON/ReferenceReader.swift": "the same file as in the tests",
        "Sources/ActivationAPI/Playground/PlaygroundSources.swift": "rendered from the page's files",
        "Sources/ActivationAPI/Problems/ProblemDocumentation.swift documentation": "a table in the form of a switch",
        "Sources/HTTP/Conversation/Conversation.swift": "one state machine, all of whose events are seen together",
        "Sources/JSON/Reading/NumberToken.swift scan": "a number's grammar, in the order in which its bytes come",
        "Sources/JSON/Powers/PowersOfTen+Table.swift": "a rendered table",
        "Tests/JSONTests/ReferenceReader.swift": "the slow reader that judges the fast one",
        "Tests/SocketServerTests/TestHandler.swift receive": "a table in the form of a switch",
    ]

    /// Texts that no source may contain, and what to do instead.
    static let forbidden = [
        "try!": "throw, or say with a precondition why it cannot fail",
        "fatalError": "a precondition with a sentence",
        "as!": "a conditional cast",
        "FIXME": "mend it, or file an issue",
        "TODO": "do it, or file an issue",
        "print(\"DEBUG": "log it at debug",
        "/work/": "no paths of a machine",
        "/home/": "no paths of a machine",
        "/Users/": "no paths of a machine",
        "operation == ": "an exhaustive switch, so that a new operation is thought of",
        "operation != ": "an exhaustive switch, so that a new operation is thought of",
        "import Foundation\n": "FoundationEssentials: all of Foundation adds 44 MB to the static binary",
    ]

    /// The modules of the package and of the system that each target may import: a lower layer does not depend on a
    /// higher one.
    static let importsAllowed: [String: Set<String>] = [
        "ActivationInterface": [],
        "Activations": [
            "ActivationInterface", "ActivationsAVX2", "ActivationsAVX512", "CProcessor", "Exact", "Glibc",
            "Synchronization",
        ],
        "ActivationsAVX2": ["ActivationInterface", "Glibc"],
        "ActivationsAVX512": ["ActivationInterface", "Glibc"],
        "Exact": [],
        "JSON": ["CProcessor", "Glibc", "JSONAVX512"],
        "JSONAVX512": ["CProcessor"],
        "HTTP": ["Glibc", "Synchronization"],
        "Locking": ["Synchronization"],
        "Metrics": ["HTTP", "Locking", "Synchronization"],
        "ActivationAPI": ["Activations", "HTTP", "JSON", "Locking", "Synchronization"],
        "SocketServer": [
            "HTTP", "Locking", "CLinux", "CProcessor", "Dispatch", "Glibc", "FoundationEssentials",
            "Synchronization",
        ],
        "activation-server": [
            "ActivationAPI", "Activations", "HTTP", "Locking", "Metrics", "SocketServer", "ArgumentParser", "Logging",
            "Dispatch", "Glibc", "FoundationEssentials",
        ],
    ]

    @Test(arguments: Repository.swiftSources)
    func `nothing forbidden is said`(file: TextFile) {
        for (word, remedy) in Self.forbidden where file.text.contains(word) {
            Issue.record("\(file.path) says \"\(word)\"; instead: \(remedy)")
        }
    }

    @Test(arguments: Repository.swiftSources)
    func `imports keep to the layers`(file: TextFile) throws {
        let target = try #require(file.path.split(separator: "/").dropFirst().first)
        let allowed = try #require(Self.importsAllowed[String(target)], "\(target) is missing from the table")
        for line in file.lines {
            let pattern = /^\s*(?:@\w+ |public |internal )*import (?:\w+ )?(\w+)/
            guard let match = line.text.firstMatch(of: pattern) else { continue }
            #expect(allowed.contains(String(match.output.1)), "\(file.path):\(line.number) imports \(match.output.1)")
        }
    }

    @Test(arguments: Repository.swiftSources)
    func `every type has a name that says what it is, and a doc comment unless it is a detail of another`(
        file: TextFile
    ) {
        for type in SwiftShape.typeDeclarations(in: file) {
            let place = "\(file.path):\(type.number): \(type.name)"
            #expect(type.isDocumented || (type.isNested && !type.isPublic), "\(place) has no doc comment")
            #expect(!type.name.contains(/Manager|Helper|Utils/), "\(place) could be anything")
        }
    }

    @Test(arguments: Repository.files.filter { $0.path.hasSuffix(".swift") })
    func `files and functions are short, or are in the list with a reason`(file: TextFile) {
        let lineCount = file.lines.count - 1
        if Self.longAllowed[file.path] == nil {
            #expect(lineCount <= Self.fileLineCountMax, "\(file.path) has \(lineCount) lines")
        }
        for function in SwiftShape.functions(in: file) where Self.longAllowed["\(file.path) \(function.name)"] == nil {
            #expect(
                function.lineCount <= Self.functionLineCountMax,
                "\(file.path):\(function.lineNumber): \(function.name) has \(function.lineCount) lines")
        }
    }

    @Test func `every entry in the list of long ones is long`() throws {
        for entry in Self.longAllowed.keys {
            let words = entry.split(separator: " ")
            let file = try #require(Repository.file(String(words[0])), "\(entry): no such file")
            if words.count == 1 {
                #expect(file.lines.count - 1 > Self.fileLineCountMax, "\(entry) is no longer long")
            } else {
                let lengths = SwiftShape.functions(in: file).filter { $0.name == words[1] }.map(\.lineCount)
                #expect(lengths.contains { $0 > Self.functionLineCountMax }, "\(entry) is no longer long")
            }
        }
    }
}
