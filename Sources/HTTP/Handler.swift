/// Answers requests.
///
/// One handler serves every connection of every event loop at the same time.
///
/// The server passes the head as soon as it is parsed. The handler answers at once (and no `100 Continue` is ever
/// sent), or returns the work to do, or returns a consumer that receives the body as it arrives. No function of the
/// handler blocks.
public protocol Handler: Sendable {
    /// Returns what to do with a request once its head is complete and valid, before any of its body is read.
    func receive(_ head: borrowing RequestHead) -> Reception

    /// Returns the fast path for requests with this head, or nil to use the regular path.
    ///
    /// It is called before ``receive(_:id:)`` if the whole body has arrived with the head, as in most requests, and not
    /// for HEAD. A fast path applies to all heads that are byte for byte the same, for as long as the handler exists:
    /// it is not requested again for each of them. Only a head with an `Authorization` field is passed each time, so no
    /// other part of a head may decide who is admitted.
    func quickWay(for head: borrowing RequestHead) -> QuickWay?

    /// Answers 200 to a whole body.
    ///
    /// - Parameters:
    ///   - way: The number of the fast path, from ``quickWay(for:)``.
    ///   - output: The destination of the answer's body, which is appended to its content.
    /// - Returns: The note of the answer, or nil to fall back to the regular path. Then what has been appended is
    ///   discarded.
    func answer(_ body: Span<UInt8>, by way: Int, into output: inout ByteBuffer) -> ResponseNote?

    /// The fields of every answer of ``answer(_:by:into:)``; they are read once per event loop.
    var quickFields: ResponseFields { get }

    /// Returns the answer to a request that failed in HTTP itself: before there was a valid head, or while its body was
    /// read.
    func response(to error: ProtocolError) -> Response

    /// Does the same as ``receive(_:)``, for handlers whose answers contain the request's ID.
    func receive(_ head: borrowing RequestHead, id: RequestID?) -> Reception

    /// Does the same as ``response(to:)``, for handlers whose answers contain the request's ID.
    func response(to error: ProtocolError, id: RequestID?) -> Response
}

extension Handler {
    public func quickWay(for head: borrowing RequestHead) -> QuickWay? { nil }

    public func answer(_ body: Span<UInt8>, by way: Int, into output: inout ByteBuffer) -> ResponseNote? { nil }

    public var quickFields: ResponseFields { ResponseFields() }

    public func receive(_ head: borrowing RequestHead, id: RequestID?) -> Reception { receive(head) }

    public func response(to error: ProtocolError, id: RequestID?) -> Response { response(to: error) }
}

/// The fast path by which a handler answers all requests with one head.
public struct QuickWay: Sendable {
    /// The handler's number for the path.
    public let number: Int
    /// The fields of its answers in addition to ``Handler/quickFields``.
    public let otherFields: ResponseFields?

    public init(number: Int, otherFields: ResponseFields? = nil) {
        self.number = number
        self.otherFields = otherFields
    }
}

/// What to do with a request whose head has arrived.
public enum Reception {
    /// Answer now. A body that may follow is read and discarded, or the connection is closed after the answer.
    case respond(Response)
    /// Compute the answer, which is too much work for an event loop; the request needs no body.
    case compute(BoundedWork)
    /// Pass the body to this consumer.
    case consume(any BodyConsumer)
}

/// Receives one request's body.
///
/// It belongs to one connection and is called only on that connection's event loop; expensive parts of the work can be
/// done elsewhere (``preparer``).
public protocol BodyConsumer: AnyObject {
    /// The memory that this consumer holds now, in bytes.
    var heldByteCount: Int { get }

    /// Returns the most memory that this consumer holds while it consumes the next bytes and after that, in bytes.
    ///
    /// The server reserves it before it passes the bytes, and answers 503 if it cannot. The default implementation is
    /// for a consumer that keeps nothing of what it receives.
    ///
    /// - Parameters:
    ///   - byteCount: The number of bytes that come next.
    ///   - prepared: Their prepared form, if they have been prepared.
    func heldByteCountMax(taking byteCount: Int, prepared: (any PreparedPiece)?) -> Int

    /// Consumes the next bytes of the body, without chunk framing. The work must be proportional to the length of
    /// `bytes`.
    func consume(_ bytes: Span<UInt8>)

    /// The preparer for the pieces of the body that come next, or nil if preparing them is not, or no longer,
    /// worthwhile.
    var preparer: (any BodyPreparer)? { get }

    /// Consumes the next bytes of the body, at least one, with the prepared form of the piece that they end.
    ///
    /// - Parameter start: The position in that piece at which the bytes begin: after those that earlier calls have
    ///   consumed.
    /// - Returns: The number of bytes consumed. It stops early if more would be too much work at a time.
    func consume(_ bytes: Span<UInt8>, prepared: any PreparedPiece, from start: Int) -> Int

    /// Completes the body. It is not called if the body was cut off.
    func finish() -> Completion
}

extension BodyConsumer {
    public var preparer: (any BodyPreparer)? { nil }

    public func heldByteCountMax(taking byteCount: Int, prepared: (any PreparedPiece)?) -> Int { heldByteCount }

    public func consume(_ bytes: Span<UInt8>, prepared: any PreparedPiece, from start: Int) -> Int {
        consume(bytes)
        return bytes.count
    }
}

/// Prepares pieces of a body on a compute queue, as far as each piece can be processed on its own.
///
/// Several pieces may be prepared at a time. They are consumed in order, each when it is ready; the body may be cut off
/// after any of them.
public protocol BodyPreparer: AnyObject, Sendable {
    /// Returns the most memory that the prepared form of a piece of this length holds, in bytes.
    func heldByteCountMax(pieceByteCount: Int) -> Int

    /// Prepares a piece, which may be cut anywhere in the body, in time proportional to its length.
    func prepare(_ bytes: Span<UInt8>) -> any PreparedPiece
}

/// The result of a ``BodyPreparer`` for a piece; its content is between the preparer and the consumer.
public protocol PreparedPiece: AnyObject, Sendable {}

/// What follows a complete body.
public enum Completion {
    /// The answer is ready, as for a small request, which never leaves its event loop.
    case respond(Response)
    /// The answer is work for a compute queue; the connection waits while its event loop serves others.
    case compute(BoundedWork)
}

/// Produces a response's body piece by piece, so that it is never held as a whole.
///
/// The server has a few pieces produced at a time, on a compute queue, and further ones only as the client receives
/// them. To cancel a producer, the server stops calling it: each call does a bounded amount of work and holds nothing
/// that outlives it.
public protocol BodyProducer: AnyObject, Sendable {
    /// The memory that this producer holds, in bytes.
    var heldByteCount: Int { get }

    /// The number of pieces of the body: at least one.
    var pieceCount: Int { get }

    /// The space that any piece needs, in bytes.
    var pieceByteCountMax: Int { get }

    /// Appends a piece, which may be empty, to `output`, which has a free capacity of at least ``pieceByteCountMax``.
    ///
    /// Each piece is requested once; several may be requested at the same time and in any order. The last one, however,
    /// is requested when all others have been produced, so that it can contain their totals.
    ///
    /// - Returns: False if the piece cannot be produced: the connection is cut without a last chunk, so that the client
    ///   notices.
    func produce(_ piece: Int, into output: inout OutputSpan<UInt8>) -> Bool
}
