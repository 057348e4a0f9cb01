import ActivationAPI
/// Every setting, in the order of `--help` and `--print-config`.
enum Settings {
    static let host = Setting(
        host: "host", "Address to listen on: IPv4, IPv6 or a name.", default: "127.0.0.1")
    static let port = Setting(
        "port", "number", "Port to listen on; 0 takes a free one.", in: 0...65_535, default: "8080", alias: "PORT")
    static let workers = Setting(
        "workers", "count", "Event loops.", in: 1...1_024,
        default: "the cores available to the process, at most 64")

    static let maxBodyBytes = Setting(
        "max-body-bytes", "bytes", "Bytes of a request's body, after chunk decoding.", in: 0...(1 << 40),
        default: "67108864, at most --max-buffered-bytes")
    static let maxOutputElements = Setting(
        "max-output-elements", "count", "Numbers in one answer.", in: 1...(1 << 40), default: "16777216")
    static let maxBufferedBytes = Setting(
        "max-buffered-bytes", "bytes", "Bytes of bodies and results held by all requests together; past it 503.",
        in: bufferedBytesMin...(1 << 50),
        default: "536870912, at most a quarter of the cgroup's memory (\(bufferedBytesMin) at least)")
    /// Enough to answer any request of at most 64 KiB (the largest takes 2.8 MB) and to draw any picture.
    static let bufferedBytesMin = 4_194_304
    static let maxRequestLineBytes = Setting(
        "max-request-line-bytes", "bytes", "Bytes of a request line; past it 414.", in: 64...1_048_576, default: "16384"
    )
    static let maxHeaderBytes = Setting(
        "max-header-bytes", "bytes", "Bytes of a header section; past it 431.", in: 64...1_048_576, default: "32768")
    static let maxHeaderFields = Setting(
        "max-header-fields", "count", "Fields of a header section; past it 431.", in: 1...10_000, default: "100")
    static let maxConnections = Setting(
        "max-connections", "count", "Connections at a time; past it accepting pauses.", in: 1...1_000_000,
        default: "16384, at most an eighth of the cgroup's memory at 4 KiB each (64 at least), and what the descriptor "
            + "limit allows")

    static let headerTimeout = Setting(
        seconds: "header-timeout", "Seconds for a whole header section; past it 408.", in: 0.1...86_400, default: "10")
    static let bodyTimeout = Setting(
        seconds: "body-timeout", "Seconds in which a body must bring 16 KiB or its rest; past it 408.",
        in: 0.1...86_400, default: "15")
    static let writeTimeout = Setting(
        seconds: "write-timeout", "Seconds in which a client must take something of its answer.",
        in: 0.1...86_400, default: "15")
    static let idleTimeout = Setting(
        seconds: "idle-timeout", "Seconds that a connection may be idle between requests.",
        in: 0.1...86_400, default: "75")
    static let drainDelay = Setting(
        seconds: "drain-delay", "Seconds of normal service after SIGTERM, with /readyz already 503.",
        in: 0...3_600, default: "0")
    static let drainTimeout = Setting(
        seconds: "drain-timeout", "Seconds after that for requests in flight.", in: 0...3_600, default: "25")

    static let tokenFile = Setting(
        "token-file", "path",
        "File of bearer tokens, one a line; /v1 and /v2 then need one. Read again when it changes.",
        allowed: "the path of a file", default: "none")
    static let corsOrigin = Setting(
        list: "cors-origin", "origin", "Origin whose pages may use the service; repeatable.",
        allowed: "origins such as https://example.com, or *", isAllowed: isOrigin)

    static let vectorWidth = Setting(
        "vector-width", "width", "Instructions for the kernels: baseline, avx2 or avx512.",
        choices: ["baseline", "avx2", "avx512"], allowed: "baseline, avx2 or avx512, if the CPU has it",
        default: "the widest the CPU has")
    static let logLevel = Setting(
        "log-level", "level", "Lowest level to log.", choices: logLevels,
        allowed: "one of " + logLevels.joined(separator: ", "), default: "info")
    static let logFormat = Setting(
        "log-format", "format", "Format of the log, on standard error: text or json.", choices: ["text", "json"],
        allowed: "text or json", default: "text on a terminal, else json")

    @Sendable private static func isOrigin(_ text: String) -> Bool {
        text == CORSPolicy.everyOrigin || WebOrigin(text) != nil
    }

    private static let logLevels = ["trace", "debug", "info", "notice", "warning", "error", "critical"]
}
