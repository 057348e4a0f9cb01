import ActivationAPI
import Dispatch
import Locking
import Logging
import SocketServer

/// The tokens of a token file, kept up to date while the service runs.
///
/// A dedicated thread reads the file at the start, on request, and after a change of the path's target. A file system
/// that hangs therefore blocks neither requests nor signals.
final class ReloadedTokens: Sendable {
    /// The longest that the first read may take.
    static let startSecondsMax = 10.0
    /// The time between two checks of the file.
    ///
    /// A change takes effect once two checks in a row have seen it.
    static let pollIntervalSeconds = 2.0

    /// The functions that read the file and its state.
    struct Source: Sendable {
        let read: @Sendable () throws(ConfigurationError) -> TokenFile.Contents
        let state: @Sendable () -> FileState
    }

    private let path: String
    private let pollIntervalSeconds: Double
    private let source: Source
    private let log: Logger
    private let started = DispatchSemaphore(value: 0)
    private let reloadRequest = DispatchSemaphore(value: 0)
    private let firstResult = Locked<Result<(BearerTokens, FileState), ConfigurationError>?>(nil)

    convenience init(_ file: TokenFile, log: Logger) {
        self.init(
            path: file.path,
            source: Source(
                read: { () throws(ConfigurationError) in try file.read() }, state: { FileState(path: file.path) }),
            log: log)
    }

    init(path: String, source: Source, log: Logger, pollIntervalSeconds: Double = pollIntervalSeconds) {
        self.path = path
        self.pollIntervalSeconds = pollIntervalSeconds
        self.source = source
        self.log = log
    }

    /// Reads the file for the first time, and watches it from then on.
    ///
    /// - Throws: ``ConfigurationError`` if it cannot be used, or is not read within the time.
    func start(withinSeconds seconds: Double = startSecondsMax) throws(ConfigurationError) -> BearerTokens {
        do {
            try DedicatedThread.start("token file") { [self] in
                let result = readFirst()
                firstResult.withLock { $0 = result }
                started.signal()
                if case .success(let (tokens, state)) = result { watch(tokens, readState: state) }
            }
        } catch {
            throw ConfigurationError("The token file '\(path)' cannot be watched: \(error).")
        }
        _ = started.wait(timeout: .now() + seconds)
        guard let result = firstResult.withLock({ $0 }) else {
            throw ConfigurationError("The token file '\(path)' was not read within \(Int(seconds.rounded(.up))) s.")
        }
        return try result.get().0
    }

    /// Requests that the file be read again now; returns at once.
    func reload() { reloadRequest.signal() }

    private func readFirst() -> Result<(BearerTokens, FileState), ConfigurationError> {
        do {
            let contents = try source.read()
            warnIfReadableByOthers(contents)
            return .success((BearerTokens(contents.tokens), contents.state))
        } catch {
            return .failure(error)
        }
    }

    private func watch(_ tokens: BearerTokens, readState: FileState) -> Never {
        var changes = FileChangeDetector(read: readState)
        var reported: (state: FileState, error: ConfigurationError)?
        while true {
            let isRequested = reloadRequest.wait(timeout: .now() + pollIntervalSeconds) == .success
            let state = source.state()
            guard isRequested || changes.mustRead(state) else { continue }
            do {
                let contents = try source.read()
                replace(tokens, with: contents)
                changes.didRead(contents.state)
                reported = nil
            } catch {
                // An invalid file stays invalid until it changes; an unreadable one may become readable soon.
                if !error.isTransient { changes.didRead(state) }
                guard isRequested || reported?.state != state || reported?.error != error else { continue }
                reported = (state, error)
                log.error("token file not read again; the old tokens stay", metadata: ["error": "\(error)"])
            }
        }
    }

    private func replace(_ tokens: BearerTokens, with contents: TokenFile.Contents) {
        tokens.replace(with: contents.tokens)
        log.info("token file read again", metadata: ["tokens": .stringConvertible(contents.tokens.count)])
        warnIfReadableByOthers(contents)
    }

    private func warnIfReadableByOthers(_ contents: TokenFile.Contents) {
        guard contents.isReadableByOthers else { return }
        log.warning("the token file can be read by others", metadata: ["path": "\(path)"])
    }
}
