/// What all conversations of one event loop share: the handler, the time, and memory that each needs only while it
/// runs.
public struct ConversationContext: ~Copyable {
    public let limits: RequestLimits
    public let timeouts: ConnectionTimeouts
    let handler: any Handler
    var parser = HeadParser()
    private var date = DateField()
    private var requestIDs: RequestIDSource?
    let observation: Observation?

    /// Bytes for the peer, appended by the conversation that runs; the caller sends them and empties it.
    public var output = ByteBuffer(capacity: 2 * outputByteCountMax)
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
    private let quickFields: ResponseFields
    private var quickHead = QuickHead()
    /// The body of the last answer that was given at once; its memory is used again for the next.
    private(set) var quickBody = ByteBuffer()
    /// While true, whatever would hold memory beyond one event is answered 503.
    public var isOverloaded = false

    /// A conversation stops answering pipelined requests, and a body counts as large, from here on.
    static let outputByteCountMax = 65_536

    /// - Parameters:
    ///   - requestIDPrefix: Begins the names of the requests that bring none; without it, requests have no names.
    ///   - observation: Who is told of requests.
    public init(
        handler: any Handler, limits: RequestLimits, timeouts: ConnectionTimeouts, requestIDPrefix: UInt64? = nil,
        observation: consuming Observation? = nil
    ) {
        self.handler = handler
        requestIDs = requestIDPrefix.map(RequestIDSource.init)
        self.observation = observation
        self.limits = limits
        self.timeouts = timeouts
        quickFields = handler.quickFields
        quickHead.update(fields: quickFields, date, requestIDs?.prefix)
    }

    /// Tells the time; conversations never ask for it.
    ///
    /// - Parameter observationNanoseconds: By the observation's clock.
    public mutating func setTime(monotonicMilliseconds: Int, unixSeconds: Int, observationNanoseconds: Int = 0) {
        nowMilliseconds = monotonicMilliseconds
        lastNanoseconds = observationNanoseconds
        if date.update(unixSeconds: unixSeconds) { quickHead.update(fields: quickFields, date, requestIDs?.prefix) }
    }

    // MARK: Names

    /// The name of a request that has none of its own.
    mutating func makeID() -> RequestID? { requestIDs?.next() }

    /// A head as the handler sees it.
    ///
    /// - Parameter request: Begins with the head, which has been read by ``parser``.
    @_lifetime(borrow self, copy request)
    func view(of head: ParsedHead, in request: Span<UInt8>) -> RequestHead {
        RequestHead(
            // A method that HTTP does not register has no name here; the other fields are read all the same.
            method: head.method ?? .otherRegistered, bytes: request.extracting(0..<head.byteCount),
            fieldLines: parser.fieldLines, nameLengthBits: parser.nameLengthBits, path: head.path, query: head.query,
            minorVersion: head.minorVersion, framing: head.framing, expectation: head.expectation)
    }

    // MARK: Quick answers

    /// How long the body of a request is that may be answered at once; nil where it may not, or not all of it is there.
    ///
    /// - Parameter availableByteCount: How much has arrived behind the head.
    func quickBodyByteCount(_ framing: BodyFraming, availableByteCount: Int) -> Int? {
        guard case .length(let byteCount) = framing, byteCount > 0, byteCount <= availableByteCount,
            byteCount <= limits.bodyByteCountMax, byteCount <= Self.outputByteCountMax
        else { return nil }
        return byteCount
    }

    /// Has the handler answer a whole body at once, into ``quickBody``.
    mutating func answer(_ body: Span<UInt8>, by way: Int) -> ResponseNote? {
        quickBody.removeAll()
        return handler.answer(body, by: way, into: &quickBody)
    }

    /// Answers a request whose head is the same as the last one, by the way that is known of that.
    ///
    /// - Parameter body: All of it.
    /// - Returns: False where the request is to go the way of others: nothing has been written or told then.
    mutating func answerAgain(_ head: ParsedHead, _ body: Span<UInt8>) -> Bool {
        guard let way = parser.known.way, !isDraining, let note = answer(body, by: way),
            quickBody.count <= Self.outputByteCountMax
        else { return false }
        let id = makeID()
        quickHead.append(number: id?.numberMade, body: quickBody, to: &output)
        tellAtOnce(head, id, note, requestBodyByteCount: body.count, responseBodyByteCount: quickBody.count)
        return true
    }

    /// Notes that requests with the head that was read last are answered by this way, and say nothing of their own:
    /// where that is so, ``answerAgain(_:_:)`` does all there is to do.
    mutating func remember(_ way: QuickWay, of head: ParsedHead) {
        guard way.otherFields == nil, head.isPersistent, head.minorVersion == 1 else { return }
        parser.known.remember(way: way.number)
    }

    /// Appends a quick answer where it is as most are; its body lies in ``quickBody``.
    ///
    /// - Returns: False where it differs in more than its length and name, and nothing has been appended.
    mutating func append(by way: QuickWay, to exchange: Exchange) -> Bool {
        guard exchange.isPersistent, !isDraining, exchange.minorVersion == 1, way.otherFields == nil,
            quickBody.count <= Self.outputByteCountMax
        else { return false }
        var number: UInt64?
        if let id = exchange.id {
            number = id.numberMade
            if number == nil { return false }
        }
        quickHead.append(number: number, body: quickBody, to: &output)
        return true
    }

    /// A quick answer as a response like others.
    func response(by way: QuickWay, _ note: ResponseNote) -> Response {
        var fields = quickFields
        if let otherFields = way.otherFields { fields.append(otherFields) }
        var response = Response(.ok, fields: fields, body: .bytes(Array(copying: quickBody.span)))
        response.note = note
        return response
    }

    // MARK: Serializing (RFC 9112 §4 to §7)

    /// Appends a final response's head, and its body unless that is large or produced.
    ///
    /// - Parameter isPersistent: Whether the connection is kept; if not, the response says so.
    mutating func append(_ response: Response, to exchange: Exchange, isPersistent: Bool) {
        var inlineBody: [UInt8] = []
        let status = response.status
        if case .bytes(let body) = response.body, !exchange.isHead, status != .noContent, status != .notModified {
            if body.count > Self.outputByteCountMax { largeBody = body } else { inlineBody = body }
        }
        let byteCountMax = Self.headByteCountMax + response.fields.bytes.count + inlineBody.count
        output.append(addingCapacity: byteCountMax) { output in
            Self.appendHead(of: response, to: exchange, isPersistent: isPersistent, date, &output)
            output.append(copying: inlineBody)
        }
    }

    /// Most bytes of a response's head apart from the handler's fields.
    private static let headByteCountMax = 512

    private static func appendHead(
        of response: Response, to exchange: Exchange, isPersistent: Bool, _ date: DateField,
        _ output: inout OutputSpan<UInt8>
    ) {
        if response.status == .ok {
            output.append("HTTP/1.1 200 OK\r\n")
        } else {
            output.append("HTTP/1.1 ")
            output.append(decimal: response.status.code)
            output.append(Byte.space)
            output.append(response.status.reason)
            output.append("\r\n")
        }
        output.append(copying: response.fields.bytes)
        output.append(copying: date.line)
        if let id = exchange.id {
            output.append("X-Request-Id: ")
            id.append(to: &output)
            output.append("\r\n")
        }
        if !isPersistent {
            output.append("Connection: close\r\n")
        } else if exchange.minorVersion == 0 {
            output.append("Connection: keep-alive\r\n")
        }
        guard response.status != .noContent, response.status != .notModified else { return output.append("\r\n") }
        switch response.body {
        case .none:
            output.append("Content-Length: 0\r\n\r\n")
        case .withheld:
            output.append("\r\n")
        case .bytes(let body):
            output.append("Content-Length: ")
            output.append(decimal: body.count)
            output.append("\r\n\r\n")
        case .stream:
            output.append(exchange.isHead || exchange.minorVersion == 0 ? "\r\n" : "Transfer-Encoding: chunked\r\n\r\n")
        }
    }

    mutating func append(_ text: StaticString) {
        output.append(addingCapacity: text.utf8CodeUnitCount) { $0.append(text) }
    }
}
