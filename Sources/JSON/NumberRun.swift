/// Numbers separated by commas, the bulk of any large request, read in one tight loop.
///
/// With ``NumberToken`` the only unsafe code of the reader: pointers instead of spans, because checking bounds at each
/// of the many small steps costs more than the steps. It reads from a position only while ``NumberToken/byteCountMax``
/// bytes are there, and writes only where there is room.
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
    /// Whether a number past float32 is nothing unusual any more.
    let isOverflowKnown: Bool

    /// Appends numbers to `output`, beginning at `position`, where a value must come.
    mutating func read(_ bytes: Span<UInt8>, into output: inout OutputSpan<Double>) -> End {
        var end = End.value
        // Sound: the pointers stay in these closures, and the loop checks every index as said above.
        unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe PowersOfTen.table.withUnsafeBufferPointer { powers in
                unsafe Digits.powersOfTen.withUnsafeBufferPointer { smallPowers in
                    unsafe output.withUnsafeMutableBufferPointer { buffer, count in
                        guard let bytePointer = bytes.baseAddress, let powerPointer = powers.baseAddress,
                            let smallPowerPointer = smallPowers.baseAddress
                        else { return }
                        unsafe end = read(
                            bytePointer, bytes.count, powerPointer, smallPowerPointer, buffer, &count)
                    }
                }
            }
        }
        return end
    }

    private mutating func read(
        _ bytes: UnsafePointer<UInt8>, _ byteCount: Int, _ powers: UnsafePointer<UInt64>,
        _ smallPowers: UnsafePointer<UInt64>, _ output: UnsafeMutableBufferPointer<Double>, _ count: inout Int
    ) -> End {
        let lastStart = byteCount - NumberToken.byteCountMax
        var index = position
        var written = count
        defer {
            position = index
            count = written
        }
        guard var next = unsafe output.baseAddress?.advanced(by: written) else { return .value }
        let room = output.count
        // What is not below 2^127 may be past float32, which is of interest the first time.
        let rangeLength: UInt64 = isOverflowKnown ? 2045 : 1149
        while index <= lastStart && written < room {
            let start = index
            guard let token = unsafe NumberToken.scan(bytes, &index, smallPowers) else { return .value }
            var bits: UInt64 = 0
            var isPlain = false
            if token.significand >> 32 == 0 && -15...0 ~= token.exponent {
                // Both operands are exact, so that the division rounds once: W. Clinger, "How to read floating point
                // numbers accurately" (1990). Not used for larger significands only because short numbers are all it is
                // quicker for.
                let power = unsafe Double(Int64(truncatingIfNeeded: smallPowers[0 &- token.exponent]))
                bits = (Double(Int64(truncatingIfNeeded: token.significand)) / power).bitPattern
                isPlain = bits & 0x1FFF_FFFF != 0x1000_0000
            } else if token.significand != 0 && PowersOfTen.exponents.contains(token.exponent) {
                let power = unsafe powers[2 &* (token.exponent &- PowersOfTen.exponents.lowerBound)]
                bits = EiselLemire.roundIfPlain(
                    token.significand, token.exponent, power, rangeLength: rangeLength)
                isPlain = bits != 0
            }
            if !isPlain {
                guard let value = token.magnitudeIfUsual(isOverflowKnown: isOverflowKnown) else {
                    return .unusual(token, offset: start)
                }
                bits = value.bitPattern
            }
            unsafe next.pointee = Double(bitPattern: bits | (token.isNegative ? 1 << 63 : 0))
            unsafe next += 1
            written &+= 1
            guard unsafe bytes[index] == UInt8(ascii: ",") else { return .behindNumber }
            index &+= 1
            // A branch, which is foreseen, where an addition would have to wait for the byte.
            if unsafe bytes[index] == UInt8(ascii: " ") { index &+= 1 }
        }
        return .value
    }
}

extension NumberToken {
    /// The nearest float64 to the magnitude, unless rounding it to float32 takes more than that.
    fileprivate func magnitudeIfUsual(isOverflowKnown: Bool) -> Double? {
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
