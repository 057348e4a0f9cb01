/// How vectors put together the text of a float64, by where its point stands.
///
/// The first part of the text, zeros, digits and point, is made of 32 bytes, of which this has the order. Behind the
/// last digit comes the second part: an exponent, if any, and a comma.
struct VectorForm {
    /// By where the digits put the point, as in ``DecimalForm``; behind those, the forms of zero and of other integers.
    static let all = DecimalForm.pointPositions.map(VectorForm.init(pointPosition:)) + [zero, integer]

    /// Which of the 32 bytes are the 17 digits: two words, each with its first digit in the highest byte, and one more.
    private static let digitIndices = Array((0..<8).reversed()) + Array((8..<16).reversed()) + [16 as UInt8]
    /// Which of them are '0' and '.'.
    private static let (zeroIndex, pointIndex): (UInt8, UInt8) = (20, 21)

    private static let zero = VectorForm(
        indices: [zeroIndex], exponent: "", digitCountMin: 0, otherByteCount: 1, integerByteCount: 0)
    /// Of integers the order is all that counts.
    private static let integer = VectorForm(
        indices: digitIndices + [UInt8](repeating: zeroIndex, count: 4), exponent: "", digitCountMin: 0,
        otherByteCount: 0, integerByteCount: 0)

    /// Which of the 32 bytes each byte of the text is.
    let indices: SIMD32<UInt8>
    /// The second part, the first character lowest.
    let suffix: UInt64
    /// How many bytes the first part has besides digits.
    let otherByteCount: UInt8
    /// How many the whole has.
    let allOtherByteCount: UInt8
    /// With fewer digits than this, a number is an integer, or has a single one before its exponent.
    let digitCountMin: UInt8
    /// How many bytes an integer has; 0 where there is an exponent.
    let integerByteCount: UInt8

    private init(pointPosition: Int) {
        let placement = PointPlacement(pointPosition: pointPosition)
        var indices = [UInt8](repeating: Self.zeroIndex, count: placement.zeroCount) + Self.digitIndices
        // Behind all digits there is none.
        if placement.pointPlace < indices.count { indices.insert(Self.pointIndex, at: placement.pointPlace) }
        self.init(
            indices: indices, exponent: placement.exponent ?? "",
            digitCountMin: max(1, placement.pointPlace + 1 - placement.zeroCount),
            otherByteCount: placement.zeroCount + 1,
            integerByteCount: placement.exponent == nil ? max(0, pointPosition) : 0)
    }

    private init(
        indices: [UInt8], exponent: String, digitCountMin: Int, otherByteCount: Int, integerByteCount: Int
    ) {
        var lanes = SIMD32<UInt8>(repeating: 0)
        for (lane, index) in indices.enumerated() { lanes[lane] = index }
        self.indices = lanes
        let suffix = exponent + ","
        self.suffix = PointPlacement.word(suffix)
        self.otherByteCount = UInt8(otherByteCount)
        allOtherByteCount = UInt8(otherByteCount + suffix.utf8.count)
        self.digitCountMin = UInt8(digitCountMin)
        self.integerByteCount = UInt8(integerByteCount)
    }
}
