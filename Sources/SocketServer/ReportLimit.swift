/// Limits how often a recurring event is reported, so that it does not flood the log.
struct ReportLimit {
    /// The least time between two reports.
    static let intervalMilliseconds = 10_000

    private var nextMilliseconds = Int.min
    private var untoldCount = 0

    /// Records an occurrence.
    ///
    /// - Returns: The number of occurrences since the last report, including this one, or nil if it is too early for
    ///   another report.
    mutating func note(nowMilliseconds: Int) -> Int? {
        untoldCount += 1
        guard nowMilliseconds >= nextMilliseconds else { return nil }
        nextMilliseconds = nowMilliseconds + Self.intervalMilliseconds
        defer { untoldCount = 0 }
        return untoldCount
    }
}
