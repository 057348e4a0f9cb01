import ActivationAPI
import Activations
import Dispatch
import Glibc
import Locking
import Logging
import Metrics
import SocketServer

/// The running service: it assembles its parts, and runs until a signal ends it.
struct ServiceProcess {
    let configuration: Configuration
    let signals: SignalSet
    let log: Logger
    let output: LogOutput

    /// Serves until a signal ends the process; it only returns by throwing.
    ///
    /// - Throws: ``ConfigurationError``, or ``ServerError`` if it cannot listen.
    func run() throws -> Never {
        if let width = try configuration.checkedVectorWidth(available: VectorWidth.available) {
            VectorWidth.current = width
        }
        let tokenFile = configuration.tokenFile.map { ReloadedTokens(TokenFile(path: $0), log: log) }
        let tokens = try tokenFile?.start()
        configuration.warnOfVariables(log)
        let readiness = Readiness()
        let observation = ServiceObservation(log: log, vectorWidth: VectorWidth.current.rawValue)
        let metricsPage = PageCache(clock: { Int(DispatchTime.now().uptimeNanoseconds) }) { observation.metricsText() }
        let service = ActivationService(
            ServiceConfiguration(
                bodyByteCountMax: configuration.bodyByteCountMax,
                outputElementCountMax: configuration.outputElementCountMax, tokens: tokens,
                cors: configuration.corsOrigins.isEmpty ? nil : CORSPolicy(origins: configuration.corsOrigins),
                vectorWidth: VectorWidth.current.rawValue),
            readiness: readiness, metrics: { metricsPage.page() })
        let server = try Server.start(
            configuration.server, handler: service,
            events: { [log, configuration] event in Self.report(event, log, configuration) },
            makeObserver: { observation.makeObserver() })
        observation.observe(server, configuration.server)
        let shutdown = ShutdownRequest()
        do {
            // The thread is started before it is needed: the system may refuse a thread later.
            try DedicatedThread.start("shutdown") { shutDown(server, readiness, shutdown.wait()) }
        } catch {
            throw ServerError.resources(error)
        }
        DispatchQueue(label: "documents").async { service.renderDocuments() }
        log.info(
            "listening", metadata: configuration.startMetadata(server, vectorWidth: VectorWidth.current.rawValue))
        waitForSignals(shutdown, tokenFile)
    }

    // MARK: Signals

    private func waitForSignals(_ shutdown: ShutdownRequest, _ tokenFile: ReloadedTokens?) -> Never {
        var isEnding = false
        while true {
            let signal = signals.next()
            if signal == SIGHUP {
                tokenFile?.reload()
            } else if isEnding {
                log.notice("ending at once", metadata: ["signal": .stringConvertible(Int(signal))])
                output.flush(withinSeconds: 0.5)
                ProcessSystem.exitNow(128 + signal)
            } else {
                isEnding = true
                shutdown.make(signal)
            }
        }
    }

    /// Drains and ends the process: readiness first, then, after the delay, listeners and idle connections.
    private func shutDown(_ server: Server, _ readiness: Readiness, _ signal: Int32) -> Never {
        readiness.isReady = false
        log.info("draining", metadata: ["signal": .stringConvertible(Int(signal))])
        if configuration.drainDelaySeconds > 0 {
            let delay = DispatchSemaphore(value: 0)
            _ = delay.wait(timeout: .now() + configuration.drainDelaySeconds)
        }
        server.drain(timeoutSeconds: configuration.drainTimeoutSeconds)
        server.waitUntilStopped()
        log.info("stopped")
        output.flush(withinSeconds: 1)
        ProcessSystem.exitNow(0)
    }

    private static func report(_ event: ServerEvent, _ log: Logger, _ configuration: Configuration) {
        switch event {
        case .descriptorLimitRaised(let before, let after):
            log.info(
                "descriptor limit raised",
                metadata: ["before": .stringConvertible(before), "after": .stringConvertible(after)])
        case .connectionLimitLowered(let count):
            // The default adapts to the machine; only an explicitly set number is worth a warning.
            log.log(
                level: configuration.isGiven(Settings.maxConnections) ? .warning : .info,
                "the descriptor limit allows fewer connections", metadata: ["connections": .stringConvertible(count)])
        case .acceptFailed(let error, let count):
            log.warning(
                "accepting failed; retrying in a moment",
                metadata: ["error": "\(error)", "times": .stringConvertible(count)])
        case .acceptPaused(let connectionCount, let count):
            log.warning(
                "accepting paused until a connection closes or is idle",
                metadata: ["connections": .stringConvertible(connectionCount), "times": .stringConvertible(count)])
        }
    }
}

/// Wakes the thread that shuts the service down, with the signal that requested it.
private final class ShutdownRequest: Sendable {
    private let isMade = DispatchSemaphore(value: 0)
    private let signal = Locked<Int32>(0)

    func make(_ signal: Int32) {
        self.signal.withLock { $0 = signal }
        isMade.signal()
    }

    /// Waits until shutdown is requested.
    func wait() -> Int32 {
        isMade.wait()
        return signal.withLock { $0 }
    }
}

extension Configuration {
    /// Returns the requested vector width, or nil if none was requested.
    ///
    /// - Throws: ``ConfigurationError`` for a width that this processor does not have.
    func checkedVectorWidth(available: [VectorWidth]) throws(ConfigurationError) -> VectorWidth? {
        guard let name = vectorWidth else { return nil }
        guard let width = available.first(where: { $0.rawValue == name }) else {
            let names = available.map(\.rawValue).joined(separator: ", ")
            let source = entries.first { $0.name == Settings.vectorWidth.name }?.source ?? .flag
            throw ConfigurationError(
                "\(source.name(of: Settings.vectorWidth)) is '\(name)'; this processor has \(names).")
        }
        return width
    }

    /// The part of the configuration for the socket server.
    var server: ServerConfiguration {
        var server = ServerConfiguration()
        server.host = host
        server.port = UInt16(port)
        server.workerCount = workerCount
        server.connectionCountMax = connectionCountMax
        server.bufferedByteCountMax = bufferedByteCountMax
        server.limits.requestLineByteCountMax = requestLineByteCountMax
        server.limits.headerByteCountMax = headerByteCountMax
        server.limits.fieldCountMax = headerFieldCountMax
        server.limits.bodyByteCountMax = bodyByteCountMax
        server.timeouts.headerMilliseconds = Int(headerTimeoutSeconds * 1_000)
        server.timeouts.bodyMilliseconds = Int(bodyTimeoutSeconds * 1_000)
        server.timeouts.writeMilliseconds = Int(writeTimeoutSeconds * 1_000)
        server.timeouts.idleMilliseconds = Int(idleTimeoutSeconds * 1_000)
        return server
    }
}
