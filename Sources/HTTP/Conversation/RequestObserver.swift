/// Is told of the requests of one event loop, on that loop's thread and nowhere else: so it needs no locks to count.
///
/// A loop that nobody observes reads no clock for it and loses nothing.
public protocol RequestObserver: AnyObject {
    /// Whether ``EndedRequest/id`` and ``EndedRequest/trace`` are wanted; asked once.
    var wantsTrace: Bool { get }

    /// A request's head is complete, or has failed. Exactly one of ``ended(_:)`` and ``abandoned()`` follows.
    func began()

    /// A request's answer is ready to be sent as a whole; one that is produced has been sent.
    func ended(_ request: borrowing EndedRequest)

    /// The connection was lost before the answer, or cut within it.
    func abandoned()
}

/// What there is to know about a request once it has its answer.
public struct EndedRequest: ~Copyable {
    /// Nil where HTTP does not register it, or the head was not understood.
    public let method: Method?
    public let status: Int
    public let note: ResponseNote
    public let id: RequestID?
    public let trace: TraceContext?
    public let requestBodyByteCount: Int
    public let responseBodyByteCount: Int
    /// From when the event loop turned to it, its head complete, to the answer.
    public let durationNanoseconds: Int
    /// What of that the handler was at work, on whatever core: reading the body, computing, printing.
    public let workNanoseconds: Int
    /// The connection's number in the caller's books: ``ConversationContext/connection``.
    public let connection: Int

    public init(
        method: Method?, status: Int, note: ResponseNote, id: RequestID?, trace: TraceContext?,
        requestBodyByteCount: Int, responseBodyByteCount: Int, durationNanoseconds: Int, workNanoseconds: Int,
        connection: Int
    ) {
        self.method = method
        self.status = status
        self.note = note
        self.id = id
        self.trace = trace
        self.requestBodyByteCount = requestBodyByteCount
        self.responseBodyByteCount = responseBodyByteCount
        self.durationNanoseconds = durationNanoseconds
        self.workNanoseconds = workNanoseconds
        self.connection = connection
    }
}

/// What the handler notes on a response for an observer's eyes; HTTP passes it on and does not read it.
///
/// The numbers are positions in lists that the handler and the observer share.
public struct ResponseNote: Equatable, Sendable {
    /// The route's template.
    public var route: UInt8?
    /// The kind of problem that the response tells of.
    public var problem: UInt8?
    /// What was computed.
    public var work: UInt16?
    /// How many numbers were computed.
    public var elementCount = 0

    public init(route: UInt8? = nil, problem: UInt8? = nil, work: UInt16? = nil, elementCount: Int = 0) {
        self.route = route
        self.problem = problem
        self.work = work
        self.elementCount = elementCount
    }
}
