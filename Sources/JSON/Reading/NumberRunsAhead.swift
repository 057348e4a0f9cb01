/// Reads ahead the runs of numbers in a piece of a text, before the context of the piece is known.
///
/// This may be done on any thread, for many pieces at a time. It is a hint: ``JSONObjectReader/feed(_:ahead:)`` uses a
/// run only where it would begin to read the same numbers itself, so that the result is the same with and without it.
public final class NumberRunsAhead: Sendable {
    /// Describes numbers with commas between them.
    struct Run {
        /// The range from the first number to the position at which reading continues.
        let bytes: Range<Int>
        /// The range of the numbers in ``NumberRunsAhead/elements``.
        let elements: Range<Int>
        /// The range of their notes in ``NumberRunsAhead/notes``.
        let notes: Range<Int>
        /// Whether the run ends right after a number, and not where a value must come.
        let isAfterNumber: Bool
    }

    /// The least count of numbers in a run, unless they are long; fewer are read as fast as a run is looked up.
    private static let countMin = 16
    /// The least length, in bytes, of a run of fewer numbers.
    private static let byteCountMin = 1024
    /// The number of short runs after which reading ahead ends, if they are the first of the piece: others are unlikely
    /// then.
    private static let shortRunCountMax = 64
    /// The number of bytes of a piece for which one note can be stored.
    ///
    /// Numbers that need a note are nearly always longer, except in hostile input.
    private static let byteCountPerNote = 64
    /// The number of bytes of a piece for which one number can be stored; the capacity is too small for numbers as
    /// short as `0.25,`.
    private static let byteCountPerElement = 8

    /// The numbers of all runs, one after the other.
    public let elements: [Double]
    /// The notes about ``elements``, with positions there.
    let notes: [NumberNote]
    /// The runs in the order of the text.
    let runs: [Run]
    /// The total length of the runs' text.
    public let runsByteCount: Int

    /// Returns an upper bound, in bytes, on the memory that the runs of a piece hold.
    public static func heldByteCountMax(pieceByteCount: Int) -> Int {
        let elementCount = elementCountMax(pieceByteCount: pieceByteCount)
        let runCount = elementCount / countMin + pieceByteCount / byteCountMin
        let noteCount = pieceByteCount / byteCountPerNote
        // The capacity of a growing array is at most twice its count, and it is copied from an array of its count.
        return elementCount * MemoryLayout<Double>.stride + runCount * 3 * MemoryLayout<Run>.stride
            + noteCount * 3 * MemoryLayout<NumberNote>.stride
    }

    private static func elementCountMax(pieceByteCount: Int) -> Int { pieceByteCount / byteCountPerElement + countMin }

    /// Reads the numbers of a piece until the capacity is used up, in time that is linear in its length.
    ///
    /// Reading begins after the first comma or opening bracket, since the piece may begin anywhere.
    ///
    /// - Parameter storage: An array whose memory is reused for the numbers.
    public init(_ piece: Span<UInt8>, storage: consuming [Double] = []) {
        var elements = storage
        var runs: [Run] = []
        var notes: [NumberNote] = []
        elements.removeAll(keepingCapacity: true)
        let elementCountMax = Self.elementCountMax(pieceByteCount: piece.count)
        elements.reserveCapacity(elementCountMax)
        // The rows of a tensor have the same length.
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
            // Move the notes into the run, so that there is one array of them.
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

    /// Returns where a value may begin after the first comma or opening bracket from `start` on; at most one past the
    /// end.
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
