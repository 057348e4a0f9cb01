import ActivationAPI
import Logging
import SocketServer

extension Configuration {
    /// Returns the fields of the line `listening`: the address, the version, the access rules and the limits.
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

    /// Warns about variables that were probably meant as settings, and about a port that is a service link.
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
