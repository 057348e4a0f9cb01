/// Answers requests.
///
/// One handler serves every connection of every event loop at the same time.
///
/// The server shows it the head as soon as that is parsed. It answers at once (and no `100 Continue` is ever sent), or
/// names the work to do, or returns a consumer that is fed the body as it arrives. Nothing here blocks.
public protocol Handler: Sendable {
    /// Called once a request's head is complete and valid, before any of its body is read.
    func receive(_ head: borrowing RequestHead) -> Reception

    /// How requests with this head may be answered at once; nil where they are to go the way of others.
    ///
    /// Asked before ``receive(_:id:)`` where the whole body has arrived with the head, as that of most requests does,
    /// and not for HEAD. A way holds for all heads that are the same to the byte, for as long as the handler exists: it
    /// is not asked for again with each of them. Only with an `Authorization` field it is, so that nothing else in a
    /// head may decide who is let in.
    func quickWay(for head: borrowing RequestHead) -> QuickWay?

    /// Answers 200 to a whole body.
    ///
    /// - Parameters:
    ///   - way: The number that ``quickWay(for:)`` gave its way.
    ///   - output: Takes the body of the answer, behind what is in it already.
    /// - Returns: What is noted on the answer; nil where the request is to go the way of others after all. What has
    ///   been appended is thrown away then.
    func answer(_ body: Span<UInt8>, by way: Int, into output: inout ByteBuffer) -> ResponseNote?

    /// The fields of every answer that ``answer(_:by:into:)`` gives; asked for once an event loop.
    var quickFields: ResponseFields { get }

    /// The answer to a request that failed in HTTP itself: before there was a valid head, or while its body was read.
    func response(to error: ProtocolError) -> Response

    /// Like ``receive(_:)``, for handlers that say in their answers what the request is called.
    func receive(_ head: borrowing RequestHead, id: RequestID?) -> Reception

    /// Like ``response(to:)``, for handlers that say in their answers what the request is called.
    func response(to error: ProtocolError, id: RequestID?) -> Response
}

extension Handler {
    public func quickWay(for head: borrowing RequestHead) -> QuickWay? { nil }

    public func answer(_ body: Span<UInt8>, by way: Int, into output: inout ByteBuffer) -> ResponseNote? { nil }

    public var quickFields: ResponseFields { ResponseFields() }

    public func receive(_ head: borrowing RequestHead, id: RequestID?) -> Reception { receive(head) }

    public func response(to error: ProtocolError, id: RequestID?) -> Response { response(to: error) }
}

/// How a handler answers all requests of one head at once.
public struct QuickWay: Sendable {
    /// What the handler knows it by.
    public let number: Int
    /// The fields of its answers beyond ``Handler/quickFields``.
    public let otherFields: ResponseFields?

    public init(number: Int, otherFields: ResponseFields? = nil) {
        self.number = number
        self.otherFields = otherFields
    }
}

/// What to do with a request whose head has arrived.
public enum Reception {
    /// Answer now. A body that may follow is read and thrown away, or the connection is closed behind the answer.
    case respond(Response)
    /// The request needs no body, and its answer is too much work for an event loop.
    case compute(BoundedWork)
    /// Feed the body to this consumer.
    case consume(any BodyConsumer)
}

/// Takes in one request's body.
///
/// It belongs to one connection and is only called on that connection's event loop; what is laborious about it can be
/// given to others (``preparer``).
public protocol BodyConsumer: AnyObject {
    /// Memory that this consumer holds now, in bytes.
    var heldByteCount: Int { get }

    /// Memory that this consumer holds at most while it takes the next bytes and after that, in bytes.
    ///
    /// The server reserves it before it hands them over, and answers 503 where it cannot. Without an own answer, a
    /// consumer keeps nothing of what it takes.
    ///
    /// - Parameters:
    ///   - byteCount: How many bytes come next.
    ///   - prepared: What its preparer has made of them, if it has.
    func heldByteCountMax(taking byteCount: Int, prepared: (any PreparedPiece)?) -> Int

    /// Takes the next bytes of the body, chunk framing already removed. The work must be in proportion to `bytes`.
    func consume(_ bytes: Span<UInt8>)

    /// Who can prepare pieces of the body that come next; nil where that is not worth it, or no longer.
    var preparer: (any BodyPreparer)? { get }

    /// Takes the next bytes of the body, at least one, with what its preparer has made of the piece that they end.
    ///
    /// - Parameter start: Where in that piece the bytes begin: after those that earlier calls have taken.
    /// - Returns: How many bytes it has taken. It stops early where more would be too much work at a time.
    func consume(_ bytes: Span<UInt8>, prepared: any PreparedPiece, from start: Int) -> Int

    /// The body is complete. Not called when it was cut off.
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

/// Does beforehand, on a compute queue, what can be done with a piece of a body by itself.
///
/// Several pieces may be prepared at a time. They are consumed in order, each when it is ready; the body may be cut off
/// behind any of them.
public protocol BodyPreparer: AnyObject, Sendable {
    /// Memory that what is made of a piece of this length holds at most, in bytes.
    func heldByteCountMax(pieceByteCount: Int) -> Int

    /// Prepares a piece, wherever in the body it was cut, in time in proportion to it.
    func prepare(_ bytes: Span<UInt8>) -> any PreparedPiece
}

/// What a ``BodyPreparer`` has made of a piece; the rest is between it and its consumer.
public protocol PreparedPiece: AnyObject, Sendable {}

/// What follows a complete body.
public enum Completion {
    /// The answer is ready: what a small request gets, without leaving its event loop.
    case respond(Response)
    /// The answer is work for a compute queue; the connection waits, its event loop serves others.
    case compute(BoundedWork)
}

/// Produces a response's body piece by piece, so that it is never held as a whole.
///
/// The server has a few pieces produced at a time, on a compute queue, and further ones only as the client takes them.
/// A producer is cancelled by not being asked again: each call does a bounded amount of work and holds nothing that
/// outlives it.
public protocol BodyProducer: AnyObject, Sendable {
    /// Memory that this producer holds, in bytes.
    var heldByteCount: Int { get }

    /// How many pieces the body has: at least one.
    var pieceCount: Int { get }

    /// Room that any piece takes, in bytes.
    var pieceByteCountMax: Int { get }

    /// Appends a piece, which may be empty, to `output`, which has a free capacity of at least ``pieceByteCountMax``.
    ///
    /// Each piece is asked for once; several may be at the same time and in any order. The last one, however, is asked
    /// for when all others have been produced, so that it can tell what they came to together.
    ///
    /// - Returns: False where the piece cannot be produced: the connection is cut without a last chunk, so that the
    ///   client sees it.
    func produce(_ piece: Int, into output: inout OutputSpan<UInt8>) -> Bool
}
