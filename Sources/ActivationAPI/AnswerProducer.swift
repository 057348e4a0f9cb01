import Activations
import HTTP

/// Computes and prints a large answer as the client takes it, a block of elements at a time.
///
/// The server never calls it from two threads at once, which is what makes it sendable.
final class AnswerProducer<Element: PrintableElement>: BodyProducer, @unchecked Sendable {
    /// Elements computed at a time: enough to fill vectors and spread the cost of a call, few enough to stay in cache.
    private static var blockElementCount: Int { 4096 }

    private let text: AnswerText<Element>
    private var state = State.beginning
    private var undefinedCount = 0

    private enum State {
        case beginning
        /// The block is appended up to that index.
        case output(AnswerText<Element>.Block, appended: Int)
        case finished
    }

    let heldByteCount: Int

    /// - Parameter heldByteCount: Memory that the evaluation holds, in bytes.
    init(_ text: AnswerText<Element>, heldByteCount: Int) {
        self.text = text
        self.heldByteCount = heldByteCount + Self.blockElementCount * MemoryLayout<Element>.stride
    }

    func produce(into output: inout OutputSpan<UInt8>) -> Production {
        while true {
            switch state {
            case .beginning:
                for byte in text.beginning { output.append(byte) }
                advance(to: 0)
            case .output(let block, let appended):
                let next = text.append(block, from: appended, to: &output)
                guard next == block.leaves.count else {
                    state = .output(block, appended: next)
                    return .more
                }
                advance(to: block.leaves.upperBound)
            case .finished:
                guard output.freeCapacity >= AnswerText<Element>.endByteCountMax else { return .more }
                for byte in AnswerText<Element>.end(undefinedCount: undefinedCount) { output.append(byte) }
                return .finished
            }
        }
    }

    /// Computes the block that begins at a leaf.
    private func advance(to leaf: Int) {
        guard leaf < text.leafCount else {
            state = .finished
            return
        }
        let block = text.computed(leaf..<min(leaf + Self.blockElementCount, text.leafCount))
        undefinedCount += block.undefined.count
        state = .output(block, appended: 0)
    }
}
