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

    /// Tests a file that changes after it is first read, and then cannot be read or used for some time.
    ///
    /// - Returns: How many times it was read before its last contents, and how many errors were logged.
    private func changedFile(failingWith error: ConfigurationError, lookCount: Int) throws -> (reads: Int, errors: Int)
    {
        let (readCount, stateCount, errorCount) = (Locked(0), Locked(0), Locked(0))
        let (isDone, never) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let source = ReloadedTokens.Source(
            read: { () throws(ConfigurationError) in
                let read = readCount.withLock { count in
                    count += 1
                    return count
                }
                let looks = stateCount.withLock(\.self)
                guard read == 1 || looks > lookCount else { throw error }
                if read > 1 { isDone.signal() }
                return .init(tokens: ["a"], isReadableByOthers: false, state: .absent(looks > lookCount ? 2 : 0))
            },
            state: {
                let looks = stateCount.withLock { count in
                    count += 1
                    return count
                }
                // Two checks see the last change; no further one is needed.
                if looks > lookCount + 2 { never.wait() }
                return .absent(looks > lookCount ? 2 : 1)
            })
        let log = Logger(label: "test") { _ in ErrorCounter(count: errorCount) }
        let reloaded = ReloadedTokens(path: "/run/tokens", source: source, log: log, pollIntervalSeconds: 0.001)
        _ = try reloaded.start()
        #expect(isDone.wait(timeout: .now() + 60) == .success)
        return (readCount.withLock(\.self), errorCount.withLock(\.self))
    }

    @Test func `a file that cannot be read is tried again at each look, and reported once`() throws {
        var error = ConfigurationError("no descriptor")
        error.isTransient = true
        let (reads, errors) = try changedFile(failingWith: error, lookCount: 20)
        // The first check only sees the change.
        #expect(reads == 1 + 19 + 1)
        #expect(errors == 1)
    }

    @Test func `a file that cannot be used is read once, and reported once, until it changes`() throws {
        let (reads, errors) = try changedFile(failingWith: ConfigurationError("bad"), lookCount: 20)
        #expect(reads == 1 + 1 + 1)
        #expect(errors == 1)
    }
}

/// Counts errors.
private struct ErrorCounter: LogHandler {
    let count: Locked<Int>
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        if event.level >= .error { count.withLock { $0 += 1 } }
    }
}
