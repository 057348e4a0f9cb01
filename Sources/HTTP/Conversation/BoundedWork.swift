/// The work on a compute queue that produces an answer, and the memory that it needs.
///
/// The memory is reserved before the work begins; the work is not done if the reservation is refused.
public struct BoundedWork: Sendable {
    /// The most memory that the work holds, in bytes: the request's input, the answer and all temporary values.
    public let heldByteCountMax: Int
    private let work: ResponseWork

    public init(heldByteCountMax: Int = 0, _ work: @escaping ResponseWork) {
        self.heldByteCountMax = heldByteCountMax
        self.work = work
    }

    /// Does the work and returns its answer.
    public func callAsFunction(_ cancellation: Cancellation) -> Response { work(cancellation) }

    /// Returns the same work with its answer transformed.
    public func map(_ transform: @escaping @Sendable (Response) -> Response) -> BoundedWork {
        BoundedWork(heldByteCountMax: heldByteCountMax) { [work] in transform(work($0)) }
    }
}
