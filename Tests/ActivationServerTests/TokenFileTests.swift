import FoundationEssentials
import Testing

@testable import activation_server

@Suite struct TokenFileTests {
    @Test func tokensStandOneALineAndCommentsAreNotTokens() {
        #expect(TokenFile.tokens(in: "# team a\nabc\r\n\n  d e f \t\n#x\nlast") == ["abc", "d e f", "last"])
        #expect(TokenFile.tokens(in: "\n# nothing\n \n").isEmpty)
    }

    @Test func aFileThatCannotBeReadIsAConfigurationError() throws {
        let error = try #require(throws: ConfigurationError.self) { try TokenFile(path: "/nonexistent/tokens").read() }
        #expect(error.description == "The token file '/nonexistent/tokens' cannot be read: there is no such file.")
        let folder = try #require(throws: ConfigurationError.self) { try TokenFile(path: "/proc").read() }
        #expect(folder.description == "The token file '/proc' cannot be read: it is no regular file.")
    }

    @Test func aFileThatOthersMayReadIsTold() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "tokens-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        for (permissions, isReadableByOthers) in [(0o600, false), (0o640, false), (0o644, true)] {
            try Data("secret\n".utf8).write(to: file)
            try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: file.path)
            let contents = try TokenFile(path: file.path).read()
            #expect(contents == .init(tokens: ["secret"], isReadableByOthers: isReadableByOthers))
        }
    }
}
