/// Describes the text around the digits of a decimal, for one position of its point.
struct DecimalForm {
    /// The possible positions of the point of a float64, whose value is 0.digits times ten to this power.
    ///
    /// It has 17 digits, of which the first one is not 0.
    static let pointPositions = -323...309

    /// The forms for ``pointPositions``.
    static let all = pointPositions.map(DecimalForm.init(pointPosition:))

    /// The text of the exponent, the first character lowest.
    let suffix: UInt64
    /// The mask of those of the first eight bytes that are places before the point.
    let before: UInt64
    /// The mask that makes digits ASCII: '0' for each of the first eight bytes, but '.' for the point.
    let marks: UInt64
    /// The number of zeros before the digits: up to 6.
    let zeroCount: UInt8
    /// The number of bits of those zeros, by which words are shifted.
    let zeroBitCount: UInt8
    /// The number of places, zeros and digits, before the point: 1 to 7.
    ///
    /// If there are more, it is greater than the places of any number, so that the regular path is taken.
    let pointPlace: UInt8
    /// The number of bytes that the text has besides its places.
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
