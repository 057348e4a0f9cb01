import Testing

@testable import activation_server

@Suite struct TokenFileTests {
    @Test func tokensStandOneALineAndCommentsAreNotTokens() {
        #expect(TokenFile.tokens(in: "# team a\nabc\r\n\n  d e f \t\n#x\nlast") == ["abc", "d e f", "last"])
        #expect(TokenFile.tokens(in: "\n# nothing\n \n").isEmpty)
    }

    @Test func aFileThatCannotBeReadIsAConfigurationError() throws {
        let error = try #require(throws: ConfigurationError.self) { try TokenFile(path: "/nonexistent/tokens").read() }
        #expect(error.description == "The token file '/nonexistent/tokens' cannot be read.")
    }
}
