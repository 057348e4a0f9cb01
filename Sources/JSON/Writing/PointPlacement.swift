/// Places the point in a decimal's text, with the zeros before the digits or the exponent after them that this
/// requires.
struct PointPlacement {
    /// The number of zeros before the digits: up to 6.
    let zeroCount: Int
    /// The number of places, zeros and digits, before the point: at least one.
    ///
    /// A number without an exponent that has no more places is an integer.
    let pointPlace: Int
    /// The text of the exponent, or nil if the number is written without one.
    let exponent: String?

    /// Creates the placement for a position of the point.
    ///
    /// - Parameter pointPosition: The number is 0.digits times ten to this power.
    init(pointPosition: Int) {
        let isPlain = pointPosition > -6 && pointPosition <= 21
        zeroCount = isPlain ? max(0, 1 - pointPosition) : 0
        pointPlace = isPlain ? max(1, pointPosition) : 1
        exponent = isPlain ? nil : pointPosition > 0 ? "e+\(pointPosition - 1)" : "e\(pointPosition - 1)"
    }

    /// Returns the text that is stored after the digits as one word, the first character lowest.
    ///
    /// - Parameter text: Up to eight ASCII characters.
    static func word(_ text: String) -> UInt64 { text.utf8.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
}
