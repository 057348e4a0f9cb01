/// What one request may cost at most; past it comes an error, never an allocation.
public struct RequestLimits: Equatable, Sendable {
    /// Method, target and version with the spaces between them; past it 414.
    public var requestLineByteCountMax = 16_384
    /// All field lines with their line ends; past it 431.
    public var headerByteCountMax = 32_768
    /// Past it 431.
    public var fieldCountMax = 100
    /// The body after chunk decoding; past it 413.
    public var bodyByteCountMax = 67_108_864

    /// Empty lines ignored before a request line (RFC 9112 §2.2).
    public static let leadingEmptyLineCountMax = 2
    /// One chunk-size line with its extensions.
    public static let chunkLineByteCountMax = 4_096
    /// The chunk extensions of one body together.
    public static let chunkExtensionByteCountMax = 16_384
    /// All trailer lines with their line ends.
    public static let trailerByteCountMax = 8_192

    public init() {}
}

/// How long a peer may take over each part of a request, in milliseconds.
public struct ConnectionTimeouts: Equatable, Sendable {
    /// For the whole head, from its first byte; further bytes do not extend it.
    public var headerMilliseconds = 10_000
    /// In which a body brings less than ``bodyWindowByteCount`` or its rest.
    public var bodyMilliseconds = 15_000
    /// In which the peer takes nothing of an answer.
    public var writeMilliseconds = 15_000
    /// Between requests, and before the first byte of a new connection.
    public var idleMilliseconds = 75_000

    /// The body's timeout begins anew with each of these.
    public static let bodyWindowByteCount = 16_384
    /// How long an answer may take to compute, once the peer has shut down its side, before it is found out whether
    /// the peer is still there.
    public static let probeMilliseconds = 20
    /// How long a connection that is to be closed is still read after its last answer, and how long it may bring
    /// nothing meanwhile.
    public static let lingerMilliseconds = 30_000
    public static let lingerPauseMilliseconds = 5_000
    /// While draining: how long a connection is kept for another request after its last answer or its start, unless
    /// that answer said `Connection: close`.
    public static let drainGraceMilliseconds = 5_000
    /// How much of that is left at least when draining begins: a proxy that is about to use an idle connection would
    /// otherwise meet a closed one.
    public static let drainIdleMilliseconds = 500

    public init() {}
}
