// The regular path for numbers that the fast paths do not handle.
extension NumberRun {
    /// Returns whether a run may begin with this byte.
    @inline(__always)
    static func canBegin(with byte: UInt8) -> Bool {
        NumberToken.canBegin(with: byte) || byte == UInt8(ascii: "\"")
    }

    /// Reads a number of any form, and notes what its float64 does not represent.
    ///
    /// - Parameter element: The position among the numbers of this run.
    /// - Returns: nil, with `position` unchanged, if the next value is not a number that float64 can hold, or its name.
    @inline(never)
    mutating func readCarefully(
        _ bytes: UnsafeBufferPointer<UInt8>, _ tables: ReadingTables, element: Int
    ) -> Double? {
        guard let text = bytes.baseAddress else { return nil }
        let start = position
        if let value = unsafe NumberName.read(text, &position) { return value }
        var after = start
        if let token = unsafe NumberToken.scan(text, &after, tables.smallPowers) {
            guard let number = token.number,
                take(number.value, number.residual, element: element, offset: start)
            else { return nil }
            position = after
            return number.value
        }
        after = start
        guard let number = unsafe LongNumber(text, &after, count: bytes.count, tables.smallPowers) else { return nil }
        var bits = number.plainMagnitude(tables, isOverflowKnown: isOverflowKnown)
        if bits == 0 {
            let digits = unsafe UnsafeBufferPointer(rebasing: bytes[(start + (number.isNegative ? 1 : 0))..<after])
            let (magnitude, residual) = unsafe number.magnitude(of: digits)
            let sign = number.isNegative ? -1 : 1
            guard take(number.isNegative ? -magnitude : magnitude, sign * residual, element: element, offset: start)
            else { return nil }
            bits = magnitude.bitPattern
        }
        position = after
        return Double(bitPattern: bits | (number.isNegative ? 1 &<< 63 : 0))
    }

    /// Notes what float32 needs to know about a number besides its float64.
    ///
    /// - Returns: false if float64 cannot hold the number, or there is no capacity for the note.
    private mutating func take(_ value: Double, _ residual: Int, element: Int, offset: Int) -> Bool {
        guard value.isFinite else { return false }
        guard let noteCountMax else { return true }
        let isOverflow = !isOverflowKnown && Float32Rounding.round(value, residual: residual).isInfinite
        guard isOverflow || (residual != 0 && Float32Rounding.isTie(value)) else { return true }
        guard notes.count < noteCountMax else { return false }
        notes.append(NumberNote(element: firstElement + element, residual: residual, offset: offset))
        if isOverflow { isOverflowKnown = true }
        return true
    }
}

/// Describes what a number's float64 does not represent: an overflow of float32, or on which side of a middle between
/// two float32 numbers the decimal is.
struct NumberNote {
    /// The position among the elements, including the ``NumberRun/firstElement`` elements before those of the run.
    let element: Int
    /// The sign of (decimal − float64).
    let residual: Int
    /// The offset of the number in the bytes from which it was read.
    let offset: Int

    /// Returns the note for a position that is greater by `count`.
    func moved(by count: Int) -> NumberNote {
        NumberNote(element: element + count, residual: residual, offset: offset)
    }
}

/// Reads the names of numbers in JSON: `"NaN"`, `"Infinity"` and `"-Infinity"`, in their quotation marks.
enum NumberName {
    /// Reads the name at `position`, from which on ``NumberToken/byteCountMax`` bytes must be readable.
    ///
    /// - Returns: nil, with `position` unchanged, if another value comes.
    @inline(__always)
    static func read(_ text: UnsafePointer<UInt8>, _ position: inout Int) -> Double? {
        guard unsafe text[position] == UInt8(ascii: "\"") else { return nil }
        let start = unsafe UnsafeRawPointer(text + position)
        let word = UInt64(littleEndian: unsafe start.loadUnaligned(as: UInt64.self))
        if word & 0xFF_FFFF_FFFF == 0x22_4E61_4E22 {  // "NaN"
            position += 5
            return .nan
        }
        let rest = UInt32(littleEndian: unsafe start.loadUnaligned(fromByteOffset: 8, as: UInt32.self))
        if word == 0x7469_6E69_666E_4922 && rest & 0xFFFF == 0x2279 {  // "Infinit, and y"
            position += 10
            return .infinity
        }
        if word == 0x696E_6966_6E49_2D22 && rest & 0xFF_FFFF == 0x22_7974 {  // "-Infini, and ty"
            position += 11
            return -.infinity
        }
        return nil
    }
}
