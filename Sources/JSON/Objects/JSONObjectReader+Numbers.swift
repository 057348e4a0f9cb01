/// The fast path for numbers; the grammar's steps are the fallback.
extension JSONObjectReader {
    /// Reads the number that begins at `start`, if it is complete in the input, and in a tensor the numbers that follow
    /// it.
    ///
    /// - Returns: The position after the numbers, or nil, with no change, if the regular path has to read the value.
    mutating func takeShortNumbers(_ bytes: Span<UInt8>, from start: Int) -> Int? {
        guard NumberRun.canBegin(with: bytes[start]) else { return nil }
        if case .element = role, start + NumberToken.byteCountMax <= bytes.count, tensor.isAtNumbers() {
            let end = takeNumbers(bytes, from: start)
            if end > start { return end }
        }
        guard let (token, end) = NumberToken.scan(bytes, from: start) else { return nil }
        valueOffset = pieceOffset + start
        admit(.number)
        state = stateBehindValue
        if isStoring { takeNumber(token.number) }
        return end
    }

    /// Reads numbers of a tensor, row after row.
    ///
    /// - Returns: The position after them, or `start` if the first number has to be read on its own.
    private mutating func takeNumbers(_ bytes: Span<UInt8>, from start: Int) -> Int {
        var position = start
        repeat { position = takeRun(bytes, from: position) } while beginNextRow(bytes, &position)
        return position
    }

    /// Moves from the last number of a row to the first one of the next row, if both rows have the same length.
    ///
    /// Without it, rows that a run does not read through would spend much of their time in the grammar's steps.
    ///
    /// - Returns: Whether it moved; if not, nothing has changed.
    private mutating func beginNextRow(_ bytes: Span<UInt8>, _ position: inout Int) -> Bool {
        guard case .afterValue = state, case .element = role,
            tensor.beginNextRow(bytes, &position, at: pieceOffset)
        else { return false }
        state = .value
        return true
    }

    /// Reads numbers of a row.
    ///
    /// - Returns: The position after them, or `start` if the first number has to be read on its own.
    private mutating func takeRun(_ bytes: Span<UInt8>, from start: Int) -> Int {
        if let runsAhead, let run = nextRun(of: runsAhead, from: aheadStart + start) {
            let runStart = run.bytes.lowerBound - aheadStart
            if runStart == start { return take(run, of: runsAhead, pieceByteCount: bytes.count) }
            // Read a single number, so that the run that begins soon after it is not skipped.
            if runStart < start + NumberToken.byteCountMax { return start }
        }
        var run = NumberRun(
            position: start, expectedCount: tensor.expectedCount, isOverflowKnown: tensor.isFloat32OverflowKnown,
            noteCountMax: TensorBuilder.noteCountMax)
        tensor.reserveCapacity(byteCount: pieceOffset + start - tensorOffset, of: expectedByteCount(bytes.count))
        switch tensor.append(&run, from: bytes, at: pieceOffset) {
        case .value: if run.position > start { state = .value }
        case .afterNumber: state = .afterValue
        }
        return run.position
    }

    /// Returns the first run that begins at `start` or later.
    private mutating func nextRun(of runsAhead: NumberRunsAhead, from start: Int) -> NumberRunsAhead.Run? {
        let runs = runsAhead.runs
        while nextRunAhead < runs.count && runs[nextRunAhead].bytes.lowerBound < start { nextRunAhead += 1 }
        return nextRunAhead < runs.count ? runs[nextRunAhead] : nil
    }

    /// Appends a run that begins at the reader's position.
    ///
    /// - Returns: The position after it.
    private mutating func take(
        _ run: NumberRunsAhead.Run, of runsAhead: NumberRunsAhead, pieceByteCount: Int
    ) -> Int {
        let end = run.bytes.upperBound - aheadStart
        tensor.append(
            runsAhead.elements[run.elements], byteCount: pieceOffset + end - tensorOffset,
            of: expectedByteCount(pieceByteCount))
        for note in runsAhead.notes[run.notes] {
            // The note's offset is relative to the piece, and this feed may have begun in the middle of the piece.
            tensor.take(
                note.moved(by: tensor.elements.count - run.elements.upperBound), at: pieceOffset - aheadStart)
        }
        state = run.isAfterNumber ? .afterValue : .value
        takenAheadByteCount += run.bytes.count
        return end
    }

    /// Whether the value that is being read is stored.
    private var isStoring: Bool {
        switch role {
        case .ignored, .root, .unknownMember, .duplicateMember: false
        case .member, .element: true
        }
    }

    /// The expected length of the tensor's text.
    private func expectedByteCount(_ pieceByteCount: Int) -> Int {
        max(byteCountHint ?? 0, pieceOffset + pieceByteCount) - tensorOffset
    }
}
