/// Where a decimal's text has its point, and what it has for that: zeros before the digits, or an exponent behind them.
struct PointPlacement {
    /// How many zeros there are before the digits: up to 6.
    let zeroCount: Int
    /// How many places, zeros and digits, there are before the point: at least one.
    ///
    /// A number without an exponent that has no more is an integer.
    let pointPlace: Int
    /// The exponent's text; nil where the number is written without one.
    let exponent: String?

    /// - Parameter pointPosition: The number is 0.digits times ten to this power.
    init(pointPosition: Int) {
        let isPlain = pointPosition > -6 && pointPosition <= 21
        zeroCount = isPlain ? max(0, 1 - pointPosition) : 0
        pointPlace = isPlain ? max(1, pointPosition) : 1
        exponent = isPlain ? nil : pointPosition > 0 ? "e+\(pointPosition - 1)" : "e\(pointPosition - 1)"
    }

    /// What is stored behind the digits as one word, the first character lowest.
    ///
    /// - Parameter text: Up to eight characters of ASCII.
    static func word(_ text: String) -> UInt64 { text.utf8.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
}
