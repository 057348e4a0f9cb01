/// The work that makes an answer, for a compute queue, and the memory that it takes.
///
/// That memory is reserved before the work begins; work whose memory cannot be had is never done.
public struct BoundedWork: Sendable {
    /// Memory that the work holds at most, in bytes: the request's input, the answer, and what it needs in between.
    public let heldByteCountMax: Int
    private let work: ResponseWork

    public init(heldByteCountMax: Int = 0, _ work: @escaping ResponseWork) {
        self.heldByteCountMax = heldByteCountMax
        self.work = work
    }

    /// Does the work.
    public func callAsFunction(_ cancellation: Cancellation) -> Response { work(cancellation) }

    /// The same work, whose answer is changed at its end.
    public func map(_ transform: @escaping @Sendable (Response) -> Response) -> BoundedWork {
        BoundedWork(heldByteCountMax: heldByteCountMax) { [work] in transform(work($0)) }
    }
}
