/// The quick way through a tensor's numbers; whatever is not plain is left to the grammar's steps.
extension JSONObjectReader {
    /// Reads as many plain numbers as there are from `start` on, inside a tensor.
    ///
    /// - Returns: The first byte not taken, which is inside `bytes`.
    mutating func takeNumbers(_ bytes: Span<UInt8>, from start: Int) -> Int {
        switch state {
        case .value, .firstElement: break
        default: return start
        }
        let first = bytes[start]
        guard first == UInt8(ascii: "-") || (first >= UInt8(ascii: "0") && first <= UInt8(ascii: "9")),
            tensor.isAtNumbers()
        else { return start }
        var run = NumberRun(position: start, isOverflowKnown: tensor.isFloat32OverflowKnown)
        tensor.reserveCapacity(byteCount: pieceOffset + start - tensorOffset, of: expectedByteCount(bytes.count))
        switch tensor.append(&run, from: bytes) {
        case .value: if run.position > start { state = .value }
        case .behindNumber: state = .afterValue
        case .unusual(let token, let offset):
            state = .afterValue
            valueOffset = pieceOffset + offset
            takeNumber(token.number)
        }
        return run.position
    }

    /// The length of the tensor's text, as far as it is known.
    private func expectedByteCount(_ pieceByteCount: Int) -> Int {
        max(byteCountHint ?? 0, pieceOffset + pieceByteCount) - tensorOffset
    }
}
