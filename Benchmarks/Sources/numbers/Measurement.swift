/// The least time that each of several ways of doing the same took.
struct Measurement {
    static let roundCount = 30

    private let names: [String]
    private var seconds: [String: Double] = [:]

    init(_ names: [String]) { self.names = names }

    /// Runs `work` many times; it says whether it did what it should.
    mutating func run(_ name: String, _ work: () -> Bool) {
        let clock = ContinuousClock()
        for _ in 0..<Self.roundCount {
            var isRight = false
            let duration = clock.measure { isRight = work() }
            precondition(isRight, "\(name) does its work.")
            let passed = Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
            seconds[name] = min(seconds[name] ?? .infinity, passed)
        }
    }

    /// In the order of the names; NaN for what did not run.
    func nanoseconds(perRunOf count: Int) -> [Double] {
        names.map { (seconds[$0] ?? .nan) * 1e9 / Double(count) }
    }
}
