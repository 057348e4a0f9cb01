/// Builds a tensor from its numbers and brackets in the order of the text, and rejects arrays that are not rectangular.
struct TensorBuilder {
    /// Describes why a value cannot be part of the tensor.
    struct Failure {
        let kind: JSONSemanticError.Kind
        let detail: String
        let offset: Int
        /// The pointer from the tensor to the offending value.
        let pointer: String
    }

    private static let unknown = TensorNesting.unknown

    private(set) var elements: [Double] = []
    private var ties: [JSONTensor.Tie] = []
    private var firstFloat32Overflow: JSONTensor.Overflow?
    private var nesting = TensorNesting()

    /// The number of arrays around the next value.
    var depth: Int { nesting.depth }

    /// The memory held, in bytes.
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

    /// Appends a number that begins at `offset`.
    mutating func append(_ number: DecimalNumber, at offset: Int) -> Failure? {
        guard isAtNumbers() else {
            return failure(.raggedArray, "This is a number at a level of arrays.", at: offset)
        }
        elements.append(number.value)
        take(NumberNote(element: elements.count - 1, residual: number.residual, offset: offset), at: 0)
        return nil
    }

    /// Stores a note about an element: a tie or an overflow of float32.
    ///
    /// - Parameter start: The offset in the text of the bytes to which the note's offset is relative.
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

    /// Returns whether a number may come next; the first number defines the depth of all numbers.
    mutating func isAtNumbers() -> Bool {
        if nesting.rank == Self.unknown { nesting.rank = depth }
        return depth == nesting.rank
    }

    /// The number of elements that the open array still needs, if it is a row and an earlier row has set the length.
    var expectedCount: Int? {
        guard depth > 0, depth == nesting.rank, nesting.levels[depth - 1].length != Self.unknown else { return nil }
        return nesting.levels[depth - 1].length - (elements.count - nesting.rowStart)
    }

    var isFloat32OverflowKnown: Bool { firstFloat32Overflow != nil }

    /// Reserves capacity for the expected number of elements, if the capacity is used up.
    ///
    /// - Parameters:
    ///   - byteCount: The length of the text of the elements so far.
    ///   - totalByteCount: The expected length of the whole text.
    mutating func reserveCapacity(byteCount: Int, of totalByteCount: Int) {
        guard elements.capacity == elements.count else { return }
        reserveCapacity(for: 1, byteCount: byteCount, of: totalByteCount)
    }

    /// Reserves capacity for `count` more elements, and for those that are expected after them.
    private mutating func reserveCapacity(for count: Int, byteCount: Int, of totalByteCount: Int) {
        let newCount = elements.count + count
        elements.reserveCapacity(Self.capacity(for: newCount, byteCount: byteCount, of: totalByteCount))
        LargePages.advise(for: &elements)
    }

    /// Returns the capacity to reserve if there are `count` elements.
    ///
    /// The first elements show how long an element's text is. The expected number of elements, computed from that with
    /// a margin, lets a large tensor hold little more memory than it needs. But the length of the whole text is only
    /// declared by the client: the capacity is therefore limited to four times the elements that have arrived, so that
    /// a client that sends nothing more holds little memory.
    private static func capacity(for count: Int, byteCount: Int, of totalByteCount: Int) -> Int {
        let expected = expectedCount(count, byteCount: byteCount, of: totalByteCount)
        let capacity = min(expected, max(firstCapacity, growth(from: count, to: expected)))
        return max(count <= firstCapacity ? min(capacity, firstCapacity) : capacity, count + count / 4)
    }

    /// Returns how many elements the whole text has if the rest is like the beginning, with a margin.
    private static func expectedCount(_ count: Int, byteCount: Int, of totalByteCount: Int) -> Int {
        // Each element takes at least two bytes.
        let perElement = max(2, Double(byteCount) / Double(count))
        return Int(Double(totalByteCount) / perElement * 1.02) + 16
    }

    /// Returns the next capacity on the way to the expected one, in steps of equal ratio.
    ///
    /// Even steps make the last one smaller, during which the old and the new memory are both held.
    private static func growth(from count: Int, to expected: Int) -> Int {
        let largest = growthMax * count
        guard expected > largest, expected <= growthMax * largest else { return largest }
        return Int((Double(count) * Double(expected)).squareRoot())
    }

    /// The initial capacity, in elements.
    private static let firstCapacity = 1024
    /// The largest factor by which the capacity grows, including the doubling of arrays.
    private static let growthMax = 4

    /// Returns an upper bound, in bytes, on the memory held after more elements have been appended, and while they are
    /// moved.
    ///
    /// - Parameters:
    ///   - newCountMax: The maximum number of new elements.
    ///   - newNoteCount: The number of notes about those of them that have been read ahead.
    ///   - newByteCount: The length of the text of the others.
    ///   - byteCount: The length of the text of the elements so far, as in ``reserveCapacity(byteCount:of:)``.
    ///   - totalByteCount: The expected length of the whole text.
    func heldByteCountMax(
        taking newCountMax: Int, newNoteCount: Int, newByteCount: Int, byteCount: Int, of totalByteCount: Int
    ) -> Int {
        let count = elements.count + newCountMax
        var elementCapacity = elements.capacity
        if count > elementCapacity {
            // Both are held: the largest memory that the elements may move to, and the memory that they move from.
            let expected = Self.expectedCount(count, byteCount: byteCount, of: totalByteCount)
            elementCapacity = count + max(min(expected, Self.growthMax * count), 2 * count, Self.firstCapacity)
        }
        let tieCount = ties.count + newNoteCount + newByteCount / Self.tieByteCountMin
        let tieCapacity = tieCount > ties.capacity ? 3 * tieCount : ties.capacity
        return elementCapacity * MemoryLayout<Double>.stride + tieCapacity * MemoryLayout<JSONTensor.Tie>.stride
            + Self.noteByteCountMax
    }

    /// The length of the shortest text of a tie, with the comma after it, in bytes.
    ///
    /// An exhaustive check of all decimals of at most six digits shows that none is within a float64's rounding of a
    /// middle between two float32 numbers without being that middle.
    private static let tieByteCountMin = 8

    /// The maximum number of notes that a run returns: enough that few runs end for lack of space, in little memory.
    static let noteCountMax = 64
    private static let noteByteCountMax = 3 * noteCountMax * MemoryLayout<NumberNote>.stride

    /// Appends the numbers that `run` reads from `bytes`, which begin at `start` in the text.
    mutating func append(_ run: inout NumberRun, from bytes: Span<UInt8>, at start: Int) -> NumberRun.End {
        var end = NumberRun.End.value
        let count = elements.count
        // Move the nesting into the run, so that it is not copied.
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
    /// - Parameters:
    ///   - byteCount: The length of the text of the elements, including these numbers.
    ///   - totalByteCount: The expected length of the whole text.
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

    /// Moves from the end of a row to the first number of the next one, if both rows have the length of earlier ones.
    ///
    /// - Parameters:
    ///   - bytes: The part of the text that begins at `start`.
    ///   - position: The first byte after a number; afterwards the first one of the next number.
    /// - Returns: false, with no change, if something else follows.
    mutating func beginNextRow(_ bytes: Span<UInt8>, _ position: inout Int, at start: Int) -> Bool {
        // SAFETY: only bytes before the last position at which a number may begin are read.
        unsafe bytes.withUnsafeBufferPointer { bytes in
            guard let text = bytes.baseAddress else { return false }
            return unsafe nesting.beginNextRow(
                text, &position, lastStart: bytes.count - NumberToken.byteCountMax, elementCount: elements.count,
                offset: start)
        }
    }

    /// Returns the tensor.
    ///
    /// - Precondition: Every array is closed.
    consuming func finish() -> JSONTensor {
        precondition(depth == 0, "Every array is closed.")
        let shape = nesting.levels.prefix(nesting.rank).map(\.length)
        return JSONTensor(shape: shape, elements: elements, ties: ties, firstFloat32Overflow: firstFloat32Overflow)
    }

    /// Returns the JSON Pointer from the tensor to the next value, or to an open array around it.
    func pointer(depth: Int) -> String {
        (0..<depth).map { JSONPointer.token(position(at: $0)) }.joined()
    }

    /// Returns the number of values in the open array of this level.
    private func position(at level: Int) -> Int {
        let isRow = level + 1 == nesting.rank && depth == nesting.rank
        return isRow ? elements.count - nesting.rowStart : nesting.levels[level].count
    }

    private func failure(_ kind: JSONSemanticError.Kind, _ detail: String, at offset: Int) -> Failure {
        Failure(kind: kind, detail: detail, offset: offset, pointer: pointer(depth: depth))
    }

    /// Returns the failure of a row whose length differs from that of the first one of its level.
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
