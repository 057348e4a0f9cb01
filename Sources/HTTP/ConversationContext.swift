/// What all conversations of one event loop share: the handler, the time, and memory that each needs only while it
/// runs.
public struct ConversationContext {
    public let limits: RequestLimits
    public let timeouts: ConnectionTimeouts
    let handler: any Handler
    var parser = HeadParser()
    private var date = DateField()
    private var requestIDs: RequestIDSource?
    let observation: Observation?

    /// Bytes for the peer, appended by the conversation that runs; the caller sends them and empties it.
    public var output: [UInt8] = []
    /// Content to be sent right behind ``output``: large enough that copying it there would cost more than a second
    /// segment.
    ///
    /// The caller takes it away.
    public var largeBody: [UInt8]?
    /// Which connection's conversation runs, in the caller's books: handed on to the observer.
    public var connection = 0
    /// The present, on a clock that never jumps.
    public private(set) var nowMilliseconds = 0
    /// When the loop turned to what it does now, on the observation's clock.
    var lastNanoseconds = 0
    /// Once true, every answer says `Connection: close`.
    public var isDraining = false
    /// While true, whatever would hold memory beyond one event is answered 503.
    public var isOverloaded = false

    /// A conversation stops answering pipelined requests, and a body counts as large, from here on.
    static let outputByteCountMax = 65_536

    /// - Parameters:
    ///   - requestIDPrefix: Begins the names of the requests that bring none; without it, requests have no names.
    ///   - observation: Who is told of requests.
    public init(
        handler: any Handler, limits: RequestLimits, timeouts: ConnectionTimeouts, requestIDPrefix: UInt64? = nil,
        observation: Observation? = nil
    ) {
        self.handler = handler
        requestIDs = requestIDPrefix.map(RequestIDSource.init)
        self.observation = observation
        self.limits = limits
        self.timeouts = timeouts
    }

    /// Tells the time; conversations never ask for it.
    ///
    /// - Parameter observationNanoseconds: By the observation's clock.
    public mutating func setTime(monotonicMilliseconds: Int, unixSeconds: Int, observationNanoseconds: Int = 0) {
        nowMilliseconds = monotonicMilliseconds
        lastNanoseconds = observationNanoseconds
        date.update(unixSeconds: unixSeconds)
    }

    // MARK: Names

    /// The name of a request that has none of its own.
    mutating func makeID() -> RequestID? { requestIDs?.next() }

    // MARK: Serializing (RFC 9112 §4 to §7)

    /// Appends a final response's head, and its body unless that is large or produced.
    ///
    /// - Parameter isPersistent: Whether the connection is kept; if not, the response says so.
    mutating func append(_ response: Response, to exchange: Exchange, isPersistent: Bool) {
        let status = response.status
        append("HTTP/1.1 ")
        append(decimal: status.code)
        output.append(Byte.space)
        append(status.reason)
        append("\r\n")
        output.append(contentsOf: response.fields.bytes)
        output.append(contentsOf: date.line)
        if let id = exchange.id {
            append("X-Request-Id: ")
            id.append(to: &output)
            append("\r\n")
        }
        if !isPersistent {
            append("Connection: close\r\n")
        } else if exchange.minorVersion == 0 {
            append("Connection: keep-alive\r\n")
        }
        guard status != .noContent, status != .notModified else { return append("\r\n") }
        switch response.body {
        case .none:
            append("Content-Length: 0\r\n\r\n")
        case .withheld:
            append("\r\n")
        case .bytes(let body):
            append("Content-Length: ")
            append(decimal: body.count)
            append("\r\n\r\n")
            guard !exchange.isHead else { return }
            if body.count > Self.outputByteCountMax { largeBody = body } else { output.append(contentsOf: body) }
        case .stream:
            append(exchange.isHead || exchange.minorVersion == 0 ? "\r\n" : "Transfer-Encoding: chunked\r\n\r\n")
        }
    }

    mutating func append(_ text: StaticString) {
        // SAFETY: the pointer and the count are one literal's, which lives as long as the program.
        unsafe output.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private mutating func append(decimal number: Int) {
        precondition(number >= 0, "A length or a status code is not negative.")
        let start = output.count
        var rest = number
        repeat {
            output.append(0x30 + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        output[start...].reverse()
    }
}
