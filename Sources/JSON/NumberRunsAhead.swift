/// The runs of numbers in a piece of a text, read before it is known what the piece is part of.
///
/// That can be done on any thread, and for many pieces at a time. It is a hint: ``JSONObjectReader/feed(_:ahead:)``
/// takes a run only where it would begin to read the same numbers itself, and so comes to the same with and without.
public final class NumberRunsAhead: Sendable {
    /// Numbers with commas between them.
    struct Run {
        /// From the first number on, to where reading goes on.
        let bytes: Range<Int>
        /// Which of ``NumberRunsAhead/elements`` they are.
        let elements: Range<Int>
        /// Whether it ends right behind a number, and not where a value must come.
        let isBehindNumber: Bool
    }

    /// A run of fewer numbers is as soon read as found.
    private static let countMin = 16
    /// In how many bytes of a piece there is room for a number: not for all where numbers are as short as `0.25,`.
    private static let byteCountPerElement = 8

    /// The numbers of all runs, one after the other: none that float32 cannot hold, or not without its decimal.
    public let elements: [Double]
    /// In the order of the text.
    let runs: [Run]
    /// The length of the runs' text together.
    public let runsByteCount: Int

    /// Memory that the runs of a piece hold at most, in bytes.
    public static func heldByteCountMax(pieceByteCount: Int) -> Int {
        let elementCount = elementCountMax(pieceByteCount: pieceByteCount)
        return elementCount * MemoryLayout<Double>.stride + elementCount / countMin * 2 * MemoryLayout<Run>.stride
    }

    private static func elementCountMax(pieceByteCount: Int) -> Int { pieceByteCount / byteCountPerElement + countMin }

    /// Reads the numbers of a piece, as far as there is room for them, in time that is linear in its length.
    ///
    /// Only behind the first comma or opening bracket, since the piece may begin anywhere.
    ///
    /// - Parameter storage: An array whose memory is used for the numbers.
    public init(_ piece: Span<UInt8>, storage: consuming [Double] = []) {
        var elements = storage
        var runs: [Run] = []
        elements.removeAll(keepingCapacity: true)
        let elementCountMax = Self.elementCountMax(pieceByteCount: piece.count)
        elements.reserveCapacity(elementCountMax)
        // The rows of a tensor have one length.
        var expectedCount: Int?
        var position = Self.valueStart(in: piece, behindSeparatorFrom: 0)
        while position + NumberToken.byteCountMax <= piece.count, elements.count + Self.countMin <= elementCountMax {
            guard NumberToken.canBegin(with: piece[position]) else {
                position = Self.valueStart(in: piece, behindSeparatorFrom: position)
                continue
            }
            let firstElement = elements.count
            var run = NumberRun(position: position, expectedCount: expectedCount, isOverflowKnown: false)
            var end = NumberRun.End.value
            elements.append(addingCapacity: elementCountMax - firstElement) { end = run.read(piece, into: &$0) }
            var (runEnd, isBehindNumber) = (run.position, false)
            switch end {
            case .value: break
            case .behindNumber: (isBehindNumber, expectedCount) = (true, elements.count - firstElement)
            case .unusual(_, let offset): runEnd = offset
            }
            if elements.count - firstElement >= Self.countMin {
                let range = firstElement..<elements.count
                runs.append(Run(bytes: position..<runEnd, elements: range, isBehindNumber: isBehindNumber))
            } else {
                elements.removeLast(elements.count - firstElement)
            }
            position = Self.valueStart(in: piece, behindSeparatorFrom: run.position)
        }
        self.elements = elements
        self.runs = runs
        runsByteCount = runs.reduce(0) { $0 + $1.bytes.count }
    }

    /// Where a value may begin behind the first comma or opening bracket from `start` on; past the end at most by one.
    private static func valueStart(in piece: Span<UInt8>, behindSeparatorFrom start: Int) -> Int {
        var position = start
        while position < piece.count && piece[position] != UInt8(ascii: ",") && piece[position] != UInt8(ascii: "[") {
            position += 1
        }
        position += 1
        while position < piece.count && JSONWhitespace.contains(piece[position]) { position += 1 }
        return position
    }
}
