import Activations
import HTTP
import Synchronization

/// Computes and prints a large answer at the client's pace, in independent pieces that any core can produce.
final class AnswerProducer<Element: PrintableElement>: BodyProducer {
    private let text: AnswerText<Element>
    /// The text before the output.
    private let prefix: [UInt8]
    /// The number of elements in every piece but the last, which has the rest.
    private let pieceElementCount: Int
    private let undefinedCounter = Atomic(0)

    let heldByteCount: Int
    let pieceCount: Int
    let pieceByteCountMax: Int

    /// - Parameter heldByteCount: The memory that the evaluation holds, in bytes.
    init(_ text: AnswerText<Element>, prefix: [UInt8], heldByteCount: Int) {
        self.text = text
        self.prefix = prefix
        self.heldByteCount = heldByteCount
        let tensor = text.tensor
        pieceElementCount = min(
            max(tensor.leafCount(inByteCount: EvaluationResponse.pieceByteCountMax), 1), text.leafCount)
        pieceCount = (text.leafCount + pieceElementCount - 1) / pieceElementCount
        pieceByteCountMax =
            prefix.count + tensor.byteCountMax(leafCount: pieceElementCount) + AnswerText<Element>.endByteCountMax
    }

    func produce(_ piece: Int, into output: inout OutputSpan<UInt8>) -> Bool {
        if piece == 0 { for byte in prefix { output.append(byte) } }
        let start = piece * pieceElementCount
        let undefinedCount = text.append(start..<min(start + pieceElementCount, text.leafCount), to: &output)
        let countSoFar = undefinedCounter.wrappingAdd(undefinedCount, ordering: .relaxed).newValue
        if piece == pieceCount - 1 {
            var end: [UInt8] = []
            AnswerText<Element>.appendEnd(undefinedCount: countSoFar, to: &end)
            for byte in end { output.append(byte) }
        }
        return true
    }
}
