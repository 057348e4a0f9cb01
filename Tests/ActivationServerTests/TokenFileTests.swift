import FoundationEssentials
import Glibc
import Testing

@testable import activation_server

/// A file in the folder for temporary files, removed at the end of the test.
private final class TemporaryFile {
    let path = FileManager.default.temporaryDirectory.appending(path: "tokens-\(UUID().uuidString)").path

    deinit { unlink(path) }

    func write(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(filePath: path)) }

    func write(_ text: String) throws { try write(Array(text.utf8)) }
}

@Suite("Token files")
struct TokenFileTests {
    private func tokens(_ text: String) throws -> [String] { try TokenFile.tokens(in: Array(text.utf8)) }

    @Test func `tokens are one a line, without blanks around them, and comments are skipped`() throws {
        #expect(try tokens("# team a\nabc\r\n\n  d-e.f \t\n#x\nlast") == ["abc", "d-e.f", "last"])
        #expect(try tokens("\u{FEFF}abc\n") == ["abc"])
        #expect(try tokens("\u{FEFF}# mark before a comment\nabc") == ["abc"])
        #expect(try tokens("schlüssel\n") == ["schlüssel"])
        let longest = String(repeating: "a", count: 4_096)
        #expect(try tokens(" \(longest) \n# \(longest)\n") == [longest])
    }

    static let refused: [(bytes: [UInt8], reason: String)] = [
        (Array("".utf8), "it holds no token"), (Array("\n# none\n \n".utf8), "it holds no token"),
        (Array("\u{FEFF}".utf8), "it holds no token"),
        (Array("good\nBearer abc\n".utf8), "line 2 has a space inside"),
        (Array("a\tb".utf8), "line 1 has a space inside"),
        (Array("a\u{A0}b".utf8), "line 1 has a space inside"),
        (Array("\nab\u{2028}c\n".utf8), "line 2 has a space inside"),
        (Array("good\n\u{FEFF}abc".utf8), "line 2 has an invisible character inside"),
        (Array("a\u{200B}".utf8), "line 1 has an invisible character inside"),
        (Array("a\0b\0\n\0".utf8), "line 1 has an invisible character inside"),
        (Array("a\rb".utf8), "line 1 has an invisible character inside"),
        (Array("good\n".utf8) + [0xFF, 0x61, 0x0A], "line 2 is not valid UTF-8"),
        ([0x61, 0xC3, 0x0A, 0x62], "line 1 is not valid UTF-8"),
        (Array("good\n# ".utf8) + [0xFC], "line 2 is not valid UTF-8"),
        ([0xFF, 0xFE, 0x61, 0x00], "line 1 is not valid UTF-8"),
        (Array("\(String(repeating: "a", count: 4_097))\n".utf8), "line 1 is longer than 4096 bytes"),
    ]

    @Test(arguments: refused)
    func `a file of which any line is no token is refused as a whole`(bytes: [UInt8], reason: String) throws {
        let error = try #require(throws: TokenFile.FormatError.self) { try TokenFile.tokens(in: bytes) }
        #expect(error.reason == reason)
        let file = TemporaryFile()
        try file.write(bytes)
        let named = try #require(throws: ConfigurationError.self) { try TokenFile(path: file.path).read() }
        #expect(named.description == "The token file '\(file.path)' cannot be used: \(reason).")
    }

    @Test(arguments: [
        ("/nonexistent/tokens", "there is no such file"), ("/proc", "it is not a regular file"),
        ("/dev/zero", "it is not a regular file"), ("/dev/null", "it is not a regular file"),
    ])
    func `a path that leads to no regular file is refused without waiting`(path: String, reason: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try TokenFile(path: path).read() }
        #expect(error.description == "The token file '\(path)' cannot be read: \(reason).")
    }

    @Test func `a FIFO without a writer is refused without waiting`() throws {
        let file = TemporaryFile()
        #expect(mkfifo(file.path, 0o600) == 0)
        let error = try #require(throws: ConfigurationError.self) { try TokenFile(path: file.path).read() }
        #expect(error.description == "The token file '\(file.path)' cannot be read: it is not a regular file.")
    }

    @Test func `a file of 1 MiB is read, and one byte more is refused`() throws {
        let file = TemporaryFile()
        let line = Array((String(repeating: "a", count: 1_023) + "\n").utf8)
        let bytes = Array((0..<1_024).map { _ in line }.joined())
        try file.write(bytes)
        #expect(try TokenFile(path: file.path).read().tokens.count == 1_024)
        try file.write(bytes + [0x0A])
        let error = try #require(throws: ConfigurationError.self) { try TokenFile(path: file.path).read() }
        #expect(
            error.description == "The token file '\(file.path)' cannot be read: it is larger than 1048576 bytes.")
    }

    @Test func `a file of unknown length is read only up to the limit`() throws {
        // The kernel reports a length of 0 for it.
        let error = try #require(throws: BoundedFile.ReadError.self) {
            try BoundedFile.read("/proc/self/maps", byteCountMax: 100)
        }
        #expect(error.reason == "it is larger than 100 bytes")
    }

    @Test func `a file that others may read causes a warning`() throws {
        let file = TemporaryFile()
        for (permissions, isReadableByOthers) in [(0o600, false), (0o640, false), (0o644, true)] as [(mode_t, Bool)] {
            try file.write("secret\n")
            chmod(file.path, permissions)
            let contents = try TokenFile(path: file.path).read()
            #expect(contents.tokens == ["secret"])
            #expect(contents.isReadableByOthers == isReadableByOthers)
        }
    }
}

@Suite("Changes of a file")
struct FileChangeTests {
    private func state(_ byteCount: Int) -> FileState {
        .present(.init(device: 1, inode: 2, byteCount: byteCount, contentChange: 3, statusChange: 4))
    }

    @Test func `a change counts once two looks in a row have seen it`() {
        var changes = FileChangeDetector(read: state(1))
        let decisions = [1, 2, 3, 3].map { changes.mustRead(state($0)) }
        #expect(decisions == [false, false, false, true])
        changes.didRead(state(3))
        let isReadAgain = changes.mustRead(state(3))
        #expect(!isReadAgain)
    }

    @Test func `a file that stays invalid is read once`() {
        var changes = FileChangeDetector(read: state(1))
        let gone = FileState.absent(ENOENT)
        let first = [gone, gone].map { changes.mustRead($0) }
        #expect(first == [false, true])
        changes.didRead(gone)
        let later = [gone, gone, gone, state(1), state(1)].map { changes.mustRead($0) }
        #expect(later == [false, false, false, false, true])
    }

    @Test func `a look that sees the old state again starts anew`() {
        var changes = FileChangeDetector(read: state(1))
        let decisions = [2, 1, 2].map { changes.mustRead(state($0)) }
        #expect(decisions == [false, false, false])
    }

    @Test func `the state is that of the file at the end of the links, and moves when a link is swapped`() throws {
        let (first, second, link) = (TemporaryFile(), TemporaryFile(), TemporaryFile())
        try first.write("a\n")
        try second.write("b\n")
        #expect(FileState(path: link.path) == .absent(ENOENT))
        symlink(first.path, link.path)
        #expect(FileState(path: link.path) == FileState(path: first.path))
        unlink(link.path)
        symlink(second.path, link.path)
        #expect(FileState(path: link.path) == FileState(path: second.path))
        #expect(FileState(path: first.path) != FileState(path: second.path))
        #expect(try TokenFile(path: link.path).read().state == FileState(path: second.path))
    }
}
