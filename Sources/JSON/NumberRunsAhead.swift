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
    private static let countMin = 4

    /// The numbers of all runs, one after the other: none that float32 cannot hold, or not without its decimal.
    public let elements: [Double]
    /// In the order of the text.
    let runs: [Run]

    /// Reads the numbers of a piece, in time that is linear in its length.
    ///
    /// Only behind the first comma or opening bracket, since it may begin anywhere.
    ///
    /// - Parameter storage: An array whose memory is used for the numbers.
    public init(_ piece: Span<UInt8>, storage: consuming [Double] = []) {
        var elements = storage
        var runs: [Run] = []
        elements.removeAll(keepingCapacity: true)
        // Of numbers of eleven digits and more, all that there are.
        elements.reserveCapacity(piece.count / 12 + 64)
        var position = Self.valueStart(in: piece, behindSeparatorFrom: 0)
        while position + NumberToken.byteCountMax <= piece.count {
            guard Self.isNumberStart(piece[position]) else {
                position = Self.valueStart(in: piece, behindSeparatorFrom: position)
                continue
            }
            if elements.capacity - elements.count < Self.countMin { elements.reserveCapacity(2 * elements.capacity) }
            let firstElement = elements.count
            var run = NumberRun(position: position, isOverflowKnown: false)
            var end = NumberRun.End.value
            elements.append(addingCapacity: elements.capacity - elements.count) { end = run.read(piece, into: &$0) }
            var (runEnd, isBehindNumber) = (run.position, false)
            switch end {
            case .value: break
            case .behindNumber: isBehindNumber = true
            case .unusual(_, let offset): runEnd = offset
            }
            let isRoomUsedUp = elements.count == elements.capacity && !isBehindNumber
            if elements.count - firstElement >= Self.countMin {
                let range = firstElement..<elements.count
                runs.append(Run(bytes: position..<runEnd, elements: range, isBehindNumber: isBehindNumber))
            } else {
                elements.removeLast(elements.count - firstElement)
            }
            position =
                isRoomUsedUp
                ? Self.behindSpace(in: piece, at: run.position)
                : Self.valueStart(in: piece, behindSeparatorFrom: run.position)
        }
        self.elements = elements
        self.runs = runs
    }

    /// How many bytes of the piece are in runs.
    public var byteCount: Int { runs.reduce(0) { $0 + $1.bytes.count } }

    private static func isNumberStart(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }

    /// Where a value may begin behind the first comma or opening bracket from `start` on; past the end at most by one.
    private static func valueStart(in piece: Span<UInt8>, behindSeparatorFrom start: Int) -> Int {
        var position = start
        while position < piece.count && piece[position] != UInt8(ascii: ",") && piece[position] != UInt8(ascii: "[") {
            position += 1
        }
        return behindSpace(in: piece, at: position + 1)
    }

    private static func behindSpace(in piece: Span<UInt8>, at position: Int) -> Int {
        position < piece.count && piece[position] == UInt8(ascii: " ") ? position + 1 : position
    }
}
