import ActivationAPI
import Logging
import SocketServer

extension Configuration {
    /// What the line `listening` says: where, what is running, who may use it, and within which limits.
    func startMetadata(_ server: Server, vectorWidth: String) -> Logger.Metadata {
        [
            "url": "\(server.url)", "version": "\(ServiceVersion.current)", "vector_width": "\(vectorWidth)",
            "workers": .stringConvertible(workerCount), "access": tokenFile == nil ? "open" : "tokens",
            "max_body_bytes": .stringConvertible(bodyByteCountMax),
            "max_output_elements": .stringConvertible(outputElementCountMax),
            "max_buffered_bytes": .stringConvertible(bufferedByteCountMax),
            "max_connections": .stringConvertible(server.connectionCountMax),
        ]
    }

    /// Warns of variables that were probably meant as settings, and of a port that is a service link.
    func warnOfVariables(_ log: Logger) {
        if ignoresPortLink {
            log.warning(
                "ACTIVATION_PORT is ignored: it is a Kubernetes service link, not a port",
                metadata: ["port": .stringConvertible(port)])
        }
        if !unknownVariables.isEmpty {
            log.warning(
                "the environment has variables that look like settings and are not",
                metadata: ["names": "\(unknownVariables.joined(separator: ", "))"])
        }
    }
}
