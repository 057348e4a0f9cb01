/// Puts a tensor together from its numbers and brackets in the order of the text, and finds what is not rectangular.
struct TensorBuilder {
    /// Why a value cannot be part of the tensor.
    struct Failure {
        let kind: JSONSemanticError.Kind
        let detail: String
        let offset: Int
        /// From the tensor to the offending value.
        let pointer: String
    }

    private static let unknown = TensorNesting.unknown

    private(set) var elements: [Double] = []
    private var ties: [JSONTensor.Tie] = []
    private var firstFloat32Overflow: JSONTensor.Overflow?
    private var nesting = TensorNesting()

    /// Number of arrays around the next value.
    var depth: Int { nesting.depth }

    /// Memory held, in bytes.
    var heldByteCount: Int {
        elements.capacity * MemoryLayout<Double>.stride + ties.capacity * MemoryLayout<JSONTensor.Tie>.stride
    }

    /// Opens an array that begins at `offset`.
    mutating func open(at offset: Int) -> Failure? {
        guard depth < JSONLimits.tensorRankMax else {
            return failure(.tooDeep, "Arrays are nested more than \(JSONLimits.tensorRankMax) deep.", at: offset)
        }
        guard depth != nesting.rank else {
            return failure(.raggedArray, "This is an array at a level of numbers.", at: offset)
        }
        if depth == nesting.levels.count {
            nesting.levels.append(TensorNesting.Level(start: offset))
        } else {
            nesting.levels[depth].count = 0
            nesting.levels[depth].start = offset
        }
        nesting.depth += 1
        nesting.rowStart = elements.count
        return nil
    }

    /// Takes a number that begins at `offset`.
    mutating func append(_ number: DecimalNumber, at offset: Int) -> Failure? {
        guard isAtNumbers() else {
            return failure(.raggedArray, "This is a number at a level of arrays.", at: offset)
        }
        elements.append(number.value)
        take(NumberNote(element: elements.count - 1, residual: number.residual, offset: offset), at: 0)
        return nil
    }

    /// Takes what is to be known about an element besides its value.
    ///
    /// - Parameter start: Where in the text the bytes begin that the note's offset counts from.
    mutating func take(_ note: NumberNote, at start: Int) {
        let value = elements[note.element]
        if note.residual != 0 && Float32Rounding.isTie(value) {
            ties.append(JSONTensor.Tie(position: note.element, residual: note.residual))
        }
        if !isFloat32OverflowKnown, value.isFinite,
            Float32Rounding.round(value, residual: note.residual).isInfinite
        {
            firstFloat32Overflow = JSONTensor.Overflow(position: note.element, offset: start + note.offset)
        }
    }

    /// Whether a number may come next; if nothing has said yet how deep numbers are, it is here.
    mutating func isAtNumbers() -> Bool {
        if nesting.rank == Self.unknown { nesting.rank = depth }
        return depth == nesting.rank
    }

    /// How many numbers the open array has still to come, if it is a row that others came before.
    var expectedCount: Int? {
        guard depth > 0, depth == nesting.rank, nesting.levels[depth - 1].length != Self.unknown else { return nil }
        return nesting.levels[depth - 1].length - (elements.count - nesting.rowStart)
    }

    var isFloat32OverflowKnown: Bool { firstFloat32Overflow != nil }

    /// Makes room where there is none, for as many elements as are to be expected.
    ///
    /// - Parameters:
    ///   - byteCount: Length of the text that the elements so far have taken.
    ///   - totalByteCount: Length of the text as a whole, as far as it is known.
    mutating func reserveCapacity(byteCount: Int, of totalByteCount: Int) {
        guard elements.capacity == elements.count else { return }
        reserveCapacity(for: 1, byteCount: byteCount, of: totalByteCount)
    }

    /// Makes room for `count` more elements, and for as many as are to be expected behind them.
    private mutating func reserveCapacity(for count: Int, byteCount: Int, of totalByteCount: Int) {
        let newCount = elements.count + count
        elements.reserveCapacity(Self.capacity(for: newCount, byteCount: byteCount, of: totalByteCount))
        LargePages.advise(for: &elements)
    }

    /// For how many elements there is made room where there are `count`.
    ///
    /// The first elements tell how long they are. Reserving by that, with a margin, a large tensor holds little more
    /// than it needs. But the length of the whole is what a client declares: what has arrived bounds the room, four
    /// times over, so that a client that sends nothing more holds little.
    private static func capacity(for count: Int, byteCount: Int, of totalByteCount: Int) -> Int {
        let expected = expectedCount(count, byteCount: byteCount, of: totalByteCount)
        let capacity = min(expected, max(firstCapacity, growth(from: count, to: expected)))
        return max(count <= firstCapacity ? min(capacity, firstCapacity) : capacity, count + count / 4)
    }

    /// How many elements the whole text has, if they go on as they have begun, with a margin.
    private static func expectedCount(_ count: Int, byteCount: Int, of totalByteCount: Int) -> Int {
        // An element takes two bytes at least.
        let perElement = max(2, Double(byteCount) / Double(count))
        return Int(Double(totalByteCount) / perElement * 1.02) + 16
    }

    /// Goes towards a capacity in even steps: the last one, when both memories are held, is the smaller for it.
    private static func growth(from count: Int, to expected: Int) -> Int {
        let largest = growthMax * count
        guard expected > largest, expected <= growthMax * largest else { return largest }
        return Int((Double(count) * Double(expected)).squareRoot())
    }

    /// The initial capacity, in elements.
    private static let firstCapacity = 1024
    /// By what factor the room grows at most, the doubling of arrays included.
    private static let growthMax = 4

    /// Memory held at most once more elements have been taken, and while their memory is being moved, in bytes.
    ///
    /// - Parameters:
    ///   - newCountMax: How many elements come at most.
    ///   - newNoteCount: How many notes have been taken of some of them.
    ///   - newByteCount: The length of the text of the others.
    ///   - byteCount: As in ``reserveCapacity(byteCount:of:)``.
    ///   - totalByteCount: As there.
    func heldByteCountMax(
        taking newCountMax: Int, newNoteCount: Int, newByteCount: Int, byteCount: Int, of totalByteCount: Int
    ) -> Int {
        let count = elements.count + newCountMax
        var elementCapacity = elements.capacity
        if count > elementCapacity {
            // The largest memory that it may move to, and the one that it moves from.
            let expected = Self.expectedCount(count, byteCount: byteCount, of: totalByteCount)
            elementCapacity = count + max(min(expected, Self.growthMax * count), 2 * count, Self.firstCapacity)
        }
        let tieCount = ties.count + newNoteCount + newByteCount / Self.tieByteCountMin
        let tieCapacity = tieCount > ties.capacity ? 3 * tieCount : ties.capacity
        return elementCapacity * MemoryLayout<Double>.stride + tieCapacity * MemoryLayout<JSONTensor.Tie>.stride
            + Self.noteByteCountMax
    }

    /// The shortest text of a tie, with the comma after it, in bytes.
    ///
    /// No decimal of six digits or fewer is within a float64's rounding of a middle between two float32 numbers without
    /// being that middle, as trying all of them shows.
    private static let tieByteCountMin = 8

    /// How many notes a run hands over at once: enough that few runs end for want of room, in little memory.
    static let noteCountMax = 64
    private static let noteByteCountMax = 3 * noteCountMax * MemoryLayout<NumberNote>.stride

    /// Appends the numbers that `run` reads from `bytes`, which begin at `start` in the text.
    mutating func append(_ run: inout NumberRun, from bytes: Span<UInt8>, at start: Int) -> NumberRun.End {
        var end = NumberRun.End.value
        let count = elements.count
        // The run has the nesting for itself, so that no copy of it is made.
        swap(&nesting, &run.nesting)
        run.firstElement = count
        run.offset = start
        elements.append(addingCapacity: elements.capacity - count) { end = run.read(bytes, into: &$0) }
        swap(&nesting, &run.nesting)
        for note in run.notes { take(note, at: start) }
        return end
    }

    /// Appends numbers.
    ///
    /// - Parameters: As in ``reserveCapacity(byteCount:of:)``, but with the text of these numbers.
    mutating func append(_ numbers: ArraySlice<Double>, byteCount: Int, of totalByteCount: Int) {
        if elements.capacity - elements.count < numbers.count {
            reserveCapacity(for: numbers.count, byteCount: byteCount, of: totalByteCount)
        }
        elements.append(contentsOf: numbers)
    }

    /// Closes the innermost open array.
    mutating func close() -> Failure? {
        let level = depth - 1
        if nesting.rank == Self.unknown && nesting.levels[level].count == 0 { nesting.rank = depth }
        let count = depth == nesting.rank ? elements.count - nesting.rowStart : nesting.levels[level].count
        if nesting.levels[level].length == Self.unknown { nesting.levels[level].length = count }
        guard nesting.levels[level].length == count else { return raggedRow(count) }
        nesting.depth = level
        if level > 0 { nesting.levels[level - 1].count += 1 }
        return nil
    }

    /// Goes from the end of a row to the first number of the next one, if both are of the length of others.
    ///
    /// - Parameters:
    ///   - bytes: Part of the text, which begins at `start` in it.
    ///   - position: The first byte after a number; afterwards the first one of the next number.
    /// - Returns: false, and nothing has happened, if something else follows.
    mutating func beginNextRow(_ bytes: Span<UInt8>, _ position: inout Int, at start: Int) -> Bool {
        // Sound: only bytes before the last place where a number may begin are looked at.
        unsafe bytes.withUnsafeBufferPointer { bytes in
            guard let text = bytes.baseAddress else { return false }
            return unsafe nesting.beginNextRow(
                text, &position, lastStart: bytes.count - NumberToken.byteCountMax, elementCount: elements.count,
                offset: start)
        }
    }

    /// The tensor.
    ///
    /// - Precondition: Every array is closed.
    consuming func finish() -> JSONTensor {
        precondition(depth == 0, "Every array is closed.")
        let shape = nesting.levels.prefix(nesting.rank).map(\.length)
        return JSONTensor(shape: shape, elements: elements, ties: ties, firstFloat32Overflow: firstFloat32Overflow)
    }

    /// The JSON Pointer from the tensor to the value that comes next, or to an open array around it.
    func pointer(depth: Int) -> String {
        (0..<depth).map { JSONPointer.token(position(at: $0)) }.joined()
    }

    /// How many values the open array of this level holds so far.
    private func position(at level: Int) -> Int {
        let isRow = level + 1 == nesting.rank && depth == nesting.rank
        return isRow ? elements.count - nesting.rowStart : nesting.levels[level].count
    }

    private func failure(_ kind: JSONSemanticError.Kind, _ detail: String, at offset: Int) -> Failure {
        Failure(kind: kind, detail: detail, offset: offset, pointer: pointer(depth: depth))
    }

    /// The innermost open array has another length than the first one of its level.
    private func raggedRow(_ count: Int) -> Failure {
        let row = position(at: depth - 2)
        let level = nesting.levels[depth - 1]
        let detail =
            depth == 2
            ? "Row \(row) has \(Self.elements(count)), row 0 has \(level.length)."
            : "This array has \(Self.elements(count)), the first one of its level has \(level.length)."
        return Failure(
            kind: .raggedArray, detail: detail, offset: level.start, pointer: pointer(depth: depth - 1))
    }

    private static func elements(_ count: Int) -> String { count == 1 ? "1 element" : "\(count) elements" }
}
