/// The state that all conversations of one event loop share: the handler, the time, and memory that each needs only
/// while it runs.
public struct ConversationContext: ~Copyable {
    public let limits: RequestLimits
    public let timeouts: ConnectionTimeouts
    let handler: any Handler
    var parser = HeadParser()
    private var date = DateField()
    private var requestIDs: RequestIDSource?
    let observation: Observation?

    /// Bytes for the peer, appended by the running conversation; the caller sends and removes them.
    public var output = ByteBuffer(capacity: 2 * outputByteCountMax)
    /// Content to be sent directly after ``output``, if copying it there would cost more than a second segment.
    ///
    /// The caller sets it to nil when it has taken it over.
    public var largeBody: [UInt8]?
    /// The caller's number for the connection whose conversation is running, which is passed to the observer.
    public var connection = 0
    /// The current time, on a monotonic clock.
    public private(set) var nowMilliseconds = 0
    /// The time at which the loop started its current activity, on the observation's clock.
    public var lastNanoseconds = 0
    /// Once true, an answer has `Connection: close` unless another request has already arrived after its own.
    public var isDraining = false {
        didSet {
            idleMilliseconds = min(timeouts.idleMilliseconds, ConnectionTimeouts.drainGraceMilliseconds)
        }
    }
    /// How long a connection may now wait for a request.
    private(set) var idleMilliseconds: Int
    /// Whether, while draining, the connection has input that has not been passed to the conversation.
    public var isInputWaiting = false
    /// Whether, while draining, the request that is being answered is followed by input.
    private(set) var isRequestFollowed = false
    private let quickFields: ResponseFields
    private var quickHead = QuickHead()
    /// While true, work for a compute queue, and any request that would lead to it, is answered 503.
    public var isOverloaded = false
    /// The memory that all requests may hold.
    public let budget: ByteBudget
    /// The part of it that the running conversation's connection has reserved; the caller moves it in and out.
    public var reservation = Reservation()
    /// Whether a reservation has been refused; the caller resets it.
    public var isReservationRefused = false
    /// The turn of the connection whose conversation runs.
    public var turn: TurnBudget

    /// The number of output bytes from which a conversation stops answering pipelined requests, and a body counts as
    /// large.
    static let outputByteCountMax = 65_536

    /// Creates the shared state of an event loop.
    ///
    /// - Parameters:
    ///   - requestIDPrefix: The prefix of generated request IDs; without it, requests have no IDs.
    ///   - observation: The observer of requests, if there is one.
    ///   - budget: The memory that all requests may hold.
    ///   - clock: Nanoseconds, on the observation's clock; without it, turns never end.
    public init(
        handler: any Handler, limits: RequestLimits, timeouts: ConnectionTimeouts, requestIDPrefix: UInt64? = nil,
        observation: consuming Observation? = nil, budget: ByteBudget = ByteBudget(byteCountMax: .max),
        clock: @escaping @Sendable () -> Int = { 0 }
    ) {
        self.handler = handler
        self.budget = budget
        turn = TurnBudget(clock: clock)
        requestIDs = requestIDPrefix.map(RequestIDSource.init)
        self.observation = observation
        self.limits = limits
        self.timeouts = timeouts
        idleMilliseconds = timeouts.idleMilliseconds
        quickFields = handler.quickFields
        quickHead.update(fields: quickFields, date, requestIDs?.prefix)
    }

    /// Sets the time; conversations never read a clock for it.
    ///
    /// - Parameter observationNanoseconds: The time on the observation's clock.
    public mutating func setTime(monotonicMilliseconds: Int, unixSeconds: Int, observationNanoseconds: Int = 0) {
        nowMilliseconds = monotonicMilliseconds
        lastNanoseconds = observationNanoseconds
        if date.update(unixSeconds: unixSeconds) { quickHead.update(fields: quickFields, date, requestIDs?.prefix) }
    }

    /// Records whether input follows the request that is about to be answered, which matters only while draining.
    ///
    /// - Parameter input: The input after the request; empty lines at its start are part of no request (RFC 9112 §2.2).
    mutating func noteInput(following input: Span<UInt8>) {
        guard isDraining else { return }
        isRequestFollowed = isInputWaiting
        for index in input.indices where input[index] != 0x0D && input[index] != 0x0A {
            isRequestFollowed = true
            return
        }
    }

    // MARK: Request IDs

    /// Generates an ID for a request that arrived without one.
    mutating func makeID() -> RequestID? { requestIDs?.next() }

    /// Returns the ID that was generated from a number.
    func name(_ number: UInt64?) -> RequestID? {
        guard let number, let requestIDs else { return nil }
        return .made(prefix: requestIDs.prefix, number: number)
    }

    /// Returns a head as the handler sees it.
    ///
    /// - Parameter request: Begins with the head, which has been read by ``parser``.
    @_lifetime(borrow self, copy request)
    func view(of head: ParsedHead, in request: Span<UInt8>) -> RequestHead {
        RequestHead(
            // A method that HTTP does not register has no case here; the other fields are read all the same.
            method: head.method ?? .otherRegistered, bytes: request.extracting(0..<head.byteCount),
            fieldLines: parser.fieldLines, nameLengthBits: parser.nameLengthBits, path: head.path, query: head.query,
            minorVersion: head.minorVersion, framing: head.framing, expectation: head.expectation)
    }

    // MARK: Fast path

    /// Returns the length of the body if the request can be answered on the fast path, or nil if it cannot or the body
    /// is incomplete.
    ///
    /// - Parameter availableByteCount: The number of bytes that have arrived after the head.
    func quickBodyByteCount(_ framing: BodyFraming, availableByteCount: Int) -> Int? {
        guard case .length(let byteCount) = framing, byteCount > 0, byteCount <= availableByteCount,
            byteCount <= limits.bodyByteCountMax, byteCount <= Self.outputByteCountMax
        else { return nil }
        return byteCount
    }

    /// Answers a whole body on the fast path, if the head of the answer differs from the cached one only in its number
    /// and length.
    ///
    /// - Parameter number: The number in the request's ID, or nil if requests have no IDs.
    /// - Returns: The note of the answer and the length of its body, or nil to use the regular path; then nothing has
    ///   been written.
    @inline(__always)
    private mutating func answer(
        _ body: Span<UInt8>, by way: Int, number: UInt64?
    ) -> (note: ResponseNote, byteCount: Int)? {
        let start = output.count
        quickHead.append(number: number, to: &output)
        let bodyStart = output.count
        guard let note = handler.answer(body, by: way, into: &output) else {
            output.removeLast(output.count - start)
            return nil
        }
        let byteCount = output.count - bodyStart
        quickHead.setLength(byteCount, in: &output)
        if byteCount > Self.outputByteCountMax { largeBody = takeLast(byteCount) }
        return (note, byteCount)
    }

    /// Answers a request whose head matches the cached one.
    ///
    /// - Parameter input: Begins with the request.
    /// - Returns: The length of the request, or nil to use the regular path; then nothing has been written or reported.
    mutating func answerAgain(_ input: Span<UInt8>) -> Int? {
        guard let way = parser.known.way, !isDraining, let head = parser.recognize(input),
            let bodyByteCount = quickBodyByteCount(
                head.framing, availableByteCount: input.count - head.byteCount)
        else { return nil }
        let requestByteCount = head.byteCount + bodyByteCount
        let number = requestIDs?.upcoming
        let body = input.extracting(head.byteCount..<requestByteCount)
        guard let (note, byteCount) = answer(body, by: way, number: number) else { return nil }
        requestIDs?.advance()
        tellAtOnce(head, number, note, requestBodyByteCount: bodyByteCount, responseBodyByteCount: byteCount)
        return requestByteCount
    }

    /// Caches the fast path for requests with the last head, if their answers need no fields of their own.
    ///
    /// For these, ``answerAgain(_:)`` does everything. The caller ensures that the head has no ID or trace of its own.
    mutating func remember(_ way: QuickWay, of head: ParsedHead) {
        guard way.otherFields == nil, head.isPersistent, head.minorVersion == 1 else { return }
        parser.known.remember(way: way.number)
    }

    /// Answers a whole body by a fast path that has just been found.
    ///
    /// - Returns: The note of the answer and the length of its body. If it is nil, nothing has been written: the answer
    ///   needs a head of its own (``response(to:by:)``), or the request needs the regular path.
    mutating func answer(
        _ body: Span<UInt8>, by way: QuickWay, to exchange: Exchange
    ) -> (note: ResponseNote, byteCount: Int)? {
        guard exchange.isPersistent, !isDraining, exchange.minorVersion == 1, way.otherFields == nil else { return nil }
        guard let id = exchange.id else { return answer(body, by: way.number, number: nil) }
        guard let number = id.numberMade else { return nil }
        return answer(body, by: way.number, number: number)
    }

    /// Answers a whole body by a fast path, with a complete response; returns nil to use the regular path.
    mutating func response(to body: Span<UInt8>, by way: QuickWay) -> Response? {
        let start = output.count
        guard let note = handler.answer(body, by: way.number, into: &output) else {
            output.removeLast(output.count - start)
            return nil
        }
        var fields = quickFields
        if let otherFields = way.otherFields { fields.append(otherFields) }
        var response = Response(.ok, fields: fields, body: .bytes(takeLast(output.count - start)))
        response.note = note
        return response
    }

    /// Removes the last bytes from the output and returns them.
    private mutating func takeLast(_ byteCount: Int) -> [UInt8] {
        let bytes = Array(copying: output.span.extracting(last: byteCount))
        output.removeLast(byteCount)
        return bytes
    }

    // MARK: Serializing (RFC 9112 §4 to §7)

    /// Appends a final response's head, and its body unless that is large or produced.
    ///
    /// - Parameter isPersistent: Whether the connection is kept open; if not, the response has `Connection: close`.
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

    /// The first bytes of every response.
    static let answerBeginning: StaticString = "HTTP/1.1 "

    /// The most bytes of a response's head, excluding the handler's fields.
    private static let headByteCountMax = 512

    private static func appendHead(
        of response: Response, to exchange: Exchange, isPersistent: Bool, _ date: DateField,
        _ output: inout OutputSpan<UInt8>
    ) {
        if !exchange.isAnswerBegun { output.append(answerBeginning) }
        if response.status == .ok {
            output.append("200 OK\r\n")
        } else {
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
