/// Lets something that happens over and over be told only now and then, so that it does not flood the log.
struct ReportLimit {
    /// The least time between two reports.
    static let intervalMilliseconds = 10_000

    private var nextMilliseconds = Int.min
    private var untoldCount = 0

    /// Notes that it has happened.
    ///
    /// - Returns: How often it has since the last report, this time included; nil where nothing is to be told yet.
    mutating func note(nowMilliseconds: Int) -> Int? {
        untoldCount += 1
        guard nowMilliseconds >= nextMilliseconds else { return nil }
        nextMilliseconds = nowMilliseconds + Self.intervalMilliseconds
        defer { untoldCount = 0 }
        return untoldCount
    }
}
