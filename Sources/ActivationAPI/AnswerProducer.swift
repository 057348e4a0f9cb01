import Activations
import HTTP
import Locking

/// Computes and prints a large answer as the client takes it, a piece at a time, and each piece on several cores.
///
/// The server never calls it from two threads at once, which is what makes it sendable.
final class AnswerProducer<Element: PrintableElement>: BodyProducer, @unchecked Sendable {
    /// Fewer elements than this are not worth another round in a piece.
    private static var roundElementCountMin: Int { 1024 }
    /// Fewer elements than this are not worth waking another core: it takes some 40 µs to print them.
    private static var partElementCountMin: Int { 4096 }

    private let text: AnswerText<Element>
    private let parallelism: Parallelism
    /// What comes before the output; empty once it has been sent.
    private var beginning: [UInt8]
    private var nextLeaf = 0
    private var undefinedCount = 0

    let heldByteCount: Int

    /// - Parameter heldByteCount: Memory that the evaluation holds, in bytes.
    init(_ text: AnswerText<Element>, beginning: [UInt8], parallelism: Parallelism, heldByteCount: Int) {
        self.text = text
        self.beginning = beginning
        self.parallelism = parallelism
        self.heldByteCount = heldByteCount
    }

    func produce(into output: inout OutputSpan<UInt8>) -> Production {
        for byte in beginning { output.append(byte) }
        beginning = []
        // Texts are mostly shorter than they may be: what a round leaves free is filled by the next one.
        while nextLeaf < text.leafCount {
            let room = (output.freeCapacity - AnswerText<Element>.endByteCountMax) / text.tensor.leafByteCountMax
            let count = min(room, text.leafCount - nextLeaf)
            guard count >= min(Self.roundElementCountMin, text.leafCount - nextLeaf) || output.isEmpty else {
                return .more
            }
            append(nextLeaf..<nextLeaf + count, to: &output)
            nextLeaf += count
        }
        var end: [UInt8] = []
        AnswerText<Element>.appendEnd(undefinedCount: undefinedCount, to: &end)
        for byte in end { output.append(byte) }
        return .finished
    }

    private func append(_ leaves: Range<Int>, to output: inout OutputSpan<UInt8>) {
        let partCount = min(parallelism.width, max(1, leaves.count / Self.partElementCountMin))
        if partCount == 1 {
            undefinedCount += text.append(leaves, to: &output)
        } else {
            undefinedCount += append(leaves, inParts: partCount, to: &output)
        }
    }

    /// Appends elements on several cores: each prints its part at the start of a region of the output that is its own
    /// and large enough for any text; then the texts are moved together.
    private func append(_ leaves: Range<Int>, inParts partCount: Int, to output: inout OutputSpan<UInt8>) -> Int {
        let partElementCount = (leaves.count + partCount - 1) / partCount
        let regionByteCount = partElementCount * text.tensor.leafByteCountMax
        let parts = Locked([Part](repeating: Part(), count: partCount))
        // SAFETY: the regions lie in the output's free capacity, with room for `leaves.count` of the longest texts.
        // They do not overlap, and nothing else touches them until all parts are done. `initializedCount` grows by the
        // bytes that then stand there without a gap.
        unsafe output.withUnsafeMutableBufferPointer { buffer, initializedCount in
            nonisolated(unsafe) let free = unsafe UnsafeMutableBufferPointer(rebasing: buffer[initializedCount...])
            parallelism.perform(partCount) { [text] index in
                let start = min(leaves.lowerBound + index * partElementCount, leaves.upperBound)
                let end = min(start + partElementCount, leaves.upperBound)
                let regionStart = index * regionByteCount
                let regionEnd = unsafe min(regionStart + regionByteCount, free.count)
                let region = unsafe UnsafeMutableBufferPointer(rebasing: free[regionStart..<regionEnd])
                var span = unsafe OutputSpan(buffer: region, initializedCount: 0)
                let undefinedCount = text.append(start..<end, to: &span)
                let byteCount = unsafe span.finalize(for: region)
                parts.withLock { $0[index] = Part(byteCount: byteCount, undefinedCount: undefinedCount) }
            }
            var byteCount = 0
            for (index, part) in parts.withLock({ $0 }).enumerated() {
                if index > 0 {
                    let region = index * regionByteCount..<index * regionByteCount + part.byteCount
                    let moved = unsafe UnsafeMutableBufferPointer(
                        rebasing: free[byteCount..<byteCount + part.byteCount])
                    _ = unsafe moved.update(fromContentsOf: free[region])
                }
                byteCount += part.byteCount
            }
            initializedCount += byteCount
        }
        return parts.withLock { $0.reduce(0) { $0 + $1.undefinedCount } }
    }

    private struct Part {
        var byteCount = 0
        var undefinedCount = 0
    }
}
