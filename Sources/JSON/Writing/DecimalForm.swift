/// What surrounds the digits of a decimal, by where its point stands.
struct DecimalForm {
    /// Where a float64's 17 digits, the first one not 0, may have the point: they are 0.digits times ten to this power.
    static let pointPositions = -323...309

    /// By ``pointPositions``.
    static let all = pointPositions.map(DecimalForm.init(pointPosition:))

    /// The exponent's text, the first character lowest.
    let suffix: UInt64
    /// Of the first eight bytes, those of the places before the point.
    let before: UInt64
    /// What makes digits text: '0' for each of the first eight bytes, but '.' for the point's.
    let marks: UInt64
    /// How many zeros there are before the digits: up to 6.
    let zeroCount: UInt8
    /// The same in bits, as words are shifted by it.
    let zeroBitCount: UInt8
    /// How many places, zeros and digits, there are before the point: 1 to 7; where there are more, too many for any
    /// number to have others behind them.
    let pointPlace: UInt8
    /// How many bytes the text has besides its places.
    let otherByteCount: UInt8

    private init(pointPosition: Int) {
        let placement = PointPlacement(pointPosition: pointPosition)
        let exponent = placement.exponent ?? ""
        suffix = PointPlacement.word(exponent)
        zeroCount = UInt8(placement.zeroCount)
        zeroBitCount = zeroCount * 8
        pointPlace = placement.pointPlace <= 7 ? UInt8(placement.pointPlace) : UInt8.max
        let pointShift = UInt64(min(pointPlace, 7) * 8)
        before = 1 << pointShift - 1
        marks = 0x3030_3030_3030_3030 ^ (0x30 ^ 0x2E) << pointShift
        otherByteCount = UInt8(1 + exponent.utf8.count)
    }
}
