import ActivationAPI
import HTTP
import Locking
import Logging
import Metrics
import SocketServer

/// Observes the service while it runs: metrics, and a line for each request if the log level includes it.
final class ServiceObservation: Sendable {
    private let metrics: ServerMetrics
    private let log: Logger
    private let vectorWidth: String
    private let server = Locked<(Server, ServerConfiguration)?>(nil)

    init(log: Logger, vectorWidth: String) {
        self.log = log
        self.vectorWidth = vectorWidth
        metrics = ServerMetrics(
            MetricLabels(
                routes: RequestLabels.routes.enumerated().map { route, template in
                    .init(template: template, methods: RequestLabels.methods(ofRoute: route))
                }, problems: RequestLabels.problems,
                evaluations: RequestLabels.evaluations.map {
                    .init(activation: $0.activation, operation: $0.operation)
                }))
    }

    /// The server is created after the handler that reports its numbers.
    func observe(_ server: Server, _ configuration: ServerConfiguration) {
        self.server.withLock { $0 = (server, configuration) }
    }

    func makeObserver() -> any RequestObserver {
        guard log.logLevel <= .debug else { return metrics.makeObserver() }
        return metrics.makeObserver { [log] request in Self.writeAccessLine(request, log) }
    }

    private static func writeAccessLine(_ request: borrowing EndedRequest, _ log: Logger) {
        // The path and the query are not logged: they may contain data, and the route names what was requested.
        var metadata: Logger.Metadata = [
            "method": "\(request.method.map { $0 == .otherRegistered ? "other" : $0.rawValue } ?? "unknown")",
            "status": .stringConvertible(request.status),
            "request_bytes": .stringConvertible(request.requestBodyByteCount),
            "response_bytes": .stringConvertible(request.responseBodyByteCount),
            "duration_us": .stringConvertible(request.durationNanoseconds / 1_000),
            "peer": "\(PeerAddress.text(ofConnection: request.connection))",
        ]
        if let route = request.note.route { metadata["route"] = "\(RequestLabels.routes[Int(route)])" }
        if let problem = request.note.problem { metadata["problem"] = "\(RequestLabels.problems[Int(problem)])" }
        if let id = request.id { metadata["request_id"] = "\(id)" }
        if let trace = request.trace {
            metadata["trace_id"] = "\(trace.traceID)"
            metadata["parent_span_id"] = "\(trace.parentID)"
        }
        log.debug("request", metadata: metadata)
    }

    // MARK: Metrics

    func metricsText() -> [UInt8] {
        metrics.text(readings: serverReadings() + ProcessReadings.all + [buildInfo])
    }

    private var buildInfo: Reading {
        Reading(
            "activation_build_info", .gauge, "Version and vector width; the value is always 1.", 1,
            labels: [("version", ServiceVersion.current), ("vector_width", vectorWidth)])
    }

    private func serverReadings() -> [Reading] {
        guard let (server, configuration) = server.withLock({ $0 }) else { return [] }
        return [
            Reading("activation_connections", .gauge, "Open connections.", Double(server.connectionCount)),
            Reading(
                "activation_connections_limit", .gauge, "Maximum number of connections.",
                Double(server.connectionCountMax)),
            Reading(
                "activation_connections_accepted_total", .counter, "Connections accepted.", Double(server.acceptedCount)
            ),
            Reading(
                "activation_accept_failures_total", .counter,
                "Failures to accept because descriptors or memory were exhausted.", Double(server.failedAcceptCount)),
            Reading(
                "activation_buffered_bytes", .gauge, "Bytes of bodies and results that requests hold.",
                Double(server.bufferedByteCount)),
            Reading(
                "activation_buffered_bytes_limit", .gauge, "Bytes above which requests are shed.",
                Double(configuration.bufferedByteCountMax)),
            Reading(
                "activation_compute_queue_length", .gauge,
                "Tasks on the compute threads, or queued for them.",
                Double(server.computationCount)),
            Reading("activation_workers", .gauge, "Event loops.", Double(configuration.workerCount)),
        ]
    }
}
