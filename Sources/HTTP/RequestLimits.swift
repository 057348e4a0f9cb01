/// The limits on one request; exceeding one causes an error, never an allocation.
public struct RequestLimits: Equatable, Sendable {
    /// The limit on method, target and version with the spaces between them; beyond it the answer is 414.
    public var requestLineByteCountMax = 16_384
    /// The limit on all field lines with their line ends; beyond it the answer is 431.
    public var headerByteCountMax = 32_768
    /// The limit on the number of field lines; beyond it the answer is 431.
    public var fieldCountMax = 100
    /// The limit on the body after chunk decoding; beyond it the answer is 413.
    public var bodyByteCountMax = 67_108_864

    /// The number of empty lines ignored before a request line (RFC 9112 §2.2).
    public static let leadingEmptyLineCountMax = 2
    /// The limit on one chunk-size line with its extensions.
    public static let chunkLineByteCountMax = 4_096
    /// The limit on the chunk extensions of one body together.
    public static let chunkExtensionByteCountMax = 16_384
    /// The limit on all trailer lines with their line ends.
    public static let trailerByteCountMax = 8_192

    public init() {}
}

/// The time that a peer has for each part of a request, in milliseconds.
public struct ConnectionTimeouts: Equatable, Sendable {
    /// The time for the whole head, from its first byte; further bytes do not extend it.
    public var headerMilliseconds = 10_000
    /// The time in which ``bodyWindowByteCount`` of a body, or its rest, must arrive.
    public var bodyMilliseconds = 15_000
    /// The time in which the peer must receive some of an answer.
    public var writeMilliseconds = 15_000
    /// The time between requests, and before the first byte of a new connection.
    public var idleMilliseconds = 75_000

    /// The number of bytes after which the body's timeout restarts.
    public static let bodyWindowByteCount = 16_384
    /// The time for computing an answer after the peer has shut down its side; then the server finds out whether the
    /// peer is still there.
    public static let probeMilliseconds = 20
    /// The time for which a connection that is to be closed is still read after its last answer, and the longest pause
    /// in what it sends meanwhile.
    public static let lingerMilliseconds = 30_000
    public static let lingerPauseMilliseconds = 5_000
    /// The time for which, while draining, a connection is kept for another request after its last answer or its start,
    /// unless that answer had `Connection: close`.
    public static let drainGraceMilliseconds = 5_000
    /// The minimum of that time when draining begins: otherwise a proxy that is about to use an idle connection would
    /// find it closed.
    public static let drainIdleMilliseconds = 500

    public init() {}
}
