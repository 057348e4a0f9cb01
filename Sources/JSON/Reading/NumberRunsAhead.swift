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
        /// Which of ``NumberRunsAhead/notes`` belong to them.
        let notes: Range<Int>
        /// Whether it ends right after a number, and not where a value must come.
        let isAfterNumber: Bool
    }

    /// A run of fewer numbers, unless they are long, is as soon read as found.
    private static let countMin = 16
    /// How many bytes a run of fewer numbers has at least.
    private static let byteCountMin = 1024
    /// A piece that begins with that many runs too short has most likely no others.
    private static let shortRunCountMax = 64
    /// In how many bytes of a piece there is room for a note.
    ///
    /// Numbers that take one are nearly always longer, unless somebody looked for them.
    private static let byteCountPerNote = 64
    /// In how many bytes of a piece there is room for a number: not for all where numbers are as short as `0.25,`.
    private static let byteCountPerElement = 8

    /// The numbers of all runs, one after the other.
    public let elements: [Double]
    /// What ``elements`` do not hold of them, with positions there.
    let notes: [NumberNote]
    /// In the order of the text.
    let runs: [Run]
    /// The length of the runs' text together.
    public let runsByteCount: Int

    /// Memory that the runs of a piece hold at most, in bytes.
    public static func heldByteCountMax(pieceByteCount: Int) -> Int {
        let elementCount = elementCountMax(pieceByteCount: pieceByteCount)
        let runCount = elementCount / countMin + pieceByteCount / byteCountMin
        let noteCount = pieceByteCount / byteCountPerNote
        // An array that grows has room for twice as many at most, and is copied from one of its count.
        return elementCount * MemoryLayout<Double>.stride + runCount * 3 * MemoryLayout<Run>.stride
            + noteCount * 3 * MemoryLayout<NumberNote>.stride
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
        var notes: [NumberNote] = []
        elements.removeAll(keepingCapacity: true)
        let elementCountMax = Self.elementCountMax(pieceByteCount: piece.count)
        elements.reserveCapacity(elementCountMax)
        // The rows of a tensor have one length.
        var expectedCount: Int?
        var shortRunCount = 0
        var position = Self.valueStart(in: piece, behindSeparatorFrom: 0)
        while position + NumberToken.byteCountMax <= piece.count, elements.count + Self.countMin <= elementCountMax {
            guard NumberRun.canBegin(with: piece[position]) else {
                position = Self.valueStart(in: piece, behindSeparatorFrom: position)
                continue
            }
            let (firstElement, firstNote) = (elements.count, notes.count)
            var run = NumberRun(
                position: position, expectedCount: expectedCount, isOverflowKnown: false,
                noteCountMax: piece.count / Self.byteCountPerNote)
            run.firstElement = firstElement
            // The run adds to the notes, so that there is one array of them.
            swap(&notes, &run.notes)
            var end = NumberRun.End.value
            elements.append(addingCapacity: elementCountMax - firstElement) { end = run.read(piece, into: &$0) }
            swap(&notes, &run.notes)
            let count = elements.count - firstElement
            if case .afterNumber = end { expectedCount = count }
            if count >= Self.countMin || run.position - position >= Self.byteCountMin {
                runs.append(
                    Run(
                        bytes: position..<run.position, elements: firstElement..<elements.count,
                        notes: firstNote..<notes.count, isAfterNumber: end == .afterNumber))
            } else {
                elements.removeLast(count)
                notes.removeLast(notes.count - firstNote)
                shortRunCount += 1
                if runs.isEmpty, shortRunCount == Self.shortRunCountMax { break }
            }
            position = Self.valueStart(in: piece, behindSeparatorFrom: run.position)
        }
        self.elements = elements
        self.notes = notes
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
