/// How the work of one large answer is spread over cores.
///
/// The executable passes in what the platform has, so that this module needs to know no threads. The answer is the same
/// to the byte whatever it is.
public struct Parallelism: Sendable {
    /// Into how many parts work is split.
    public let width: Int
    private let run: @Sendable (_ partCount: Int, _ part: @Sendable (Int) -> Void) -> Void

    /// - Parameters:
    ///   - width: Into how many parts work is split; usually the number of cores.
    ///   - run: Calls its closure once with each number below the count, from any threads and in any order, and returns
    ///     when all calls have: `DispatchQueue.concurrentPerform`.
    public init(width: Int, run: @escaping @Sendable (_ partCount: Int, _ part: @Sendable (Int) -> Void) -> Void) {
        precondition(width >= 1, "Work has at least one part.")
        self.width = width
        self.run = run
    }

    /// Everything on the calling thread.
    public static let none = Parallelism(width: 1) { partCount, part in for index in 0..<partCount { part(index) } }

    func perform(_ partCount: Int, _ part: @Sendable (Int) -> Void) { run(partCount, part) }
}
