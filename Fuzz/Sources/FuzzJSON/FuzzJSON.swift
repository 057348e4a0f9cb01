import FuzzSupport
import JSON

/// The reader of request bodies: any bytes come to what the slow reader of the tests says, whole and in pieces, with
/// and without numbers that have been read ahead; what is a tensor reads back as the same when it is written.
@main
enum FuzzJSON {
    static func main() {
        runFuzzer { pointer, count in
            FuzzJSON.check(Oracle.bytes(pointer, count))
            return 0
        }
    }

    private static func check(_ text: [UInt8]) {
        guard nesting(text) <= JSONLimits.tensorRankMax else { return }
        let expected = ReferenceReader.outcome(text)
        for pieceByteCount in [Int.max, 1, 1 + Int(text.first ?? 0) % 97] {
            let outcome = summary { () throws(JSONSyntaxError) in try read(text, pieceByteCount: pieceByteCount) }
            precondition(outcome == expected, "In pieces of \(pieceByteCount): \(outcome), should be \(expected)")
        }
        for pieceByteCount in [Int.max, 64 + Int(text.first ?? 0)] {
            let outcome = summary { () throws(JSONSyntaxError) in
                try read(text, pieceByteCount: pieceByteCount, isAhead: true)
            }
            precondition(outcome == expected, "Read ahead in pieces of \(pieceByteCount): \(outcome) != \(expected)")
        }
        guard let object = try? read(text) else { return }
        for case .tensor(let tensor) in object.members.map(\.value) { checkRoundTrip(tensor) }
    }

    private static func checkRoundTrip(_ tensor: JSONTensor) {
        let text = TensorText(shape: tensor.shape)
        let written = [UInt8](capacity: (text.leafCount + 1) * text.leafByteCountMax) {
            if text.isEmpty {
                _ = text.appendEmptyArrays(0..<text.leafCount, to: &$0)
            } else {
                _ = text.append(tensor.elements.span, 0..<text.leafCount, at: 0, to: &$0)
            }
        }
        guard case .success(let again)? = try? JSONTensor.read(written.span) else {
            preconditionFailure("What was written cannot be read: \(String(decoding: written, as: UTF8.self))")
        }
        precondition(again.shape == tensor.shape, "Another shape is read than was written.")
        precondition(
            again.elements.map(\.bitPattern) == tensor.elements.map(\.bitPattern),
            "Other numbers are read than were written.")
    }

    /// At least how deep values are nested: the slow reader knows no limits.
    private static func nesting(_ text: [UInt8]) -> Int {
        var depth = 0
        var deepest = 0
        for byte in text {
            if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") { depth += 1 }
            if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") { depth = max(0, depth - 1) }
            deepest = max(deepest, depth)
        }
        return deepest
    }
}
