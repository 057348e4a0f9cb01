/// Observes the requests of one event loop, only on that loop's thread: so it needs no locks to count.
///
/// A loop without an observer reads no clock for it and has no overhead.
public protocol RequestObserver: AnyObject {
    /// Whether ``EndedRequest/id`` and ``EndedRequest/trace`` are needed; it is read once.
    var wantsTrace: Bool { get }

    /// Reports that a request's head is complete, or has failed. Exactly one call of ``ended(_:)`` or ``abandoned()``
    /// follows.
    func began()

    /// Reports that a request's answer is ready to be sent as a whole, or that a produced answer has been sent.
    func ended(_ request: borrowing EndedRequest)

    /// Reports that the connection was lost before the answer, or cut during it.
    func abandoned()
}

/// The values reported about a request once it has its answer.
public struct EndedRequest: ~Copyable {
    /// The method, or nil if HTTP does not register it or the head was not understood.
    public let method: Method?
    public let status: Int
    public let note: ResponseNote
    public let id: RequestID?
    public let trace: TraceContext?
    public let requestBodyByteCount: Int
    public let responseBodyByteCount: Int
    /// The time from when the event loop turned to the request, its head complete, to the answer.
    public let durationNanoseconds: Int
    /// The part of the duration in which the handler was busy, on any core: reading the body, computing, printing.
    public let workNanoseconds: Int
    /// The caller's number for the connection: ``ConversationContext/connection``.
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

/// The handler's labels of a response for the observer; HTTP passes them on without reading them.
///
/// The numbers are positions in lists that the handler and the observer share.
public struct ResponseNote: Equatable, Sendable {
    /// The route's template.
    public var route: UInt8?
    /// The kind of problem that the response reports.
    public var problem: UInt8?
    /// The evaluation that was computed.
    public var work: UInt16?
    /// The number of elements that were computed.
    public var elementCount = 0

    public init(route: UInt8? = nil, problem: UInt8? = nil, work: UInt16? = nil, elementCount: Int = 0) {
        self.route = route
        self.problem = problem
        self.work = work
        self.elementCount = elementCount
    }
}
