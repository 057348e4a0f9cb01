import ActivationAPI
import Dispatch
import Locking
import Logging
import Testing

@testable import activation_server

@Suite("Tokens that are kept up to date")
struct ReloadedTokensTests {
    private func tokens(
        read: @escaping @Sendable () throws(ConfigurationError) -> TokenFile.Contents
    ) -> ReloadedTokens {
        let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        return ReloadedTokens(
            path: "/run/tokens", source: .init(read: read, state: { .absent(0) }), log: log)
    }

    @Test func `a file that never comes to an end is an error at the start`() throws {
        let never = DispatchSemaphore(value: 0)
        let hanging = tokens { () throws(ConfigurationError) in
            never.wait()
            throw ConfigurationError("released")
        }
        let error = try #require(throws: ConfigurationError.self) { try hanging.start(withinSeconds: 0.01) }
        #expect(error.description == "The token file '/run/tokens' was not read within 1 s.")
        never.signal()
    }

    @Test func `a file that cannot be used is an error at the start`() throws {
        let bad = tokens { () throws(ConfigurationError) in throw ConfigurationError("bad") }
        #expect(throws: ConfigurationError("bad")) { try bad.start() }
    }

    @Test func `a request to read again returns at once, and the file is read once more`() throws {
        let readCount = Locked(0)
        let second = DispatchSemaphore(value: 0)
        let reloaded = tokens { () throws(ConfigurationError) in
            let count = readCount.withLock { count in
                count += 1
                return count
            }
            if count == 2 { second.signal() }
            return .init(tokens: ["a"], isReadableByOthers: false, state: .absent(0))
        }
        _ = try reloaded.start()
        #expect(readCount.withLock { $0 } == 1)
        reloaded.reload()
        #expect(second.wait(timeout: .now() + 60) == .success)
    }
}
