/// The quick way through numbers; whatever is not plain is left to the grammar's steps.
extension JSONObjectReader {
    /// Reads the number that begins at `start`, if one does and is whole in the input; in a tensor, as many as follow.
    ///
    /// - Returns: The first byte behind; nil, and nothing has happened, where no plain number begins.
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

    /// Reads numbers of a tensor, and of the rows that follow.
    ///
    /// - Returns: The first byte behind them; `start` where the first one is to be read by itself.
    private mutating func takeNumbers(_ bytes: Span<UInt8>, from start: Int) -> Int {
        var position = start
        repeat { position = takeRun(bytes, from: position) } while beginNextRow(bytes, &position)
        return position
    }

    /// Goes from the last number of a row to the first one of the next row, if they are of the same length.
    ///
    /// Rows that a run does not go through would otherwise spend much of their time in the grammar's steps.
    ///
    /// - Returns: Whether that was so; otherwise nothing has happened.
    private mutating func beginNextRow(_ bytes: Span<UInt8>, _ position: inout Int) -> Bool {
        guard case .afterValue = state, case .element = role,
            tensor.beginNextRow(bytes, &position, at: pieceOffset)
        else { return false }
        state = .value
        return true
    }

    /// Reads numbers of a row.
    ///
    /// - Returns: The first byte behind them; `start` where the first one is to be read by itself.
    private mutating func takeRun(_ bytes: Span<UInt8>, from start: Int) -> Int {
        if let runsAhead, let run = nextRun(of: runsAhead, from: aheadStart + start) {
            let runStart = run.bytes.lowerBound - aheadStart
            if runStart == start { return take(run, of: runsAhead, pieceByteCount: bytes.count) }
            // One number by itself, so as not to pass by the run behind it.
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

    /// The first run that begins at `start` or behind.
    private mutating func nextRun(of runsAhead: NumberRunsAhead, from start: Int) -> NumberRunsAhead.Run? {
        let runs = runsAhead.runs
        while nextRunAhead < runs.count && runs[nextRunAhead].bytes.lowerBound < start { nextRunAhead += 1 }
        return nextRunAhead < runs.count ? runs[nextRunAhead] : nil
    }

    /// Takes a run at the beginning of which the reader stands.
    ///
    /// - Returns: The first byte behind it.
    private mutating func take(
        _ run: NumberRunsAhead.Run, of runsAhead: NumberRunsAhead, pieceByteCount: Int
    ) -> Int {
        let end = run.bytes.upperBound - aheadStart
        tensor.append(
            runsAhead.elements[run.elements], byteCount: pieceOffset + end - tensorOffset,
            of: expectedByteCount(pieceByteCount))
        for note in runsAhead.notes[run.notes] {
            // The note's offset counts from the piece, of which this feed may have begun in the middle.
            tensor.take(
                note.moved(by: tensor.elements.count - run.elements.upperBound), at: pieceOffset - aheadStart)
        }
        state = run.isAfterNumber ? .afterValue : .value
        takenAheadByteCount += run.bytes.count
        return end
    }

    /// Whether the value that is being read is kept.
    private var isStoring: Bool {
        switch role {
        case .ignored, .root, .unknownMember, .duplicateMember: false
        case .member, .element: true
        }
    }

    /// The length of the tensor's text, as far as it is known.
    private func expectedByteCount(_ pieceByteCount: Int) -> Int {
        max(byteCountHint ?? 0, pieceOffset + pieceByteCount) - tensorOffset
    }
}
