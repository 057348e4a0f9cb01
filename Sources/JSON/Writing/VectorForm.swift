/// Describes how vectors compose the text of a float64, for one position of its point.
///
/// The first part of the text, zeros, digits and point, is a permutation of 32 bytes. After the last digit comes the
/// second part: an exponent, if any, and a comma.
struct VectorForm {
    /// The forms by the position of the point, as in ``DecimalForm``, followed by the forms of zero and of other
    /// integers.
    static let all = DecimalForm.pointPositions.map(VectorForm.init(pointPosition:)) + [zero, integer]

    /// The indices, among the 32 bytes, of the 17 digits: two words, each with its first digit in the highest byte, and
    /// one more.
    private static let digitIndices = Array((0..<8).reversed()) + Array((8..<16).reversed()) + [16 as UInt8]
    /// The indices of '0' and '.' among the 32 bytes.
    private static let (zeroIndex, pointIndex): (UInt8, UInt8) = (20, 21)

    private static let zero = VectorForm(
        indices: [zeroIndex], exponent: "", digitCountMin: 0, otherByteCount: 1, integerByteCount: 0)
    /// The form of integers, of which only the order is used.
    private static let integer = VectorForm(
        indices: digitIndices + [UInt8](repeating: zeroIndex, count: 4), exponent: "", digitCountMin: 0,
        otherByteCount: 0, integerByteCount: 0)

    /// The index, among the 32 bytes, of each byte of the text.
    let indices: SIMD32<UInt8>
    /// The second part of the text, the first character lowest.
    let suffix: UInt64
    /// The number of bytes that the first part has besides digits.
    let otherByteCount: UInt8
    /// The number of bytes that the whole text has besides digits.
    let allOtherByteCount: UInt8
    /// The least count of digits; a number with fewer is an integer, or has a single digit before its exponent.
    let digitCountMin: UInt8
    /// The number of bytes of an integer; 0 if there is an exponent.
    let integerByteCount: UInt8

    private init(pointPosition: Int) {
        let placement = PointPlacement(pointPosition: pointPosition)
        var indices = [UInt8](repeating: Self.zeroIndex, count: placement.zeroCount) + Self.digitIndices
        // There is no point after the last digit.
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
