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
    public var lastNanoseconds = 0
    /// Once true, an answer says `Connection: close` unless another request follows already.
    public var isDraining = false {
        didSet {
            idleMilliseconds = min(timeouts.idleMilliseconds, ConnectionTimeouts.drainGraceMilliseconds)
        }
    }
    /// How long a connection may wait for a request from now on.
    private(set) var idleMilliseconds: Int
    /// While draining: whether the connection has input that the conversation has not been given.
    public var isInputWaiting = false
    /// While draining: whether the request that is being answered is followed by input.
    private(set) var isRequestFollowed = false
    private let quickFields: ResponseFields
    private var quickHead = QuickHead()
    /// While true, work for a compute queue, and what would lead to it, is answered 503.
    public var isOverloaded = false
    /// The memory that all requests may hold.
    public let budget: ByteBudget
    /// What the connection whose conversation runs has reserved of it; the caller puts it here, and takes it back.
    public var reservation = Reservation()
    /// Whether a reservation has been refused; the caller resets it.
    public var isReservationRefused = false
    /// The turn of the connection whose conversation runs.
    public var turn: TurnBudget

    /// A conversation stops answering pipelined requests, and a body counts as large, from here on.
    static let outputByteCountMax = 65_536

    /// - Parameters:
    ///   - requestIDPrefix: Begins the names of the requests that bring none; without it, requests have no names.
    ///   - observation: Who is told of requests.
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

    /// Tells the time; conversations never ask for it.
    ///
    /// - Parameter observationNanoseconds: By the observation's clock.
    public mutating func setTime(monotonicMilliseconds: Int, unixSeconds: Int, observationNanoseconds: Int = 0) {
        nowMilliseconds = monotonicMilliseconds
        lastNanoseconds = observationNanoseconds
        if date.update(unixSeconds: unixSeconds) { quickHead.update(fields: quickFields, date, requestIDs?.prefix) }
    }

    /// Notes what follows the request that is about to be answered, which matters only while draining.
    ///
    /// - Parameter input: Empty lines at its start are part of no request (RFC 9112 §2.2).
    mutating func noteInput(following input: Span<UInt8>) {
        guard isDraining else { return }
        isRequestFollowed = isInputWaiting
        for index in input.indices where input[index] != 0x0D && input[index] != 0x0A {
            isRequestFollowed = true
            return
        }
    }

    // MARK: Names

    /// The name of a request that has none of its own.
    mutating func makeID() -> RequestID? { requestIDs?.next() }

    /// The name that has been made of a number.
    func name(_ number: UInt64?) -> RequestID? {
        guard let number, let requestIDs else { return nil }
        return .made(prefix: requestIDs.prefix, number: number)
    }

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

    /// Answers a whole body at once, where the answer is as most are: its head differs from others only in its number
    /// and length.
    ///
    /// - Parameter number: The one in the request's name; nil where requests have none.
    /// - Returns: What is noted on the answer and the length of its body; nil where the request is to go the way of
    ///   others: nothing has been written then.
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

    /// Answers a request whose head is the same as the last one, by the way that is known of that.
    ///
    /// - Parameter input: Begins with the request.
    /// - Returns: How long the request is; nil where it is to go the way of others: nothing has been written or told
    ///   then.
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

    /// Notes that requests with the head that was read last are answered by this way, and say nothing of their own:
    /// where that is so, ``answerAgain(_:_:)`` does all there is to do.
    mutating func remember(_ way: QuickWay, of head: ParsedHead) {
        guard way.otherFields == nil, head.isPersistent, head.minorVersion == 1 else { return }
        parser.known.remember(way: way.number)
    }

    /// Answers a whole body at once by a way that has just been found.
    ///
    /// - Returns: What is noted on the answer and the length of its body; nil, and nothing has been written, where the
    ///   answer is not as most are (``response(to:by:)``), or the request is to go the way of others.
    mutating func answer(
        _ body: Span<UInt8>, by way: QuickWay, to exchange: Exchange
    ) -> (note: ResponseNote, byteCount: Int)? {
        guard exchange.isPersistent, !isDraining, exchange.minorVersion == 1, way.otherFields == nil else { return nil }
        guard let id = exchange.id else { return answer(body, by: way.number, number: nil) }
        guard let number = id.numberMade else { return nil }
        return answer(body, by: way.number, number: number)
    }

    /// Answers a whole body at once, with a response like others; nil where the request is to go the way of others.
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

    /// Takes the last bytes out of the output.
    private mutating func takeLast(_ byteCount: Int) -> [UInt8] {
        let bytes = Array(copying: output.span.extracting(last: byteCount))
        output.removeLast(byteCount)
        return bytes
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

    /// The first bytes of every response.
    static let answerBeginning: StaticString = "HTTP/1.1 "

    /// Most bytes of a response's head apart from the handler's fields.
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
