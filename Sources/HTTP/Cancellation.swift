import Synchronization

/// Says whether the answer that is being computed is still wanted.
///
/// A conversation makes one for each piece of work that it has done on a compute queue, and cancels it when the
/// connection is lost: the client has left, a deadline has passed, or the server stops. Cancelling is a request: work
/// looks at ``isCancelled`` after each bounded amount of work (a millisecond's worth is a good measure) and then
/// returns ``HTTP/Response/cancelled``, which is never sent.
public final class Cancellation: Sendable {
    private let flag = Atomic(false)

    public init() {}

    /// Whether the work may stop.
    ///
    /// It costs a load, and never becomes false again.
    public var isCancelled: Bool { flag.load(ordering: .relaxed) }

    /// Asks the work to stop; any thread may do so, any number of times.
    public func cancel() { flag.store(true, ordering: .relaxed) }
}

/// Computes an answer on a compute queue.
///
/// What takes longer than a few milliseconds looks at the cancellation on its way.
public typealias ResponseWork = @Sendable (_ cancellation: Cancellation) -> Response

extension Response {
    /// What cancelled work returns, for no one to read.
    public static var cancelled: Response { Response(.serviceUnavailable, body: .none) }
}
