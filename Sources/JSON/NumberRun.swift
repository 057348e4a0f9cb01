/// Numbers separated by commas and whitespace, the bulk of any large request, read as fast as can be.
///
/// With ``NumberToken``, ``NumberBlockReader`` and ``SixteenBytesProtocol`` the only unsafe code of the reader: it has
/// pointers instead of spans, because checking bounds at each of the many small steps costs more than the steps. It
/// reads from a position only while ``NumberToken/byteCountMax`` bytes are there, and writes only where there is room.
struct NumberRun {
    /// Why the run ended.
    enum End {
        /// Where a value must come: the input or the room ran out, or it is no plain number.
        case value
        /// Behind a number and before anything but a comma.
        case behindNumber
        /// Behind the number at `offset`, which float32 cannot hold, or not without looking at the decimal again.
        case unusual(NumberToken, offset: Int)
    }

    /// The next byte to read.
    var position: Int
    /// How many numbers are likely to come, where something tells: it decides nothing but how they are read.
    var expectedCount: Int?
    /// Whether a number past float32 is nothing unusual any more.
    let isOverflowKnown: Bool

    /// Appends numbers to `output`, beginning at `position`, where a value must come.
    mutating func read(_ bytes: Span<UInt8>, into output: inout OutputSpan<Double>) -> End {
        var end: End?
        // Sound: the pointers stay in these closures, and the loops check every index as said above.
        unsafe bytes.withUnsafeBufferPointer { bytes in
            ReadingTables.with { tables in
                unsafe output.withUnsafeMutableBufferPointer { buffer, count in
                    guard let start = bytes.baseAddress else { return }
                    // Short rows end here.
                    end = unsafe readSingly(firstSingleCount, bytes, tables, buffer, &count)
                    if end != nil { return }
                    end = unsafe NumberBlockReader.with(start, tables) { reader in
                        unsafe read(bytes, tables, &reader, buffer, &count)
                    }
                }
            }
        }
        return end ?? .value
    }

    /// How many numbers are read before the first block: all of a short row, and otherwise enough to tell whether they
    /// are separated as in a block, and not by line breaks.
    private var firstSingleCount: Int {
        guard let expectedCount else { return 16 }
        return expectedCount < 24 ? expectedCount : 2
    }

    /// Reads block by block while that is worth it, otherwise number by number.
    private mutating func read(
        _ bytes: UnsafeBufferPointer<UInt8>, _ tables: ReadingTables, _ reader: inout NumberBlockReader,
        _ output: UnsafeMutableBufferPointer<Double>, _ count: inout Int
    ) -> End {
        // Where the input or a row ends soon, little has been looked through for nothing.
        var blockByteCount = 128
        // No comma is behind the last number of a row.
        let lastCount = expectedCount.map { count + $0 - 1 } ?? Int.max
        var singleCount = 0
        while true {
            let blockEnd = min(position + blockByteCount, bytes.count - NumberBlockReader.byteCountBehind)
            if singleCount == 0 && position >= NumberBlockReader.byteCountBefore && position < blockEnd
                && count + 8 <= lastCount
            {
                let room = min(lastCount, output.count) - count
                switch unsafe readBlock(upTo: blockEnd, room, &reader, output, &count) {
                case .end(let end): return end
                case .singly(let count): singleCount = count
                case .again: blockByteCount = NumberBlockReader.byteCountMax
                }
            } else {
                if let end = unsafe readSingly(max(singleCount, 8), bytes, tables, output, &count) { return end }
                singleCount = 0
            }
        }
    }

    /// How to go on behind a block.
    private enum Continuation {
        case again
        case singly(Int)
        case end(End)
    }

    /// Reads a block of at most `limit` numbers.
    private mutating func readBlock(
        upTo end: Int, _ limit: Int, _ reader: inout NumberBlockReader, _ output: UnsafeMutableBufferPointer<Double>,
        _ count: inout Int
    ) -> Continuation {
        guard let next = unsafe output.baseAddress?.advanced(by: count) else { return .end(.value) }
        let foundCount = reader.findEnds(in: position..<end, limit)
        if foundCount == 0 { return .singly(1) }
        // Short numbers are read quicker than found.
        if reader.end(of: foundCount - 1) - position < 10 * foundCount { return .singly(256) }
        let taken = reader.takeDigits(foundCount)
        let roundedCount = unsafe reader.round(taken.count, to: next, isOverflowKnown: isOverflowKnown)
        count += roundedCount
        if roundedCount < taken.count {
            position = reader.end(of: roundedCount)
            return .end(.unusual(reader.token(of: roundedCount), offset: reader.start(of: roundedCount)))
        }
        if taken.count > 0 { position = reader.end(of: taken.count - 1) + 1 }
        // A block of few numbers was not worth it: they may be separated by line breaks.
        if taken.count < foundCount { return .singly(taken.count < 8 ? 256 : 1) }
        return 2 * taken.otherCount > taken.count ? .singly(256) : .again
    }

    /// Reads at most `limit` numbers.
    ///
    /// - Returns: nil if they have been read.
    private mutating func readSingly(
        _ limit: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ tables: ReadingTables,
        _ output: UnsafeMutableBufferPointer<Double>, _ count: inout Int
    ) -> End? {
        guard let text = bytes.baseAddress, let first = output.baseAddress else { return .value }
        let lastStart = bytes.count - NumberToken.byteCountMax
        let end = min(output.count, count + limit)
        var index = position
        var written = count
        defer {
            position = index
            count = written
        }
        while index <= lastStart && written < end {
            var behind = index
            // A branch, which is foreseen, where an addition would have to wait for the byte.
            if unsafe text[index] <= UInt8(ascii: " ") {
                while unsafe behind <= lastStart && JSONWhitespace.contains(text[behind]) { behind &+= 1 }
                if behind > lastStart { return .value }
            }
            let start = behind
            guard let token = unsafe NumberToken.scan(text, &behind, tables.smallPowers) else { return .value }
            index = behind
            guard let value = token.roundedIfUsual(tables, isOverflowKnown: isOverflowKnown) else {
                return .unusual(token, offset: start)
            }
            unsafe first[written] = value
            written &+= 1
            guard unsafe text[index] == UInt8(ascii: ",") else { return .behindNumber }
            index &+= 1
        }
        return index <= lastStart && written < output.count ? nil : .value
    }
}

extension NumberToken {
    /// The nearest float64, unless rounding it to float32 takes more than that.
    @inline(__always)
    func roundedIfUsual(_ tables: ReadingTables, isOverflowKnown: Bool) -> Double? {
        var bits: UInt64 = 0
        var isPlain = false
        if significand &>> 32 == 0 && -15...0 ~= exponent {
            // Both operands are exact, so that the division rounds once: W. Clinger, "How to read floating point
            // numbers accurately" (1990). Not used for larger significands only because short numbers are all it is
            // quicker for.
            let power = unsafe Double(Int64(truncatingIfNeeded: tables.smallPowers[0 &- exponent]))
            bits = (Double(Int64(truncatingIfNeeded: significand)) / power).bitPattern
            isPlain = bits & 0x1FFF_FFFF != 0x1000_0000
        } else if significand != 0 && PowersOfTen.exponents.contains(exponent) {
            let power = unsafe tables.powers[2 &* (exponent &- PowersOfTen.exponents.lowerBound)]
            // What is not below 2^127 may be past float32, which is of interest the first time.
            bits = EiselLemire.roundIfPlain(significand, exponent, power, rangeLength: isOverflowKnown ? 2045 : 1149)
            isPlain = bits != 0
        }
        if !isPlain {
            guard let magnitude = magnitudeIfUsual(isOverflowKnown: isOverflowKnown) else { return nil }
            bits = magnitude.bitPattern
        }
        return Double(bitPattern: bits | (isNegative ? 1 &<< 63 : 0))
    }

    /// The nearest float64 to the magnitude, unless rounding it to float32 takes more than that.
    @inline(never)
    private func magnitudeIfUsual(isOverflowKnown: Bool) -> Double? {
        if significand == 0 { return 0 }
        guard let (value, residual) = EiselLemire.roundToNearest(significand, exponent), value.isFinite,
            residual == 0 || !Float32Rounding.isTie(value),
            isOverflowKnown || value < Float32Rounding.overflowThreshold
        else { return nil }
        return value
    }

    /// The number; nil where it is past the largest float64.
    var number: DecimalNumber? {
        var magnitude = (value: 0.0, residual: 0)
        if significand != 0 {
            magnitude =
                EiselLemire.roundToNearest(significand, exponent)
                ?? ExactDecimal(significand, exponent: exponent).roundedToNearest()
        }
        guard magnitude.value.isFinite else { return nil }
        return DecimalNumber(
            value: isNegative ? -magnitude.value : magnitude.value,
            residual: isNegative ? -magnitude.residual : magnitude.residual,
            isInteger: isInteger)
    }

    private var isInteger: Bool {
        if exponent >= 0 || significand == 0 { return true }
        return exponent >= -19 && significand % Digits.powersOfTen[-exponent] == 0
    }
}
